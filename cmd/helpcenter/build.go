package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"helpcenter/site"
	"helpcenter/site/publish"
	"helpcenter/site/source"
)

var buildCommand = command{
	name:  "build",
	short: "build the static site",
	long: `Writes the site to a temporary folder beside that of --out, and swaps the two when
all files are complete. A folder that holds files no build wrote is refused. Unchanged
files keep their modification times.

Some content depends on the day: notices, versions of the rules, and articles with
publish or expires. A built folder does not change by itself, so build says what will
change and when: build again then. --drafts also shows articles that are not
published: drafts, those to come and expired ones. Their pages say so, and ask search
engines not to list them.

--compress also writes FILE.br, FILE.gz and FILE.zst where that saves bytes, for web
servers that send precompressed files.

For programs, build also writes each page as Markdown (its address with .md in place
of the last slash), decision.json for each state of a checker, and llms.txt, which
lists the pages. --no-twins leaves all of these out.

With --feedback, articles and answers ask whether they helped. The form is sent to
/<lang>/feedback, where a 'helpcenter serve --data' of the same site must answer.

Environment:
  SOURCE_DATE_EPOCH   build as of this time, in seconds since 1970, instead of
                      now; it decides which articles, notices and rules are
                      in effect`,
	action: func() action { return &build{dirFlag: dirFlag{own: true}} },
}

type build struct {
	dirFlag
	baseURLFlag
	cacheFlag
	out      string
	compress bool

	pagesOnly bool
	drafts    bool
	feedback  bool

	timings bool
	profile string

	given *pflag.FlagSet
}

func (b *build) flags(f *pflag.FlagSet) {
	b.given = f
	b.dirFlag.flags(f)
	b.baseURLFlag.flags(f)
	b.cacheFlag.flags(f)
	f.StringVar(&b.out, "out", "public", "write the site to `FOLDER`")
	f.BoolVar(&b.compress, "compress", false, "also write precompressed files")
	f.BoolVar(&b.pagesOnly, "no-twins", false, "leave out what programs read: Markdown, decisions as JSON, llms.txt")
	f.BoolVar(&b.drafts, "drafts", false, "also show articles that are not published, and mark them")
	f.BoolVar(&b.feedback, "feedback", false, "ask on pages whether they helped; needs a 'serve --data' to answer")
	f.BoolVar(&b.timings, "timings", false, "log how long each step takes")
	f.StringVar(&b.profile, "cpuprofile", "", "write a CPU profile to `FILE`, for go tool pprof")
}

func (b *build) run(ctx context.Context, c console, _ []string) error {
	stop, err := startProfile(b.profile)
	if err != nil {
		return err
	}
	defer stop()
	start := time.Now()
	made, err := b.publish(ctx, c)
	if err != nil {
		return err
	}
	sum := made.Summary
	fmt.Fprintf(c.out, "%s: %s, %s, %d written, in %s\n",
		b.out, number(sum.Files, "file"), size(sum.Bytes), sum.Written, time.Since(start).Round(time.Millisecond))
	if sum.Precompressed > 0 {
		fmt.Fprintf(c.out, "compressed: %s, %s\n", number(sum.Precompressed, "file"), size(sum.PrecompressedBytes))
	}
	fmt.Fprintf(c.out, "pages: %s\n", perLanguage(sum.Pages))
	warnOfLimits(c.err, b.out, sum)
	fmt.Fprintf(c.out, "findings: %s\n", number(made.Warnings, "warning"))
	fmt.Fprint(c.out, made.Changes)
	return nil
}

// maxChanges is the most changes to come that a build lists.
const maxChanges = 10

// printChanges says what will be out of date in the built folder, and when.
func printChanges(w io.Writer, s *site.Site) {
	changes := site.Changes(s)
	for _, change := range changes[:min(len(changes), maxChanges)] {
		at := change.At.In(s.Library.Site.Location).Format("2006-01-02 15:04")
		fmt.Fprintf(w, "build again after %s: %s\n", at, change.What)
	}
	if more := len(changes) - maxChanges; more > 0 {
		fmt.Fprintf(w, "and %s later\n", number(more, "change"))
	}
}

// buildMemory is the memory limit of a build, in bytes, as long as it suffices: for some 20,000 articles.
const buildMemory = 300 << 20

// limitMemory lets garbage collection be rare until the limit is near, and frequent then, which costs less CPU than
// collecting at a constant ratio. It does nothing if GOMEMLIMIT or GOGC is set.
func limitMemory() {
	if os.Getenv("GOMEMLIMIT") == "" && os.Getenv("GOGC") == "" {
		debug.SetMemoryLimit(buildMemory)
		debug.SetGCPercent(300)
	}
}

// liftLimitWhile lifts the limit after each collection until ctx ends. Nothing refers to the struct, so the next
// collection finds it and calls its cleanup. Without this, reading 100,000 articles takes up to a tenth more CPU.
func liftLimitWhile(ctx context.Context) {
	runtime.AddCleanup(&struct{ context.Context }{ctx}, func(ctx context.Context) {
		if ctx.Err() == nil {
			liftLimit(shareOfReading)
			liftLimitWhile(ctx)
		}
	}, ctx)
}

// The memory that a build needs, as a multiple of what has been read.
const (
	shareOfReading  = 3 // until everything is read
	shareOfArticles = 5
)

// liftLimit lifts the limit to share times the live heap, if that is more: otherwise garbage would be collected all
// the time.
func liftLimit(share int64) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	need := int64(live[0].Value.Uint64()) * share
	if os.Getenv("GOMEMLIMIT") == "" && os.Getenv("GOGC") == "" && need > debug.SetMemoryLimit(-1) {
		debug.SetMemoryLimit(need)
	}
}

// publish loads and builds the site, unless the last build made the same one.
func (b *build) publish(ctx context.Context, c console) (made lastBuild, err error) {
	limitMemory()
	now, err := buildTime(c.now)
	if err != nil {
		return made, err
	}
	if err := b.find(); err != nil {
		return made, err
	}
	if err := publish.CheckFolder(b.out, b.dir); err != nil {
		return made, usageError{err}
	}
	folders, err := b.dirFlag.open(c.err)
	if err != nil {
		return made, err
	}
	log := slog.New(slog.DiscardHandler)
	if b.timings {
		log = slog.New(slog.NewTextHandler(c.err, nil))
	}
	last := b.cacheFlag.last(b.dir, b.out)
	made = newLastBuild(folders, last != nil, now, b.given)
	if before, ok := made.same(last, b.out); ok {
		mentionWarnings(before.Warnings, c.err)
		return before, nil
	}
	if err := b.make(ctx, c, &made, folders, log); err != nil {
		return made, err
	}
	made.keep(last)
	return made, nil
}

// make loads and builds the site, and records what it made.
func (b *build) make(ctx context.Context, c console, made *lastBuild, folders source.Folders, log *slog.Logger) error {
	began := time.Now()
	kept := b.cacheFlag.open(b.dir)
	kept.record(folders, nameOf(b.out))
	log.Info("cache opened", "took", time.Since(began))
	l := loader{
		folders: folders, baseURL: b.baseURL, now: made.Now, kept: kept, log: log, pagesOnly: b.pagesOnly, drafts: b.drafts,
		feedback: b.feedback,
	}
	reading, read := context.WithCancel(ctx)
	liftLimitWhile(reading)
	s, found := l.site()
	read()
	kept.save(kept.articles, c.err) // even if the build is refused, so that the next one parses only what was fixed
	if err := refuse(found, c.err); err != nil {
		return err
	}
	runtime.GC() // so that the live heap is that of what has been read, without garbage
	liftLimit(shareOfArticles)
	state := kept.ofSite("site")
	sum, err := publish.Build(ctx, s, b.out, publish.BuildOptions{Compress: b.compress, State: state, Log: log})
	if err != nil {
		return err
	}
	began = time.Now()
	kept.save(state, c.err)
	log.Info("cache saved", "took", time.Since(began))
	made.made(s, sum, len(found))
	return nil
}

// buildTime returns the time in SOURCE_DATE_EPOCH, in seconds since 1970, or else now
// (https://reproducible-builds.org/specs/source-date-epoch/).
func buildTime(now func() time.Time) (time.Time, error) {
	epoch := os.Getenv("SOURCE_DATE_EPOCH")
	if epoch == "" {
		return now(), nil
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil {
		return time.Time{}, usagef("SOURCE_DATE_EPOCH is %q: must be a number of seconds since 1970", epoch)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// startProfile writes a CPU profile until stop is called. It does nothing if file is "".
func startProfile(file string) (stop func(), err error) {
	if file == "" {
		return func() {}, nil
	}
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}, nil
}

// perLanguage lists the number of pages of each language.
func perLanguage(pages map[string]int) string {
	var parts []string
	for _, lang := range slices.Sorted(maps.Keys(pages)) {
		parts = append(parts, fmt.Sprintf("%s %d", lang, pages[lang]))
	}
	return strings.Join(parts, ", ")
}

func size(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }

// hostLimits are the limits of hosts for static files, as stated for their free plans; deploy/HOSTING.md lists
// them. Zero means no limit.
var hostLimits = []struct {
	host             string
	files, redirects int
	bytes, largest   int64
	redirectBytes    int
}{
	{host: "GitHub Pages", bytes: 1 << 30},
	{host: "GitLab Pages", redirects: 1000, redirectBytes: 64 << 10},
	{host: "Cloudflare Pages", files: 20_000, redirects: 2000, largest: 25 << 20},
	{host: "Vercel", files: 15_000},
}

// warnOfLimits reports on w which hosts accept less than a build wrote.
func warnOfLimits(w io.Writer, out string, sum publish.Summary) {
	data, _ := os.ReadFile(filepath.Join(out, "_redirects"))
	redirects, files := bytes.Count(data, []byte("\n")), sum.Files+sum.Precompressed
	for _, l := range hostLimits {
		say := func(what string, is, most int64) {
			if most > 0 && is > most {
				fmt.Fprintf(w, "%s takes at most %d %s, and this site has %d\n", l.host, most, what, is)
			}
		}
		say("files", int64(files), int64(l.files))
		say("lines of _redirects", int64(redirects), int64(l.redirects))
		say("bytes", sum.Bytes+sum.PrecompressedBytes, l.bytes)
		say("bytes in one file", sum.Largest, l.largest)
		say("bytes of _redirects", int64(len(data)), int64(l.redirectBytes))
	}
}

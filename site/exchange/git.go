package exchange

import (
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"path"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/library"
)

// SourcesFromGit returns, for translations into a language, the sources as they were when each translation was
// last committed in the repository of git that holds dir, the folder with content/. Paths are those of articles;
// with none, of all translations that nobody has accepted. It says on w which ones git does not know.
func SourcesFromGit(
	dir string, l *library.Library, lang string, paths []string, w io.Writer,
) ([]*article.Article, error) {
	if len(paths) == 0 {
		paths = l.Unjudged(lang)
	}
	if _, err := git(dir, "rev-parse", "--git-dir"); err != nil {
		return nil, fmt.Errorf("--from-git: %w", err)
	}
	var sources []*article.Article
	for _, name := range paths {
		if strings.Contains(name, "#") {
			return nil, fmt.Errorf("--from-git takes articles, not sections such as %q", name)
		}
		if l.Article(lang, name) == nil {
			continue
		}
		translation := path.Join("content", lang, name+".md")
		source := path.Join("content", l.Site.DefaultLanguage, name+".md")
		commit, err := git(dir, "log", "-1", "--format=%H", "--", translation)
		if id := strings.TrimSpace(string(commit)); err == nil && id != "" {
			var data []byte
			if data, err = git(dir, "show", id+":./"+source); err == nil {
				was, _ := article.Parse(source, data)
				if was.Title != "" {
					sources = append(sources, was)
					continue
				}
			}
		}
		fmt.Fprintf(w, "%s: git has no source of the time of its last commit\n", translation)
	}
	return sources, nil
}

// git runs git in a folder and returns what it prints.
func git(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	var failed bytes.Buffer
	cmd.Stderr = &failed
	out, err := cmd.Output()
	if message := strings.TrimSpace(failed.String()); err != nil && message != "" {
		err = fmt.Errorf("%w: %s", err, message)
	}
	return out, err
}

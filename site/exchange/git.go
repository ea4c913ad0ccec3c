package exchange

import (
	"fmt"
	"io"
	"path"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/history"
	"helpcenter/site/library"
)

// SourcesFromGit returns, for translations into a language, the sources as they were when each translation was last
// committed in the Git repository that holds dir, the folder with content/. paths names the articles; if it is
// empty, they are all those whose translations nobody has accepted. It reports on w those that Git does not know.
func SourcesFromGit(
	dir string, l *library.Library, lang string, paths []string, w io.Writer,
) ([]*article.Article, error) {
	if len(paths) == 0 {
		paths = l.Unjudged(lang)
	}
	past, err := history.Open(dir)
	if err != nil {
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
		data, _ := past.Beside(translation, source)
		if was, _ := article.Parse(source, data); was.Title != "" {
			sources = append(sources, was.Article)
		} else {
			fmt.Fprintf(w, "%s: git has no source of the time of its last commit\n", translation)
		}
	}
	return sources, nil
}

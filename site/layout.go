package site

import "helpcenter/content"

// A layoutView is what the shell of a language shows.
type layoutView struct {
	*language
	Policy                           string
	Home, Articles, OpenSearch, Feed string // files
	Header, Account, Footer          []linkView
	Help                             []linkView
	Groups                           []groupView
}

type linkView struct{ Name, Link string }

func (s *Site) layout(l *language) layoutView {
	v := layoutView{
		language: l, Policy: contentSecurityPolicy,
		Home: file(l.Tag), Articles: file(l.Tag, "articles"), OpenSearch: l.Tag + "/opensearch.xml", Feed: l.Tag + "/feed.xml",
		Header: s.links(l, "header"), Account: s.links(l, "account"), Footer: s.links(l, "footer"),
	}
	for _, h := range s.Library.Site.Help {
		v.Help = append(v.Help, linkView{h.Name[l.Tag], h.Link})
	}
	v.Groups, _ = s.explorer(l)
	return v
}

func (s *Site) links(l *language, place string) []linkView {
	var list []linkView
	for _, link := range s.Library.Site.Links {
		if link.Place == place {
			list = append(list, linkView{text(link.Name, l), link.Link})
		}
	}
	return list
}

func text(t content.Text, l *language) string { return t[l.Tag] }

package site

import (
	"helpcenter/site/headers"
	"helpcenter/site/library"
)

// A layoutView is what the shell of a language shows.
type layoutView struct {
	*Language
	Policy                           string
	Home, Articles, OpenSearch, Feed string // files
	Index                            string // the folder of the search index
	Header, Account, Footer          []linkView
	Help                             []linkView
	Groups                           []groupView
}

type linkView struct{ Name, Link string }

func (s *Site) layout(l *Language) layoutView {
	v := layoutView{
		Language: l, Policy: headers.ContentSecurityPolicy,
		Home: PagePath(l.Tag), Articles: PagePath(l.Tag, "articles"), OpenSearch: l.Tag + "/opensearch.xml", Index: IndexFolder, Feed: l.Tag + "/feed.xml",
		Header: s.links(l, library.Header), Account: s.links(l, library.Account), Footer: s.links(l, library.Footer),
	}
	for _, h := range s.Library.Site.Help {
		v.Help = append(v.Help, linkView{h.Name[l.Tag], h.Link})
	}
	v.Groups, _ = s.explorer(l)
	return v
}

func (s *Site) links(l *Language, place library.Place) []linkView {
	var list []linkView
	for _, link := range s.Library.Site.Links {
		if link.Place == place {
			list = append(list, linkView{link.Name[l.Tag], link.Link})
		}
	}
	return list
}

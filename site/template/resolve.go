package template

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"slices"
	"strings"
	"text/template/parse"

	"helpcenter/site/diag"
)

// Resolve executes, once and for all, every action of the templates that is the
// same on all pages, such as {{t "home"}}, and puts the text it gives in its
// place. It does so after html/template has escaped the templates, so that what
// is executed is the action with the escapers that belong there, and what they
// return is all that a page would show. The functions must always give the same
// for the same. The findings say what cannot be escaped: the first only, since
// html/template has no use for the others then.
func Resolve(all *template.Template) (*template.Template, []diag.Finding) {
	once := template.Must(all.New("once").Parse(""))
	templates := all.Templates()
	slices.SortFunc(templates, func(a, b *template.Template) int { return strings.Compare(a.Name(), b.Name()) })
	for _, t := range templates {
		var unsafe *template.Error
		if errors.As(t.Execute(io.Discard, nil), &unsafe) { // other errors are of a page without data
			return nil, []diag.Finding{TemplateFinding(unsafe)}
		}
	}
	for _, t := range templates {
		if t.Tree != nil && t != once {
			resolveList(t.Tree.Root, func(action parse.Node) ([]byte, error) {
				once.Tree.Root.Nodes = []parse.Node{action}
				var b bytes.Buffer
				err := once.Execute(&b, nil)
				return b.Bytes(), err
			})
		}
	}
	return all, nil
}

func resolveList(list *parse.ListNode, execute func(parse.Node) ([]byte, error)) {
	if list == nil {
		return
	}
	branch := func(b *parse.BranchNode) {
		resolveList(b.List, execute)
		resolveList(b.ElseList, execute)
	}
	for i, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if !isFixed(n.Pipe) {
				continue
			}
			if text, err := execute(n); err == nil {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: text}
			}
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		}
	}
}

// isFixed reports whether a pipeline takes nothing from the page.
func isFixed(pipe *parse.PipeNode) bool {
	if len(pipe.Decl) > 0 {
		return false
	}
	for _, c := range pipe.Cmds {
		for _, arg := range c.Args {
			switch arg.(type) {
			case *parse.IdentifierNode, *parse.StringNode:
			default:
				return false
			}
		}
	}
	return true
}

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

// Resolve executes every action of the templates that is the same on all pages,
// such as {{t "home"}}, and replaces it by the text that it gives. It does so after
// html/template has escaped the templates, so an action is executed with its
// escapers. The functions that it calls must be pure. Findings report a template
// that cannot be escaped: only the first, since html/template then stops.
func Resolve(all *template.Template) (*template.Template, []diag.Finding) {
	once := template.Must(all.New("once").Parse(""))
	templates := all.Templates()
	slices.SortFunc(templates, func(a, b *template.Template) int { return strings.Compare(a.Name(), b.Name()) })
	for _, t := range templates {
		var unsafe *template.Error
		if errors.As(t.Execute(io.Discard, nil), &unsafe) { // other errors come from the missing data
			return nil, []diag.Finding{Finding(unsafe)}
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

// isFixed reports whether a pipeline uses nothing of the page.
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

package template

import (
	"encoding/binary"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// A shape is a view without its strings: all that a simple template can tell apart.
// It says which strings, booleans and pointers are zero, and how long lists are.
type shape struct {
	code    []byte
	strings []string // those of the view that are not empty, in order
}

func (s *shape) reset() {
	clear(s.strings) // so that they can be freed
	s.code, s.strings = s.code[:0], s.strings[:0]
}

// read adds a plain value.
func (s *shape) read(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		s.note(v.Len() > 0)
		if v.Len() > 0 {
			s.strings = append(s.strings, v.String())
		}
	case reflect.Bool:
		s.note(v.Bool())
	case reflect.Pointer:
		s.note(!v.IsNil())
		if !v.IsNil() {
			s.read(v.Elem())
		}
	case reflect.Slice:
		s.code = binary.AppendUvarint(s.code, uint64(v.Len()))
		for i := range v.Len() {
			s.read(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			s.read(v.Field(i))
		}
	}
}

func (s *shape) note(is bool) {
	if is {
		s.code = append(s.code, 1)
	} else {
		s.code = append(s.code, 0)
	}
}

// withStrings returns a copy of a plain value in which those strings that are not
// empty are replaced, in the order of shapes.
func withStrings(v reflect.Value, next func() string) reflect.Value {
	switch v.Kind() {
	case reflect.String:
		if v.Len() > 0 {
			return reflect.ValueOf(next()).Convert(v.Type())
		}
	case reflect.Pointer:
		if !v.IsNil() {
			p := reflect.New(v.Type().Elem())
			p.Elem().Set(withStrings(v.Elem(), next))
			return p
		}
	case reflect.Slice:
		list := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			list.Index(i).Set(withStrings(v.Index(i), next))
		}
		return list
	case reflect.Struct:
		s := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			s.Field(i).Set(withStrings(v.Field(i), next))
		}
		return s
	}
	return v
}

// isPlainType reports whether a type consists of exported fields of strings,
// booleans, lists, pointers and structs, without methods.
func isPlainType(t reflect.Type) bool {
	if t.NumMethod() > 0 || reflect.PointerTo(t).NumMethod() > 0 {
		return false
	}
	switch t.Kind() {
	case reflect.String, reflect.Bool:
		return true
	case reflect.Pointer, reflect.Slice:
		return isPlainType(t.Elem())
	case reflect.Struct:
		return !slices.ContainsFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool {
			return !f.IsExported() || !isPlainType(f.Type)
		})
	}
	return false
}

// isSimple reports whether a template depends on the shape of plain views only, and
// otherwise writes their strings. Templates that pass parts of a view to functions
// such as eq and len are not simple, nor are those that call themselves. The
// template must have been escaped.
func isSimple(all *template.Template, name string, callers ...string) bool {
	t := all.Lookup(name)
	if t == nil || t.Tree == nil || slices.Contains(callers, name) {
		return false
	}
	var simple func(list *parse.ListNode) bool
	branch := func(b *parse.BranchNode) bool {
		return isSimplePipe(b.Pipe) && simple(b.List) && simple(b.ElseList)
	}
	simple = func(list *parse.ListNode) bool {
		return list == nil || !slices.ContainsFunc(list.Nodes, func(n parse.Node) bool {
			switch n := n.(type) {
			case *parse.TextNode, *parse.CommentNode:
				return false
			case *parse.ActionNode:
				return !isSimplePipe(n.Pipe)
			case *parse.IfNode:
				return !branch(&n.BranchNode)
			case *parse.RangeNode:
				return !branch(&n.BranchNode)
			case *parse.WithNode:
				return !branch(&n.BranchNode)
			case *parse.TemplateNode:
				return !isSimplePipe(n.Pipe) || !isSimple(all, n.Name, append(callers, name)...)
			}
			return true
		})
	}
	return simple(t.Tree.Root)
}

// isSimplePipe reports whether a pipeline calls no functions except not, and, or,
// and the escapers that html/template adds.
func isSimplePipe(pipe *parse.PipeNode) bool {
	if pipe == nil {
		return true
	}
	for _, c := range pipe.Cmds {
		for _, arg := range c.Args {
			switch arg := arg.(type) {
			case *parse.DotNode, *parse.FieldNode, *parse.VariableNode:
			case *parse.PipeNode:
				if !isSimplePipe(arg) {
					return false
				}
			case *parse.IdentifierNode:
				isLogic := slices.Contains([]string{"not", "and", "or"}, arg.Ident)
				if !isLogic && !strings.HasPrefix(arg.Ident, "_html_template_") {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}

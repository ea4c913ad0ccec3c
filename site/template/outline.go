package template

import (
	"encoding/binary"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// An outline is a view taken apart: its strings, and its shape, which is all that
// a simple template can tell apart without them.
type outline struct {
	shape   []byte // of each string whether it is empty; of each list how long it is; what is true; what is there
	strings []string
}

func (o *outline) reset() {
	clear(o.strings) // they are not to be kept alive
	o.shape, o.strings = o.shape[:0], o.strings[:0]
}

// read takes a plain value apart.
func (o *outline) read(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		o.note(v.Len() > 0)
		if v.Len() > 0 {
			o.strings = append(o.strings, v.String())
		}
	case reflect.Bool:
		o.note(v.Bool())
	case reflect.Pointer:
		o.note(!v.IsNil())
		if !v.IsNil() {
			o.read(v.Elem())
		}
	case reflect.Slice:
		o.shape = binary.AppendUvarint(o.shape, uint64(v.Len()))
		for i := range v.Len() {
			o.read(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			o.read(v.Field(i))
		}
	}
}

func (o *outline) note(is bool) {
	if is {
		o.shape = append(o.shape, 1)
	} else {
		o.shape = append(o.shape, 0)
	}
}

// withStrings returns a copy of a plain value with other strings in the place of
// those that are not empty, in the order of outlines.
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

// isPlainType reports whether an outline holds all there is to a type: exported
// fields of strings, booleans, lists, pointers and structs, and no methods.
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
		return !slices.ContainsFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool { return !f.IsExported() || !isPlainType(f.Type) })
	}
	return false
}

// isSimple reports whether a template tells plain views apart by their shape only:
// it writes strings, and asks of nothing more than whether it is empty. Templates
// that call functions with what stands in a view, such as eq and len, are not
// simple, and neither are those that call themselves. It must have been escaped.
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

// isSimplePipe reports whether a pipeline takes values as they are, through no
// more than not, and, or, and the escapers that html/template adds.
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
				if !slices.Contains([]string{"not", "and", "or"}, arg.Ident) && !strings.HasPrefix(arg.Ident, "_html_template_") {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}

package template

import (
	"encoding/binary"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// A shape is what a simple template can distinguish of a view: which strings, booleans and pointers are zero, and
// how long lists are. The strings themselves are kept apart.
type shape struct {
	code    []byte
	strings []string // the nonempty ones of the view, in order
}

func (s *shape) reset() {
	clear(s.strings) // lets them be freed
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
	case reflect.Map:
		s.code = binary.AppendUvarint(s.code, uint64(v.Len()))
		for _, key := range sortedKeys(v) {
			s.code = append(binary.AppendUvarint(s.code, uint64(key.Len())), key.String()...)
			s.read(v.MapIndex(key))
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

// withStrings returns a copy of a plain value in which the nonempty strings are replaced, in the order of shapes.
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
	case reflect.Map:
		m := reflect.MakeMapWithSize(v.Type(), v.Len())
		for _, key := range sortedKeys(v) {
			m.SetMapIndex(key, withStrings(v.MapIndex(key), next))
		}
		return m
	case reflect.Struct:
		s := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			s.Field(i).Set(withStrings(v.Field(i), next))
		}
		return s
	}
	return v
}

// sortedKeys returns the keys of a map, which must be strings, in order.
func sortedKeys(m reflect.Value) []reflect.Value {
	return slices.SortedFunc(slices.Values(m.MapKeys()), func(a, b reflect.Value) int {
		return strings.Compare(a.String(), b.String())
	})
}

// isPlainType reports whether a type has no methods and consists of strings, booleans, lists, maps with string
// keys, pointers, and structs of exported fields.
func isPlainType(t reflect.Type) bool {
	if t.NumMethod() > 0 || reflect.PointerTo(t).NumMethod() > 0 {
		return false
	}
	switch t.Kind() {
	case reflect.String, reflect.Bool:
		return true
	case reflect.Pointer, reflect.Slice:
		return isPlainType(t.Elem())
	case reflect.Map:
		return t.Key().Kind() == reflect.String && isPlainType(t.Elem())
	case reflect.Struct:
		return !slices.ContainsFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool {
			return !f.IsExported() || !isPlainType(f.Type)
		})
	}
	return false
}

// isSimple reports whether a template depends only on the shape of plain views, apart from writing their strings.
// Templates that pass parts of a view to functions such as eq and len are not simple, nor are recursive ones. The
// template must have been escaped.
func isSimple(all *template.Template, name string, callers ...string) bool {
	t := all.Lookup(name)
	if t == nil || t.Tree == nil || slices.Contains(callers, name) {
		return false
	}
	simple := true
	Walk(t.Tree.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.PipeNode:
			simple = simple && isSimplePipe(n)
		case *parse.TemplateNode:
			simple = simple && isSimple(all, n.Name, append(callers, name)...)
		case *parse.BreakNode, *parse.ContinueNode, *parse.ChainNode:
			simple = false
		}
	})
	return simple
}

// isSimplePipe reports whether a pipeline passes parts of a view to no functions except not, and, or, and the
// escapers that html/template adds.
func isSimplePipe(pipe *parse.PipeNode) bool {
	for i, c := range pipe.Cmds {
		call, ok := c.Args[0].(*parse.IdentifierNode)
		if !ok || strings.HasPrefix(call.Ident, "_html_template_") ||
			slices.Contains([]string{"not", "and", "or"}, call.Ident) {
			continue
		}
		isLiteral := func(n parse.Node) bool { return n.Type() == parse.NodeString }
		if i > 0 || slices.ContainsFunc(c.Args[1:], func(n parse.Node) bool { return !isLiteral(n) }) {
			return false
		}
	}
	return true
}

// Walk calls visit for a node of a template and for all nodes below it.
func Walk(n parse.Node, visit func(parse.Node)) {
	visit(n)
	for _, child := range children(n) {
		Walk(child, visit)
	}
}

func children(n parse.Node) (list []parse.Node) {
	branch := func(b *parse.BranchNode) []parse.Node {
		if b.ElseList == nil {
			return []parse.Node{b.Pipe, b.List}
		}
		return []parse.Node{b.Pipe, b.List, b.ElseList}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		return n.Nodes
	case *parse.ActionNode:
		return []parse.Node{n.Pipe}
	case *parse.IfNode:
		return branch(&n.BranchNode)
	case *parse.RangeNode:
		return branch(&n.BranchNode)
	case *parse.WithNode:
		return branch(&n.BranchNode)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			return []parse.Node{n.Pipe}
		}
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			list = append(list, c)
		}
	case *parse.CommandNode:
		return n.Args
	case *parse.ChainNode:
		return []parse.Node{n.Node}
	}
	return list
}

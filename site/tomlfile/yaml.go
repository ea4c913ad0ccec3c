package tomlfile

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"helpcenter/site/diag"
)

// DecodeYAML is like [Decode], for YAML. It accepts only what TOML can also express: no aliases, tags, or keys that
// are not text. A key without a value counts as missing.
func DecodeYAML(file string, data []byte, first int, v any) (*Locator, []diag.Finding) {
	return decode(&Locator{file: file, first: first, data: data, yaml: true}, v, parseYAML)
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

func parseYAML(data []byte) (*node, error) {
	root := &node{key: -1, value: -1, table: map[string]*node{}}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		m := yamlLine.FindStringSubmatch(err.Error())
		if m == nil { // the library does not say where
			return root, &invalid{0, strings.TrimPrefix(err.Error(), "yaml: ")}
		}
		line, _ := strconv.Atoi(m[1])
		return root, &invalid{offsetOf(data, line, 1), strings.TrimPrefix(err.Error(), m[0])}
	}
	if len(doc.Content) == 0 {
		return root, nil
	}
	if doc.Content[0].Kind != yaml.MappingNode {
		return root, &invalid{0, "front matter must be keys and values"}
	}
	return root, root.readYAML(data, doc.Content[0])
}

// readYAML reads the value of a node.
func (n *node) readYAML(data []byte, y *yaml.Node) error {
	at := offsetOf(data, y.Line, y.Column)
	switch {
	case n.depth > maxDepth:
		return tooDeep(at)
	case y.Kind == yaml.AliasNode || y.Anchor != "":
		return &invalid{at, "anchors and aliases are not supported: write the value itself"}
	case y.Kind == yaml.MappingNode:
		return n.mapping(data, y)
	case y.Kind == yaml.SequenceNode:
		n.items = []*node{}
		for _, item := range y.Content {
			if err := n.item(offsetOf(data, item.Line, item.Column)).readYAML(data, item); err != nil {
				return err
			}
		}
		return nil
	}
	if err := y.Decode(&n.scalar); err != nil {
		return &invalid{at, "invalid value " + strconv.Quote(y.Value)}
	}
	switch v := n.scalar.(type) {
	case int:
		n.scalar = int64(v)
	case time.Time:
		n.scalar = time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), v.Second(), v.Nanosecond(), Local)
	case string, bool, float64:
	default:
		return &invalid{at, "invalid value " + strconv.Quote(y.Value)}
	}
	return nil
}

func (n *node) mapping(data []byte, y *yaml.Node) error {
	n.table = map[string]*node{}
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		at := offsetOf(data, key.Line, key.Column)
		switch {
		case key.Kind != yaml.ScalarNode || key.Tag == "!!merge":
			return &invalid{at, "a key must be text"}
		case n.table[key.Value] != nil:
			return &invalid{at, "key " + strconv.Quote(key.Value) + " already exists"}
		case value.Tag == "!!null":
			continue
		}
		next := n.add(key.Value, at, literal)
		next.value = offsetOf(data, value.Line, value.Column)
		if err := next.readYAML(data, value); err != nil {
			return err
		}
	}
	return nil
}

// offsetOf returns the offset of a line and a column, which YAML counts in characters.
func offsetOf(data []byte, line, column int) int {
	off := 0
	for l := range strings.Lines(string(data)) {
		if line--; line == 0 {
			return off + len(string([]rune(l)[:min(max(column-1, 0), len([]rune(l)))]))
		}
		off += len(l)
	}
	return max(0, len(data)-1)
}

package exchange

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// The parts of XLIFF 1.2 that are needed: a file for each article, and a trans-unit for each block.
type (
	xliff struct {
		XMLName xml.Name    `xml:"urn:oasis:names:tc:xliff:document:1.2 xliff"`
		Version string      `xml:"version,attr"`
		Files   []xliffFile `xml:"file"`
	}
	xliffFile struct {
		Original string      `xml:"original,attr"`
		From     string      `xml:"source-language,attr"`
		To       string      `xml:"target-language,attr"`
		Datatype string      `xml:"datatype,attr"`
		Units    []xliffUnit `xml:"body>trans-unit"`
	}
	xliffUnit struct {
		ID     string       `xml:"id,attr"`
		Space  string       `xml:"http://www.w3.org/XML/1998/namespace space,attr,omitempty"`
		Source string       `xml:"source"`
		Target *xliffTarget `xml:"target"`
		Before *xliffBefore `xml:"alt-trans"`
	}
	xliffTarget struct {
		State string `xml:"state,attr,omitempty"`
		Text  string `xml:",chardata"`
	}
	xliffBefore struct {
		Type   string `xml:"alttranstype,attr"`
		Source string `xml:"source"`
		Target string `xml:"target"`
	}
)

// fuzzyState is the state of units that must be reviewed.
const fuzzyState = "needs-review-translation"

// WriteXLIFF writes a document as XLIFF 1.2.
func WriteXLIFF(w io.Writer, doc Document) error {
	out := xliff{Version: "1.2"}
	for _, u := range doc.Units {
		if n := len(out.Files); n == 0 || out.Files[n-1].Original != u.File {
			out.Files = append(out.Files, xliffFile{Original: u.File, From: doc.From, To: doc.To, Datatype: "x-markdown"})
		}
		unit := xliffUnit{ID: u.ID, Space: "preserve", Source: u.Source}
		if u.Target != "" {
			unit.Target = &xliffTarget{State: "translated", Text: u.Target}
		}
		if u.Fuzzy {
			unit.Target.State = fuzzyState
		}
		if u.Fuzzy && u.Previous != "" {
			unit.Before = &xliffBefore{"previous-version", u.Previous, u.Target}
		}
		file := &out.Files[len(out.Files)-1]
		file.Units = append(file.Units, unit)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func readXLIFF(data []byte) (doc Document, err error) {
	var in xliff
	if err := xml.Unmarshal(data, &in); err != nil {
		return doc, err
	}
	if in.Version != "1.2" {
		return doc, fmt.Errorf("XLIFF of version %q cannot be read, only 1.2", in.Version)
	}
	for _, f := range in.Files {
		doc.From, doc.To = f.From, f.To
		for _, u := range f.Units {
			unit := Unit{ID: u.ID, File: f.Original, Source: u.Source}
			if u.Target != nil {
				unit.Target = u.Target.Text
				unit.Fuzzy = strings.HasPrefix(u.Target.State, "needs-") || u.Target.State == "new"
			}
			doc.Units = append(doc.Units, unit)
		}
	}
	return doc, nil
}

// Read reads a document in the given format, po or xliff. If format is "", it is detected.
func Read(data []byte, format string) (Document, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	isXML := bytes.HasPrefix(bytes.TrimSpace(data), []byte("<"))
	if format == "xliff" || format == "" && isXML {
		return readXLIFF(data)
	}
	return readPO(data)
}

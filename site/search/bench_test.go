package search

import (
	"context"
	"slices"
	"testing"

	"helpcenter/content"
	"helpcenter/site/library"
)

// BenchmarkIndex indexes the shipped articles again and again, as if they were separate documents.
func BenchmarkIndex(b *testing.B) {
	lib, _ := library.Load(content.Files)
	var docs []*Document
	size := int64(0)
	for _, a := range lib.Articles {
		if a.Lang == "it" {
			d := document(a.Read())
			docs = append(docs, d)
			for _, s := range d.Sections {
				for _, text := range s.Text {
					size += int64(len(text))
				}
			}
		}
	}
	b.SetBytes(size * 100)
	b.ReportAllocs()
	for b.Loop() {
		New(Config{Lang: "it", Synonyms: synonyms(b, "it")}, slices.Values(slices.Repeat(docs, 100)))
	}
}

func BenchmarkQuery(b *testing.B) {
	ix := shipped(b, "it")
	for _, text := range []string{"annullare l'abbonamento", "abonamento", "come faccio a disdire goto meeting"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ix.Search(context.Background(), Query{Text: text})
			}
		})
	}
}

package retrieve

import (
	"context"
	"fmt"
	"testing"

	"github.com/themis-go/themis/harvest"
)

// many repeats the real news items to a corpus of about n decisions, each
// with words of another, so that no two are the same.
func many(tb testing.TB, n int) []harvest.Decision {
	tb.Helper()
	list := newsItems(tb)
	out := make([]harvest.Decision, 0, n)
	for round := 0; len(out) < n; round++ {
		for i, d := range list {
			other := list[(7*i+13*round)%len(list)]
			d.URI = iri(tb, fmt.Sprintf("%s/%d", d.URI, round))
			d.Text += " " + other.Title
			out = append(out, d)
		}
	}
	return out[:n]
}

func BenchmarkNew(b *testing.B) {
	for _, n := range []int{3101, 31000} {
		list := many(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := New(context.Background(), sequence(list)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSection answers whole sections of some 300 words.
func BenchmarkSection(b *testing.B) {
	all := sections(b)
	known := judgements(b, nil)
	for _, n := range []int{3101, 31000} {
		ix, err := New(context.Background(), sequence(many(b, n)))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				s := all[known[i%len(known)].section]
				if _, err := ix.rank(context.Background(), ix.sectionQuery(s), maxHits); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkDecode(b *testing.B) {
	data := build(newsItems(b), nil).encode("v")
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, _, err := decode(data); err != nil {
			b.Fatal(err)
		}
	}
}

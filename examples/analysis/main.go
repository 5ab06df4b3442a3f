// Analysis answers a question of one's own, how many decisions each minister
// brought per year, with a struct and a query of its own; trends.go adds ready-made ones.
//
//	go run ./examples/analysis -from themis.db -out analysis
package main

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/themis-go/themis/examples/internal/corpus"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

//go:embed ministers.rq
var query string

// perYear is a row of the query: its fields are the variables.
type perYear struct {
	Given, Family   string
	Year, Decisions int
}

// newsItem is what the question needs of Themis: fields follow properties, ^ backwards.
type newsItem struct {
	_         struct{}   `rdf:"@type,dossier:Stuk"`
	_         struct{}   `rdf:"dct:type,value=<http://themis.vlaanderen.be/id/concept/document-type/63d628cb-a594-4166-8b4e-880b4214fc5b>"`
	Ministers []minister `rdf:"prov:qualifiedAssociation"`
	Item      struct {
		Agenda *agenda `rdf:"^dct:hasPart"`
	} `rdf:"prov:wasDerivedFrom"`
}

func main() {
	from := flag.String("from", "", "a SPARQL `endpoint` (http…), an archive (.db), or RDF; empty: the embedded sample")
	out := flag.String("out", "analysis", "the `folder` for tables and charts")
	if flag.Parse(); flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "analysis: unexpected argument %q: every setting is a flag, see -help\n", flag.Arg(0))
		os.Exit(1)
	}
	if err := run(context.Background(), *from, *out); err != nil {
		fmt.Fprintln(os.Stderr, "analysis:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, from, out string) error {
	if strings.HasPrefix(from, "http") { // let the endpoint count
		rows, err := collect(sparql.Select[perYear](ctx, sparql.NewClient(from), sparql.Text(query)))
		if err != nil {
			return err
		}
		return write(filepath.Join(out, "ministers-per-year"), rows)
	}
	c, err := corpus.Open(ctx, corpus.Options{From: from})
	if err != nil {
		return err
	}
	defer c.Close()
	graph, err := load(c.Quads(ctx))
	if err != nil {
		return err
	}
	rows, err := count(rdf.DecodeAll[newsItem](graph, rdf.FirstWins()))
	if err != nil {
		return err
	}
	if err := write(filepath.Join(out, "ministers-per-year"), rows); err != nil {
		return err
	}
	return trends(ctx, c.Archive, out)
}

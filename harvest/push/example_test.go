package push_test

import (
	"context"
	"fmt"
	"iter"

	"github.com/themis-go/themis/harvest/push"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

// quads stands for the stream that an archive gives.
func quads() iter.Seq2[rdf.Quad, error] {
	return func(yield func(rdf.Quad, error) bool) {
		yield(rdf.Quad{Triple: rdf.Triple{
			Subj: rdf.MustIRI("http://themis.vlaanderen.be/id/nieuwsbericht/6040"),
			Pred: rdf.MustIRI("http://purl.org/dc/terms/title"),
			Obj:  rdf.NewString("Jeugd- en kinderrechtenbeleidsplan"),
		}}, nil)
	}
}

func ExamplePush() {
	client := sparql.NewClient("https://store.example.org/sparql", sparql.DigestAuth("user", "password"))
	defer client.Close()
	graph := rdf.MustIRI("http://example.org/themis")
	// Without DryRun it is sent, and compared with what the store then holds.
	report, err := push.Push(context.Background(), client, graph, quads(), push.Replace(), push.DryRun())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Triples, "triple in", report.Requests, "request of", report.Bytes, "bytes")
	// Output: 1 triple in 1 request of 124 bytes
}

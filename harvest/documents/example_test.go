package documents_test

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/documents"
	"github.com/themis-go/themis/rdf"
)

// decisions stands for the stream that an archive gives.
func decisions() iter.Seq2[harvest.Decision, error] {
	return func(yield func(harvest.Decision, error) bool) {
		yield(harvest.Decision{
			URI: rdf.MustIRI("http://themis.vlaanderen.be/id/nieuwsbericht/6040"),
			Documents: []harvest.Document{{
				Title: "VR 2020 1812 DOC.1500/1",
				Files: []harvest.File{{
					URI: rdf.MustIRI("http://themis.vlaanderen.be/id/bestand/7223d7b3-db34"), Size: 14, Format: "application/pdf",
				}},
			}},
		}, nil)
	}
}

func ExampleFolder_Fetch() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("%PDF-1.4\n%%EOF"))
	}))
	defer server.Close()
	dir, err := os.MkdirTemp("", "themis")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)

	folder, err := documents.Open(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer folder.Close()
	// Without BaseURL the files are fetched from Themis.
	for result, err := range folder.Fetch(context.Background(), decisions(), documents.BaseURL(server.URL)) {
		if err != nil {
			fmt.Println(err) // of this file; the others go on
			continue
		}
		fmt.Println(result.Outcome, result.Path, result.Size)
	}
	// Output:
	// downloaded undated/VR-2020-1812-DOC-1500-1-7223d7b3-db34.pdf 14
}

func ExampleFileName() {
	fmt.Println(documents.FileName(
		harvest.Document{Title: "Vóór/na: ../nota"},
		harvest.File{URI: rdf.MustIRI("http://themis.vlaanderen.be/id/bestand/7223d7b3-db34"), Name: "evil.exe", Extension: "pdf"},
	))
	// Output: Voor-na-nota-7223d7b3-db34.pdf
}

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/harvest/documents"
	"github.com/themis-go/themis/harvest/export"
	"github.com/themis-go/themis/harvest/push"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

// outputs are what to do with the archive: export it, push it, fetch the
// documents of its decisions.
type outputs struct {
	formats, dir string

	push, graph, store, auth, checkpoint string
	replace, dryRun                      bool

	documents, base, matching string

	status io.Writer // nil: progress is not shown
}

func (o *outputs) flags(f *flag.FlagSet) {
	f.StringVar(&o.formats, "export", "", "write the archive as these `FORMATS`: csv,jsonl,nq,ttl,parquet or all")
	f.StringVar(&o.dir, "export-dir", "export", "`FOLDER` that -export writes to")
	f.StringVar(&o.push, "push", "", "send all triples to the SPARQL store that takes updates at this `URL`")
	f.StringVar(&o.graph, "push-graph", "http://mu.semte.ch/graphs/public", "`IRI` of the graph that -push sends to")
	f.StringVar(&o.store, "push-graph-store", "", "push by the Graph Store Protocol at this `URL` and not by updates")
	f.StringVar(&o.auth, "push-auth", "digest", "`SCHEME` (digest or basic) of the account in $THEMIS_PUSH_USER and $THEMIS_PUSH_PASSWORD")
	f.StringVar(&o.checkpoint, "push-checkpoint", "", "`FILE` that keeps how far a push has come, so that the next run goes on")
	f.BoolVar(&o.replace, "push-replace", false, "empty the graph first")
	f.BoolVar(&o.dryRun, "push-dry-run", false, "tell what -push would send, and send nothing")
	f.StringVar(&o.documents, "documents", "", "fetch the PDFs of decisions into this `FOLDER`, and put their text into the archive; see -since and -until")
	f.StringVar(&o.base, "documents-from", documents.DefaultBase, "`URL` of the site that serves the files")
	f.StringVar(&o.matching, "documents-matching", "", "fetch those of decisions whose text has these `WORDS` only")
}

// wanted reports whether anything is to be done.
func (o *outputs) wanted() bool { return o.formats != "" || o.push != "" || o.documents != "" }

func (o *outputs) run(ctx context.Context, arc *archive.Archive, since, until time.Time, out io.Writer) error {
	for _, step := range []struct {
		wanted bool
		run    func() error
	}{
		{o.formats != "", func() error { return o.runExport(ctx, arc, out) }},
		{o.push != "", func() error { return o.runPush(ctx, arc, out) }},
		{o.documents != "", func() error { return o.runDocuments(ctx, arc, since, until, out) }},
	} {
		if !step.wanted {
			continue
		}
		if err := step.run(); err != nil {
			return err
		}
	}
	return nil
}

func (o *outputs) runExport(ctx context.Context, arc *archive.Archive, out io.Writer) error {
	formats, err := export.ParseFormats(o.formats)
	if err != nil {
		return err
	}
	results, err := export.ToDir(ctx, o.dir, formats, export.Source{Decisions: arc.Decisions(ctx), Quads: arc.Quads(ctx)})
	for _, r := range results {
		fmt.Fprintf(out, "exported: %s, %d\n", r.Path, r.Count)
	}
	return err
}

func (o *outputs) runPush(ctx context.Context, arc *archive.Archive, out io.Writer) error {
	graph, err := rdf.NewIRI(o.graph)
	if err != nil {
		return err
	}
	var client []sparql.Option
	if user := os.Getenv("THEMIS_PUSH_USER"); user != "" {
		auth := sparql.DigestAuth
		if o.auth == "basic" {
			auth = sparql.BasicAuth
		}
		client = append(client, auth(user, os.Getenv("THEMIS_PUSH_PASSWORD")))
	}
	var options []push.Option
	if o.store != "" {
		client = append(client, sparql.GraphStoreURL(o.store))
		options = append(options, push.ByGraphStore())
	}
	if o.replace {
		options = append(options, push.Replace())
	}
	if o.dryRun {
		options = append(options, push.DryRun())
	}
	if o.checkpoint != "" {
		options = append(options, push.Resume(push.File(o.checkpoint)))
	}
	if o.status != nil {
		options = append(options, push.Progress(func(r push.Report) {
			if r.Requests%50 == 0 {
				fmt.Fprintf(o.status, "pushed %d triples\n", r.Skipped+r.Sent)
			}
		}))
	}
	report, err := push.Push(ctx, sparql.NewClient(o.push, client...), graph, arc.Quads(ctx), options...)
	if err != nil {
		return err
	}
	if o.dryRun {
		fmt.Fprintf(out, "would push: %d triples to <%s>, %d bytes in %d requests\n", report.Triples, graph, report.Bytes, report.Requests)
		return nil
	}
	_, err = fmt.Fprintf(out, "pushed: %d triples to <%s>, verified: it holds %d, SHA-256 %s\n",
		report.Triples, graph, report.Verification.Count, report.Verification.StoreDigest)
	return err
}

func (o *outputs) runDocuments(ctx context.Context, arc *archive.Archive, since, until time.Time, out io.Writer) error {
	folder, err := documents.Open(o.documents)
	if err != nil {
		return err
	}
	defer folder.Close()
	filters := []archive.Filter{}
	if !since.IsZero() {
		filters = append(filters, archive.Since(since))
	}
	if !until.IsZero() {
		filters = append(filters, archive.Until(until))
	}
	if o.matching != "" {
		filters = append(filters, archive.Matching(o.matching))
	}
	options := []documents.Option{documents.BaseURL(o.base)}
	if o.status != nil {
		options = append(options, documents.Progress(func(done, total int) {
			if done%50 == 0 {
				fmt.Fprintf(o.status, "fetched %d of %d documents\n", done, total)
			}
		}))
	}
	count := map[documents.Outcome]int{}
	var failed []error
	for result, err := range folder.Fetch(ctx, arc.Decisions(ctx, filters...), options...) {
		if err != nil {
			failed = append(failed, err)
			continue
		}
		count[result.Outcome]++
	}
	texts, problems := 0, 0
	for text, err := range folder.Extract(ctx, arc) {
		switch {
		case err != nil:
			failed = append(failed, err)
		case text.Problem != "":
			problems++
		default:
			texts++
		}
	}
	fmt.Fprintf(out, "documents: %d fetched, %d there already, %d failed; text of %d read, %d have none\n",
		count[documents.Downloaded], count[documents.Present]+count[documents.Unchanged], len(failed), texts, problems)
	const shown = 20
	if n := len(failed) - shown; n > 0 {
		failed = append(failed[:shown], fmt.Errorf("and %d more", n))
	}
	return errors.Join(failed...)
}

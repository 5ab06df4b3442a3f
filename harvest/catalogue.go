package harvest

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

const (
	classDataset      = "http://www.w3.org/ns/dcat#Dataset"
	classDistribution = "http://www.w3.org/ns/dcat#Distribution"
	revisionOf        = "http://www.w3.org/ns/prov#wasRevisionOf"
)

// CatalogueOption changes the source [Catalogue].
type CatalogueOption func(*catalogue)

// DownloadBase sets where the files are downloaded, in place of the scheme and
// host that the catalogue names: for a mirror. The path stays.
func DownloadBase(address string) CatalogueOption {
	return func(c *catalogue) { c.base = address }
}

// AllowHosts lets files be downloaded from other hosts than that of the
// endpoint or, where it is set, of [DownloadBase].
func AllowHosts(hosts ...string) CatalogueOption {
	return func(c *catalogue) { c.hosts = append(c.hosts, hosts...) }
}

// DumpsOnly leaves out what no file of the catalogue holds (organisations, the
// records of the files themselves), which by default is asked of the endpoint.
func DumpsOnly() CatalogueOption { return func(c *catalogue) { c.dumpsOnly = true } }

// CatalogueGraph is [Graph] for the endpoint's records of the catalogue.
func CatalogueGraph(iri string) CatalogueOption { return func(c *catalogue) { c.graph = iri } }

// DownloadClient sets the HTTP client for downloads.
func DownloadClient(client *http.Client) CatalogueOption {
	return func(c *catalogue) { c.http = client }
}

// Catalogue is the files (dumps) that Themis publishes: the records of the
// catalogue (DCAT) are read from the endpoint, then the Turtle distribution of
// the latest dataset of each meeting and code list is downloaded. A file that
// has not changed since the last run is not sent again (conditional requests);
// one whose size is not the one in the catalogue, that is of another media type,
// or that has an error, is reported, and the result is [Partial].
//
// The archive is the same as that of [Endpoint].
func Catalogue(client *sparql.Client, opts ...CatalogueOption) Source {
	c := &catalogue{client: client, graph: PublicGraph}
	for _, opt := range opts {
		opt(c)
	}
	return c
}

type catalogue struct {
	client    *sparql.Client
	http      *http.Client
	graph     string
	base      string
	hosts     []string
	dumpsOnly bool
}

func (c *catalogue) Info() SourceInfo {
	return SourceInfo{Kind: "catalogue", Address: c.client.Endpoint()}
}

func (c *catalogue) harvest(ctx context.Context, r *runner) error {
	h, err := (&endpoint{client: c.client, graph: c.graph}).begin(r)
	if err != nil {
		return err
	}
	d, err := newDownloader(c, h)
	if err != nil {
		return err
	}
	run := &catalogueRun{endpointRun: h, downloader: d, dumpsOnly: c.dumpsOnly}
	return run.run(ctx)
}

type catalogueRun struct {
	*endpointRun
	downloader *downloader
	dumpsOnly  bool
	// unchanged is the date of the catalogue at the last complete run: files of
	// datasets that are older need not be asked for.
	unchanged time.Time
}

// dump is the Turtle file of one dataset.
type dump struct {
	document string // the first dataset of the chain of revisions
	address  string
	format   string
	size     int64 // 0: unknown
	meeting  rdf.IRI
	issued   time.Time
	modified time.Time
}

func (c *catalogueRun) run(ctx context.Context) error {
	classes, total, err := c.classes(ctx)
	if err != nil {
		return err
	}
	var records []count
	for _, name := range []string{classCatalog, classDataset, classDistribution} {
		records = append(records, only(classes, name)...)
	}
	// Downloading an unchanged catalogue's records costs more than asking what
	// changed; that they changed without their counts is seen by the latest date.
	mark, err := c.latest(ctx)
	if err != nil {
		return err
	}
	known, err := c.session.Checkpoint(ctx, c.keyCatalogue())
	if err != nil {
		return err
	}
	if err := c.sync(ctx, records, known != mark || c.full); err != nil {
		return err
	}
	recorded := len(c.reasons) == 0
	if t, err := time.Parse(time.RFC3339Nano, known); err == nil && !c.full {
		c.unchanged = t
	}
	dumps, err := c.latestDumps(ctx)
	if err != nil {
		return err
	}
	documents := []string{c.document, blanksDocument(c.document)}
	for i, d := range dumps {
		documents = append(documents, d.document)
		c.update(Update{Stage: "download", What: d.address, Done: int64(i), Total: int64(len(dumps))})
		if err := c.read(ctx, i, d); err != nil {
			return err
		}
	}
	if err := c.blanks.put(ctx, c.session, c.document); err != nil {
		return err
	}
	if !c.dated() {
		if err := c.session.Retain(ctx, documents); err != nil {
			return err
		}
	}
	if !c.dumpsOnly && !c.dated() {
		if err := c.complement(ctx, classes, total); err != nil {
			return err
		}
	}
	if !recorded || c.dated() {
		return nil
	}
	// A file that could not be had has no state and is asked for again.
	return c.session.Put(ctx, Batch{Document: c.document, Checkpoints: map[string]string{c.keyCatalogue(): mark}})
}

func (c *catalogueRun) keyCatalogue() string { return "catalogue " + c.document }

// complement asks the endpoint for what the files lack.
func (c *catalogueRun) complement(ctx context.Context, classes []count, total int64) error {
	c.expect(classes)
	if err := c.compare(ctx, classes, total); err != nil {
		return err
	}
	// Two files may say the same of a resource, so triples cannot be counted by
	// document; how many subjects there are can.
	lacking, err := c.lacking(ctx, classes)
	if err != nil {
		return err
	}
	for _, l := range lacking {
		c.lack(l.name(), fmt.Sprintf("the endpoint counts %d subjects, which neither the files nor the endpoint give", l.subjects))
	}
	if len(lacking) == 0 {
		return c.session.Put(ctx, Batch{Document: c.document, Checkpoints: map[string]string{c.keyCounts(): formatCounts(classes, total)}})
	}
	return nil
}

// latestDumps returns the Turtle files of the datasets that no other revises,
// in order of publication.
func (c *catalogueRun) latestDumps(ctx context.Context) ([]dump, error) {
	datasets := make(map[rdf.IRI]Dataset)
	revised := make(map[rdf.IRI]bool)
	for known, err := range c.session.Known(ctx, classDataset) {
		if err != nil {
			return nil, err
		}
		iri, ok := iriOf(known.Key)
		if !ok {
			continue
		}
		d, err := describeAs[Dataset](ctx, c.session, iri)
		if err != nil {
			return nil, err
		}
		datasets[iri] = d
		if d.RevisionOf != (rdf.IRI{}) {
			revised[d.RevisionOf] = true
		}
	}
	var out []dump
	for iri, d := range datasets {
		if revised[iri] {
			continue
		}
		if c.dated() && d.Subject != (rdf.IRI{}) {
			within, err := c.within(ctx, d.Subject)
			if err != nil {
				return nil, err
			}
			if !within {
				continue
			}
		}
		for _, uri := range d.Distributions {
			dist, err := describeAs[Distribution](ctx, c.session, uri)
			if err != nil {
				return nil, err
			}
			if _, ok := rdf.FormatByMediaType(dist.Format); !ok || dist.DownloadURL == (rdf.IRI{}) {
				continue // a document of a decision, or withdrawn
			}
			out = append(out, dump{document: c.document + "#" + root(datasets, iri).String(), address: dist.DownloadURL.String(),
				format: dist.Format, size: dist.Size, meeting: d.Subject, issued: d.Issued, modified: d.Modified})
		}
	}
	slices.SortFunc(out, func(a, b dump) int {
		if n := a.issued.Compare(b.issued); n != 0 {
			return n
		}
		return strings.Compare(a.address, b.address)
	})
	return out, nil
}

// within asks whether a meeting is between the dates of the run: the records of
// the catalogue do not tell.
func (c *catalogueRun) within(ctx context.Context, meeting rdf.IRI) (bool, error) {
	if c.inDates == nil {
		since, until := c.since, c.until
		if since.IsZero() {
			since = beginning
		}
		if until.IsZero() {
			until = ending
		}
		meetings, err := c.meetings(ctx, since, until)
		if err != nil {
			return false, err
		}
		c.inDates = make(map[rdf.IRI]bool, len(meetings))
		for _, m := range meetings {
			c.inDates[m] = true
		}
	}
	return c.inDates[meeting], nil
}

// root follows a dataset to the first publication of its meeting or list.
func root(datasets map[rdf.IRI]Dataset, iri rdf.IRI) rdf.IRI {
	for range len(datasets) { // no longer: a cycle has no root
		d, ok := datasets[iri]
		if !ok || d.RevisionOf == (rdf.IRI{}) {
			return iri
		}
		if _, ok := datasets[d.RevisionOf]; !ok {
			return d.RevisionOf
		}
		iri = d.RevisionOf
	}
	return iri
}

// describeAs maps what the archive holds of a subject now.
func describeAs[T any](ctx context.Context, s Session, iri rdf.IRI) (v T, err error) {
	d, err := s.Describe(ctx, iri)
	if err != nil || d.Triples == 0 {
		return v, err
	}
	g := rdf.NewGraph()
	if err := description.AddTo(g, d.Subject, d.Body); err != nil {
		return v, err
	}
	return rdf.Decode[T](g, iri, rdf.FirstWins())
}

// read downloads a file, where it changed, and puts it into the archive.
func (c *catalogueRun) read(ctx context.Context, number int, d dump) error {
	known, err := c.session.Document(ctx, d.document)
	if err != nil {
		return err
	}
	if known.URL != d.address || c.full {
		known = DocumentState{}
	} else if d.modified.Before(c.unchanged) {
		return nil
	}
	file, state, err := c.downloader.get(ctx, d, known)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		c.lack(d.address, err.Error())
		return nil
	}
	if file == nil {
		return nil // as it was
	}
	defer file.Close()
	format, _ := rdf.FormatByMediaType(d.format)
	p := &documentReader{runner: c.runner, document: d.document, blanks: c.blanks, scope: fmt.Sprintf("d%d_", number),
		valid: d.issued, meeting: d.meeting, base: d.address}
	clean, err := p.read(ctx, file, format)
	if err != nil || !clean || p.hadBlanks {
		return err
	}
	return c.session.Put(ctx, Batch{Document: d.document, State: state})
}

// hostOf returns the host and port of an address.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

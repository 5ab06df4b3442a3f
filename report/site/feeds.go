package site

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/themis-go/themis/report"
)

// The number of entries of the feeds.
const (
	feedEntries    = 5
	allFeedEntries = 50
	// summaryLength is about the number of bytes of a subtitle in a feed.
	summaryLength = 120
)

// feedPath is where the feed of a section is; that of all decisions for nil.
func feedPath(n *node) string {
	if n == nil {
		return "feeds/alle.xml"
	}
	return "feeds/" + n.name + ".xml"
}

// Atom (RFC 4287).
type (
	atomFeed struct {
		XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang     string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		ID       string      `xml:"id"`
		Title    string      `xml:"title"`
		Subtitle string      `xml:"subtitle,omitempty"`
		Updated  string      `xml:"updated"`
		Author   string      `xml:"author>name"`
		Links    []atomLink  `xml:"link"`
		Entries  []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		ID        string     `xml:"id"`
		Title     string     `xml:"title"`
		Updated   string     `xml:"updated"`
		Published string     `xml:"published"`
		Links     []atomLink `xml:"link"`
		Summary   string     `xml:"summary,omitempty"`
	}
)

// feeds are the jobs that write the feeds.
func (w *writer) feeds() []job {
	jobs := []job{func() error {
		list := slices.Clone(w.decisions[max(0, len(w.decisions)-allFeedEntries):])
		return w.feed(nil, w.t["feed all"], "index.html", list)
	}}
	for _, n := range w.sections {
		jobs = append(jobs, func() error {
			var list []*decision
			for _, r := range n.report.references {
				if d, ok := w.byURI[r.URI]; ok {
					list = append(list, d)
				}
			}
			slices.SortStableFunc(list, func(a, b *decision) int {
				return cmp.Or(strings.Compare(a.iso, b.iso), strings.Compare(a.URI.String(), b.URI.String()))
			})
			list = list[max(0, len(list)-feedEntries):]
			return w.feed(n, fmt.Sprintf(w.t["feed title"], n.heading()), n.href(), list)
		})
	}
	return jobs
}

// feed writes one feed of decisions, which come in order of date.
func (w *writer) feed(n *node, title, page string, list []*decision) error {
	path := feedPath(n)
	f := atomFeed{
		Lang: string(w.config.Language), ID: "urn:uuid:" + feedID(w.title, path), Title: title, Subtitle: w.title,
		Author: "themis", Links: []atomLink{{"self", "application/atom+xml", w.link(path, path)}, {"alternate", "text/html", w.link(path, page)}},
		Updated: "1970-01-01T00:00:00Z",
	}
	for _, d := range slices.Backward(list) {
		if d.iso == "" {
			continue // Atom wants a date
		}
		e := atomEntry{
			ID: d.URI.String(), Title: w.titleOf(d), Published: d.iso + "T00:00:00Z",
			Links: []atomLink{{Rel: "alternate", Href: w.link(path, d.href())}},
		}
		e.Updated = e.Published
		if at := d.Issued; !at.IsZero() && at.UTC().Format("2006-01-02") >= d.iso {
			e.Updated = at.UTC().Format("2006-01-02T15:04:05Z")
		}
		e.Summary = strings.TrimSuffix(w.labels.Stage(d.stage)+". "+shortened(report.OneLine(d.Subtitle), summaryLength), ". ")
		f.Updated = max(f.Updated, e.Updated)
		f.Entries = append(f.Entries, e)
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", "")
	if err := enc.Encode(f); err != nil {
		return fmt.Errorf("site: feed %s: %w", path, err)
	}
	b.WriteByte('\n')
	return w.out.put(path, b.Bytes())
}

// link is the address of a page, as a file at path may name it.
func (w *writer) link(path, page string) string {
	if w.config.BaseURL != "" {
		return w.config.BaseURL + page
	}
	return strings.Repeat("../", strings.Count(path, "/")) + page
}

// feedID is a UUID (version 5) made of the names of the site and the feed, so
// that it stays the same.
func feedID(site, path string) string {
	// The namespace of URLs of RFC 9562.
	space := []byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}
	sum := sha1.Sum(append(space, site+"\x00"+path...))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

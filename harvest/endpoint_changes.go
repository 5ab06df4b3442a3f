package harvest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

const classCatalog = "http://www.w3.org/ns/dcat#Catalog"

// ofMeetings are the classes whose resources are published with a meeting; the
// others change with the code lists.
var ofMeetings = []string{
	classMeeting,
	"http://data.vlaanderen.be/ns/besluit#Agendapunt",
	"http://www.semanticdesktop.org/ontologies/2007/03/22/nfo#FileDataObject",
	"http://www.w3.org/ns/dcat#Dataset",
	"http://www.w3.org/ns/dcat#Distribution",
	"http://www.w3.org/ns/prov#Activity",
	"https://data.vlaanderen.be/ns/besluitvorming#Agenda",
	"https://data.vlaanderen.be/ns/dossier#Dossier",
	"https://data.vlaanderen.be/ns/dossier#Serie",
	"https://data.vlaanderen.be/ns/dossier#Stuk",
}

// codeLists returns the classes that do not belong to meetings.
func codeLists(classes []count) (out []count) {
	for _, c := range classes {
		if !slices.Contains(ofMeetings, c.class) && c.class != classCatalog {
			out = append(out, c)
		}
	}
	return out
}

// listedDataset is a publication in the catalogue.
type listedDataset struct {
	uri              rdf.IRI
	modified, issued time.Time
	meeting          rdf.IRI // zero: of a code list
}

// datasets lists the publications that changed since a time.
func (h *endpointRun) datasets(ctx context.Context, since time.Time) ([]listedDataset, error) {
	return collect(ctx, h, "datasets", -1, func(d listedDataset) string { return d.uri.String() },
		func(row *sparql.Rows) (d listedDataset, err error) {
			var issued *time.Time
			var meeting rdf.Term
			if err := row.Scan(&d.uri, &d.modified, &issued, &meeting); err != nil {
				return d, err
			}
			if issued != nil {
				d.issued = *issued
			}
			d.meeting, _ = meeting.(rdf.IRI)
			return d, nil
		}, sparql.Bind("since", since))
}

// current tells whether the archive has a dataset as it is listed.
func (h *endpointRun) current(ctx context.Context, d listedDataset) (bool, error) {
	known, err := h.session.Describe(ctx, d.uri)
	if err != nil || known.Triples == 0 {
		return false, err
	}
	g := rdf.NewGraph()
	if err := description.AddTo(g, known.Subject, known.Body); err != nil {
		return false, err
	}
	has, err := rdf.Decode[Dataset](g, d.uri, rdf.FirstWins())
	return err == nil && has.Modified.Equal(d.modified), nil
}

// publications are the changed datasets of one meeting.
type publications struct {
	meeting rdf.IRI
	issued  time.Time // of the newest
}

// byMeeting sorts out what is to be read: meetings, in order of publication, and
// whether a code list changed.
func (h *endpointRun) byMeeting(ctx context.Context, listed []listedDataset) (meetings []publications, lists bool, err error) {
	at := make(map[rdf.IRI]time.Time)
	newest := make(map[rdf.IRI]time.Time)
	for _, d := range listed {
		same, err := h.current(ctx, d)
		if err != nil {
			return nil, false, err
		}
		if d.meeting == (rdf.IRI{}) {
			lists = lists || !same
			continue
		}
		if d.issued.After(newest[d.meeting]) {
			newest[d.meeting] = d.issued
		}
		if !same {
			at[d.meeting] = newest[d.meeting]
		}
	}
	for m := range at {
		meetings = append(meetings, publications{meeting: m, issued: newest[m]})
	}
	slices.SortFunc(meetings, func(a, b publications) int {
		return cmp.Or(a.issued.Compare(b.issued), strings.Compare(a.meeting.String(), b.meeting.String()))
	})
	return meetings, lists, nil
}

// runChanges reads what was published since the last run, each meeting in one
// transaction, and checks the counts of all classes.
func (h *endpointRun) runChanges(ctx context.Context, classes []count, total int64, watermark string) error {
	since, err := time.Parse(time.RFC3339Nano, watermark)
	if err != nil {
		return h.runWhole(ctx, classes, total)
	}
	listed, err := h.datasets(ctx, since)
	if err != nil {
		return err
	}
	mark := since
	for _, d := range listed {
		if d.modified.After(mark) {
			mark = d.modified
		}
	}
	meetings, lists, err := h.byMeeting(ctx, listed)
	if err != nil {
		return err
	}
	if err := h.readMeetings(ctx, meetings); err != nil {
		return err
	}
	changed := len(meetings) > 0 || lists
	if lists {
		// The records of the catalogue itself come with the counts below.
		if err := h.sync(ctx, codeLists(classes), true); err != nil {
			return err
		}
	}
	if changed {
		if err := h.sync(ctx, only(classes, classCatalog), true); err != nil {
			return err
		}
		if classes, total, err = h.classes(ctx); err != nil {
			return err
		}
	}
	if err := h.compare(ctx, classes, total); err != nil {
		return err
	}
	return h.end(ctx, classes, total, mark.UTC().Format(time.RFC3339Nano))
}

func only(classes []count, class string) []count {
	i := slices.IndexFunc(classes, func(c count) bool { return c.class == class })
	if i < 0 {
		return nil
	}
	return classes[i : i+1]
}

// compare reads the classes whose counts are not those of the archive: what
// changed without a publication in the catalogue.
func (h *endpointRun) compare(ctx context.Context, classes []count, total int64) error {
	saved, err := h.session.Checkpoint(ctx, h.keyCounts())
	if err != nil {
		return err
	}
	was, wasTotal := parseCounts(saved)
	counts, err := h.session.Counts(ctx)
	if err != nil {
		return err
	}
	has := make([]count, 0, len(counts))
	for _, c := range counts {
		if c.Class != "" {
			has = append(has, count{class: c.Class, subjects: c.Subjects, triples: c.Triples})
		}
	}
	// Where two literals of the source have one normal form, the archive has
	// fewer triples; then the source's own counts tell whether it changed.
	var moved []count
	for _, c := range changedCounts(has, classes) {
		if !slices.Contains(was, c) {
			moved = append(moved, c)
		}
	}
	if total-sumOf(classes) != wasTotal-sumOf(was) {
		moved = append(moved, count{subjects: -1})
	}
	if len(moved) == 0 {
		return nil
	}
	h.note("%d classes changed without a publication: reading what differs", len(moved))
	return h.sync(ctx, moved, false)
}

// readMeetings reads all that is published of some meetings.
func (h *endpointRun) readMeetings(ctx context.Context, meetings []publications) error {
	for i, m := range meetings {
		h.update(Update{Stage: "meeting", What: m.meeting.String(), Done: int64(i), Total: int64(len(meetings))})
		if err := h.readMeeting(ctx, m); err != nil {
			return err
		}
	}
	if len(meetings) > 0 {
		h.update(Update{Stage: "meeting", Done: int64(len(meetings)), Total: int64(len(meetings))})
	}
	return nil
}

func (h *endpointRun) readMeeting(ctx context.Context, m publications) error {
	members, err := h.members(ctx, m.meeting)
	if err != nil && ctx.Err() == nil && cut(err) {
		h.lack(m.meeting.String(), err.Error())
		return nil
	}
	if err != nil {
		return err
	}
	counted, err := h.counts(ctx, members)
	if err != nil {
		return err
	}
	h.mu.Lock()
	page := h.page
	h.mu.Unlock()
	batch := Batch{Document: h.document, Meeting: m.meeting, Valid: m.issued}
	w := Window{Name: m.meeting.String(), ExpectedSubjects: int64(len(counted))}
	for _, s := range cutInto("", "", counted, page) {
		w.ExpectedTriples += s.triples()
		got, blanks, err := h.fetch(ctx, s, &w)
		if err != nil {
			if ctx.Err() != nil || !cut(err) {
				return err
			}
			h.lack(m.meeting.String(), err.Error())
			return nil // all of a meeting, or nothing
		}
		batch.Put = append(batch.Put, got...)
		for _, t := range blanks {
			h.blanks.take(t)
		}
		w.ReceivedSubjects += int64(len(got))
		for i := range got {
			w.ReceivedTriples += int64(got[i].Received)
		}
	}
	if batch.Remove, err = h.gone(ctx, m.meeting, counted); err != nil {
		return err
	}
	h.window(w)
	return h.session.Put(ctx, batch)
}

// members asks for all that is published of a meeting.
func (h *endpointRun) members(ctx context.Context, meeting rdf.IRI) ([]rdf.IRI, error) {
	one := sparql.Bind("meeting", []rdf.IRI{meeting})
	n, err := h.number(ctx, "count-members", one)
	if err != nil {
		return nil, err
	}
	members, err := collect(ctx, h, "members", n, rdf.IRI.String, scanIRI, one)
	if err == nil && int64(len(members)) < n {
		err = &shortError{what: "what was published of " + meeting.String(), want: n, got: int64(len(members))}
	}
	return members, err
}

// scanIRI reads the first variable of a row.
func scanIRI(row *sparql.Rows) (rdf.IRI, error) {
	if iri, ok := row.Values()[0].(rdf.IRI); ok {
		return iri, nil
	}
	return rdf.IRI{}, fmt.Errorf("harvest: the endpoint sent %v where an IRI is due", row.Values()[0])
}

// gone returns what the archive has of a meeting and the endpoint has no more.
func (h *endpointRun) gone(ctx context.Context, meeting rdf.IRI, now []subject) ([]string, error) {
	before, err := h.session.Members(ctx, meeting)
	if err != nil {
		return nil, err
	}
	there := make(map[string]bool, len(now))
	for _, s := range now {
		there[description.Key(s.iri)] = true
	}
	var missing []rdf.IRI
	for _, key := range before {
		if iri, ok := iriOf(key); ok && !there[key] {
			missing = append(missing, iri)
		}
	}
	if len(missing) == 0 {
		return nil, nil
	}
	still, err := h.counts(ctx, missing)
	if err != nil {
		return nil, err
	}
	for _, s := range still {
		there[description.Key(s.iri)] = true
	}
	var keys []string
	for _, iri := range missing {
		if key := description.Key(iri); !there[key] {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

// runDated reads the meetings between two dates, and what belongs to none.
func (h *endpointRun) runDated(ctx context.Context, classes []count) error {
	since, until := h.since, h.until
	if since.IsZero() {
		since = beginning
	}
	if until.IsZero() {
		until = ending
	}
	listed, err := h.datasets(ctx, beginning)
	if err != nil {
		return err
	}
	stale, _, err := h.byMeeting(ctx, listed)
	if err != nil {
		return err
	}
	issued := make(map[rdf.IRI]time.Time, len(stale))
	for _, m := range stale {
		issued[m.meeting] = m.issued
	}
	published := make(map[rdf.IRI]bool)
	for _, d := range listed {
		published[d.meeting] = true
	}
	within, err := h.meetings(ctx, since, until)
	if err != nil {
		return err
	}
	var meetings []publications
	for _, m := range within {
		if at, ok := issued[m]; ok || !published[m] || h.full {
			meetings = append(meetings, publications{meeting: m, issued: at})
		}
	}
	if err := h.readMeetings(ctx, meetings); err != nil {
		return err
	}
	return h.sync(ctx, append(codeLists(classes), only(classes, classCatalog)...), true)
}

// meetings lists the meetings between two instants.
func (h *endpointRun) meetings(ctx context.Context, since, until time.Time) ([]rdf.IRI, error) {
	return collect(ctx, h, "meetings", -1, rdf.IRI.String, scanIRI, sparql.Bind("since", since), sparql.Bind("until", until))
}

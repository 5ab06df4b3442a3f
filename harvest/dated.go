package harvest

import (
	"context"

	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

const classMeeting = "http://data.vlaanderen.be/ns/besluit#Vergaderactiviteit"

// wanted tells whether a meeting is within the dates of the run.
func (c *config) wanted(m Meeting) bool {
	return !m.Start.Before(c.since) && (c.until.IsZero() || m.Start.Before(c.until))
}

// dropOutside takes out the meetings that the run is not about, with all that
// was published of them: files cannot be asked for some meetings alone.
func (r *runner) dropOutside(ctx context.Context, documents []string) error {
	var meetings []string
	for known, err := range r.session.Known(ctx, classMeeting) {
		if err != nil {
			return err
		}
		meetings = append(meetings, known.Key)
	}
	for _, key := range meetings {
		subject, err := description.Term(key)
		if err != nil {
			return err
		}
		uri, ok := subject.(rdf.IRI)
		if !ok {
			continue
		}
		d, err := r.session.Describe(ctx, uri)
		if err != nil {
			return err
		}
		g := rdf.NewGraph()
		if err := description.AddTo(g, d.Subject, d.Body); err != nil {
			return err
		}
		m, err := rdf.Decode[Meeting](g, uri, rdf.FirstWins())
		if err != nil {
			r.lack(uri.String(), err.Error())
			continue
		}
		if r.wanted(m) {
			continue
		}
		members, err := r.session.Members(ctx, uri)
		if err != nil {
			return err
		}
		if err := r.session.Put(ctx, Batch{Document: documents[0], Remove: members}); err != nil {
			return err
		}
	}
	return nil
}

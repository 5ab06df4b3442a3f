package push

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"iter"
	"slices"

	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

// ErrChanged: the stream is not the one that was pushed in part, or not the
// same when it is read again to be compared with the store.
var ErrChanged = errors.New("the data are no longer the same")

// Report tells what a push has done, or with [DryRun] would do.
type Report struct {
	Triples  int   // in the stream
	Skipped  int   // of these, sent by an earlier push that this one went on from
	Sent     int   // of these, sent by this push
	Requests int   // that sent them
	Bytes    int64 // of these, as N-Triples
	// Verification is zero where nothing was verified.
	Verification Verification
}

// Push sends the triples of a stream to a graph, whatever graphs the quads
// name, and verifies that they have arrived. The stream is read twice and must
// give the same quads in the same order, those of one subject one after
// another, without repetitions, as that of an archive does while no harvest
// changes it.
//
// What fails for good is returned with what was done until then; call again
// with the same checkpoint to go on.
func Push(ctx context.Context, client *sparql.Client, graph rdf.IRI, quads iter.Seq2[rdf.Quad, error], opts ...Option) (Report, error) {
	c, err := newConfig(opts)
	if err == nil && graph == (rdf.IRI{}) {
		err = errors.New("name the graph to push to")
	}
	if err != nil {
		return Report{}, fmt.Errorf("push: %w", err)
	}
	p := &pusher{config: c, client: client, graph: graph, sofar: sha256.New(), ours: newDigest()}
	p.state = State{Endpoint: client.Endpoint(), Graph: graph.String()}
	if err := p.run(ctx, quads); err != nil {
		return p.report, fmt.Errorf("push to <%s> of %s: %w", graph, client.Endpoint(), err)
	}
	return p.report, nil
}

type pusher struct {
	config
	client *sparql.Client
	graph  rdf.IRI
	state  State
	from   State     // of the push that this one goes on from
	sofar  hash.Hash // of the lines of the stream, as they are sent
	ours   *digest   // of the same, as they are compared

	batch  []rdf.Triple
	bytes  int // of the batch
	report Report
}

func (p *pusher) run(ctx context.Context, quads iter.Seq2[rdf.Quad, error]) error {
	if err := p.load(ctx); err != nil {
		return err
	}
	if err := p.empty(ctx); err != nil {
		return err
	}
	if err := p.send(ctx, quads); err != nil {
		return err
	}
	p.state.Done = true
	if err := p.save(ctx); err != nil {
		return err
	}
	if !p.verify || p.dryRun {
		return nil
	}
	v, err := p.config.compare(ctx, p.client, p.graph, quads)
	p.report.Verification = v
	// A difference is of no interest where the stream is another one by now.
	var differs *DifferenceError
	if (err == nil || errors.As(err, &differs)) && v.Digest != p.ours.sum() {
		return fmt.Errorf("%w: they changed during the push; push again", ErrChanged)
	}
	return err
}

// load finds out where to go on.
func (p *pusher) load(ctx context.Context) error {
	if p.checkpoint == nil {
		return nil
	}
	s, err := p.checkpoint.Load(ctx)
	switch {
	case err != nil:
		return err
	case s == State{} || s.Done: // nothing was interrupted
		return nil
	case p.replace && !s.Emptied: // what was sent will be removed
		return nil
	case s.Endpoint != p.state.Endpoint || s.Graph != p.state.Graph:
		return fmt.Errorf("the checkpoint is that of a push to <%s> of %s; use another, or remove it to start over", s.Graph, s.Endpoint)
	}
	p.from = s
	return nil
}

func (p *pusher) save(ctx context.Context) error {
	if p.checkpoint == nil || p.dryRun {
		return nil
	}
	return p.checkpoint.Save(ctx, p.state)
}

// empty empties the graph if that is asked for and was not done.
func (p *pusher) empty(ctx context.Context) error {
	p.state.Emptied = p.from.Emptied
	if !p.replace || p.dryRun || p.from.Emptied {
		return nil
	}
	var err error
	if p.graphStore {
		err = p.client.GraphStore().Delete(ctx, p.graph)
		var failed *sparql.Error
		if errors.As(err, &failed) && failed.Status == 404 {
			err = nil // there was none
		}
	} else {
		err = p.client.Update(ctx, sparql.Text("CLEAR SILENT GRAPH "+string(rdf.AppendTerm(nil, p.graph))), sparql.RepeatUpdate())
	}
	if err != nil {
		return fmt.Errorf("empty the graph: %w", err)
	}
	p.state.Emptied = true
	return p.save(ctx)
}

func (p *pusher) send(ctx context.Context, quads iter.Seq2[rdf.Quad, error]) error {
	var line []byte
	for q, err := range quads {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("read triple %d: %w", p.report.Triples+1, err)
		}
		t, err := p.prepare(q)
		if err != nil {
			return fmt.Errorf("triple %d: %w", p.report.Triples+1, err)
		}
		line = appendTriple(line[:0], t)
		if p.report.Triples >= p.from.Triples && p.full(len(line)) {
			if err := p.flush(ctx); err != nil {
				return err
			}
		}
		p.report.Triples++
		p.sofar.Write(line)
		p.ours.add(t)
		if p.report.Triples < p.from.Triples {
			continue
		}
		if p.report.Triples == p.from.Triples {
			if err := p.check(); err != nil {
				return err
			}
			continue
		}
		p.batch = append(p.batch, t)
		p.bytes += len(line)
	}
	if p.report.Triples < p.from.Triples {
		return fmt.Errorf("%w as those of the interrupted push, which has sent %d triples where there are %d now; remove the checkpoint to start over",
			ErrChanged, p.from.Triples, p.report.Triples)
	}
	return p.flush(ctx)
}

func (p *pusher) full(next int) bool {
	return len(p.batch) >= p.triples || len(p.batch) > 0 && p.bytes+next > p.config.bytes
}

// check compares what was sent with what the stream has.
func (p *pusher) check() error {
	if p.digest() != p.from.Digest {
		return fmt.Errorf("%w as those of the interrupted push; remove the checkpoint to start over", ErrChanged)
	}
	p.report.Skipped = p.from.Triples
	return nil
}

func (p *pusher) digest() string { return hex.EncodeToString(p.sofar.Sum(nil)) }

// flush sends the batch and notes that.
func (p *pusher) flush(ctx context.Context) error {
	if len(p.batch) == 0 {
		return nil
	}
	if !p.dryRun {
		if err := p.sendBatch(ctx); err != nil {
			return fmt.Errorf("send triples %d to %d: %w", p.report.Triples-len(p.batch)+1, p.report.Triples, err)
		}
	}
	p.report.Sent += len(p.batch)
	p.report.Bytes += int64(p.bytes)
	p.report.Requests++
	p.batch, p.bytes = p.batch[:0], 0
	p.state.Triples, p.state.Digest = p.report.Triples, p.digest()
	if err := p.save(ctx); err != nil {
		return err
	}
	if p.progress != nil {
		p.progress(p.report)
	}
	return nil
}

func (p *pusher) sendBatch(ctx context.Context) error {
	if p.graphStore {
		return p.client.GraphStore().Post(ctx, p.graph, slices.Values(p.batch), sparql.RepeatUpdate())
	}
	text := append([]byte("INSERT DATA { GRAPH "), rdf.AppendTerm(nil, p.graph)...)
	text = append(text, " {\n"...)
	for _, t := range p.batch {
		text = appendTriple(text, t)
	}
	text = append(text, "} }"...)
	return p.client.Update(ctx, sparql.Raw(sparql.FormUpdate, string(text)), sparql.RepeatUpdate())
}

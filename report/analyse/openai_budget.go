package analyse

import (
	"fmt"
	"sync"
)

// Budget bounds what a language model may cost. Zero values are no bound.
type Budget struct {
	Requests int
	Tokens   int     // in and out together
	Cost     float64 // in the currency of the prices
	// InputPrice and OutputPrice are per million tokens.
	InputPrice, OutputPrice float64
}

// Estimate is what an analysis will cost at most, before it starts. Answers
// that are in the cache already are not counted.
type Estimate struct {
	Requests, InputTokens, OutputTokens int
	Cost                                float64 // 0 where no prices were given
}

// Add sums estimates, of the sections of an agreement for instance.
func (e Estimate) Add(other Estimate) Estimate {
	return Estimate{e.Requests + other.Requests, e.InputTokens + other.InputTokens, e.OutputTokens + other.OutputTokens, e.Cost + other.Cost}
}

// String is one line for people.
func (e Estimate) String() string {
	s := fmt.Sprintf("%d requests, at most %d tokens in and %d out", e.Requests, e.InputTokens, e.OutputTokens)
	if e.Cost > 0 {
		s += fmt.Sprintf(", at most %.2f", e.Cost)
	}
	return s
}

func (b Budget) cost(in, out int) float64 {
	return (float64(in)*b.InputPrice + float64(out)*b.OutputPrice) / 1e6
}

// Estimate tells what [OpenAIAnalyst.Analyse] will ask for, without asking: the
// dry run.
func (a *OpenAIAnalyst) Estimate(in Input) Estimate {
	var e Estimate
	if len(in.Evidence) == 0 {
		return e
	}
	add := func(bytes int) {
		e.Requests++
		e.InputTokens += tokens(bytes)
		e.OutputTokens += answerTokens
	}
	batches := a.batches(in)
	for _, b := range batches {
		add(requestBytes(mapRequest(in, b, a.model)))
	}
	// The conclusion is drawn from answers, which are at most this long.
	add(min(len(batches)*answerTokens*bytesPerToken, (a.context-answerTokens)*bytesPerToken) + len(reduceInstructions))
	e.Cost = a.spent.budget.cost(e.InputTokens, e.OutputTokens)
	return e
}

// spending keeps count of what was spent.
type spending struct {
	mu       sync.Mutex
	budget   Budget
	requests int
	in, out  int
}

// reserve counts a request that is about to be sent at its largest, and
// returns what takes the place of that once the answer is known.
func (s *spending) reserve(in, out int) (settle func(in, out int), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.budget
	switch {
	case b.Requests > 0 && s.requests+1 > b.Requests:
		return nil, fmt.Errorf("%d requests sent of %d: %w", s.requests, b.Requests, ErrBudget)
	case b.Tokens > 0 && s.in+s.out+in+out > b.Tokens:
		return nil, fmt.Errorf("%d tokens used of %d, the next request may take %d: %w", s.in+s.out, b.Tokens, in+out, ErrBudget)
	case b.Cost > 0 && b.cost(s.in+in, s.out+out) > b.Cost:
		return nil, fmt.Errorf("%.4f spent of %.4f, the next request may cost %.4f: %w", b.cost(s.in, s.out), b.Cost, b.cost(in, out), ErrBudget)
	}
	s.requests++
	s.in += in
	s.out += out
	return func(realIn, realOut int) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.in += realIn - in
		s.out += realOut - out
	}, nil
}

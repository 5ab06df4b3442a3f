package analyse

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// Errors of the language-model analyst, for errors.Is.
var (
	// ErrBudget: the next request could exceed the budget. What was answered
	// before stays in the cache, so that a later run goes on from there.
	ErrBudget = errors.New("the budget for the language model is spent; raise it and run again, answers so far are kept in the cache")
	// ErrAnswer: the model gave no answer that could be used, also not about a
	// single decision.
	ErrAnswer = errors.New("the language model gave no usable answer")
	// ErrRefused: the server refused the request for good, such as for a wrong
	// key or an unknown model.
	ErrRefused = errors.New("the server of the language model refused the request; check address, key and model")
)

// KeyVariable is the environment variable that holds the key of the server
// unless [APIKey] gives one. Servers that want no key need none.
const KeyVariable = "THEMIS_LLM_KEY"

// OpenAIOption changes how [OpenAI] works.
type OpenAIOption func(*OpenAIAnalyst)

// APIKey sets the server's key; the default is the value of [KeyVariable].
func APIKey(key string) OpenAIOption { return func(a *OpenAIAnalyst) { a.key = key } }

// HTTPClient sets what sends the requests.
func HTTPClient(c *http.Client) OpenAIOption { return func(a *OpenAIAnalyst) { a.client = c } }

// ContextTokens is the number of tokens that the model takes at once; more
// evidence is spread over several requests. The default is 16,000.
func ContextTokens(n int) OpenAIOption { return func(a *OpenAIAnalyst) { a.context = n } }

// WithBudget bounds what may be spent over the life of the analyst.
func WithBudget(b Budget) OpenAIOption { return func(a *OpenAIAnalyst) { a.spent.budget = b } }

// WithCache keeps answers by the content of the request, so that the same
// request is asked once; see [DirCache].
func WithCache(c Cache) OpenAIOption { return func(a *OpenAIAnalyst) { a.cache = c } }

// Retries is how often a request is sent again after a failure that may pass:
// no connection, 408, 429 and 5xx. The default is 4.
func Retries(n int) OpenAIOption { return func(a *OpenAIAnalyst) { a.retries = n } }

// RequestTimeout bounds one request, answer included. The default is 3 minutes.
func RequestTimeout(d time.Duration) OpenAIOption { return func(a *OpenAIAnalyst) { a.timeout = d } }

// OpenAIAnalyst derives findings with a language model that is reached by the
// chat completions protocol of OpenAI, which most servers of models speak. It
// is safe for use by several goroutines.
//
// What the model answers is not trusted. It must quote: each statement is
// checked against the decisions that it names, and what they do not support is
// struck and counted. Text of decisions and agreements reaches the model as
// data only; instructions in it change nothing but, at worst, what is struck.
type OpenAIAnalyst struct {
	base    string
	model   string
	key     string
	client  *http.Client
	context int
	cache   Cache
	retries int
	timeout time.Duration
	wait    func(ctx context.Context, d time.Duration) error
	spent   spending
}

// OpenAI returns the analyst that asks a model of the server at baseURL, such
// as "http://localhost:11434/v1". The temperature is 0 and the answers are
// structured.
func OpenAI(baseURL, model string, opts ...OpenAIOption) (*OpenAIAnalyst, error) {
	u, err := url.Parse(baseURL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("analyse: %q is not the address of a server; want http(s)://host/v1", baseURL)
	}
	if strings.TrimSpace(model) == "" {
		return nil, errors.New("analyse: no model named")
	}
	a := &OpenAIAnalyst{
		base: strings.TrimRight(baseURL, "/"), model: model, key: os.Getenv(KeyVariable),
		client: &http.Client{}, context: 16_000, retries: 4, timeout: 3 * time.Minute, wait: sleep,
	}
	for _, o := range opts {
		o(a)
	}
	if a.context < 2*answerTokens {
		return nil, fmt.Errorf("analyse: a context of %d tokens is too small; want at least %d", a.context, 2*answerTokens)
	}
	return a, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Name implements [Analyst].
func (a *OpenAIAnalyst) Name() string { return "openai-compatible/" + promptVersion }

// Analyse implements [Analyst]. Evidence that does not fit the model's context
// is spread over several requests, and the statements that hold are then put
// together by a last one.
func (a *OpenAIAnalyst) Analyse(ctx context.Context, in Input) (*Analysis, error) {
	out := &Analysis{Model: a.model}
	if len(in.Evidence) == 0 {
		out.Conclusion = Conclude(in, nil)
		return out, nil
	}
	v := verifier{in: in, struck: &out.Struck}
	var held []Statement
	var drafts []draft
	batches := a.batches(in)
	for len(batches) > 0 {
		batch := batches[0]
		batches = batches[1:]
		answer, err := a.ask(ctx, mapRequest(in, batch, a.model), &out.Usage)
		if err == nil {
			var found mapAnswer
			if found, err = parseMap(answer); err == nil {
				for _, f := range found.Findings {
					drafts = append(drafts, v.draft(f, batch))
				}
				continue
			}
		}
		if !errors.Is(err, ErrAnswer) {
			return nil, fmt.Errorf("analyse: %w", err)
		}
		if len(batch) == 1 {
			return nil, fmt.Errorf("analyse: about %s: %w", in.Evidence[batch[0]].Decision.URI, err)
		}
		// A shorter question gets a shorter answer.
		half := len(batch) / 2
		batches = append([][]int{batch[:half], batch[half:]}, batches...)
	}
	for _, d := range drafts {
		held = append(held, d.statements...)
	}
	if len(held) == 0 {
		out.Conclusion = Conclude(in, nil)
		return out, nil
	}
	out.Findings = v.findings(drafts)
	if err := a.reduce(ctx, in, &v, out); err != nil {
		return nil, fmt.Errorf("analyse: %w", err)
	}
	return out, nil
}

// reduce asks for a conclusion from the findings that hold. A model that gives
// none that holds leaves the counting one.
func (a *OpenAIAnalyst) reduce(ctx context.Context, in Input, v *verifier, out *Analysis) error {
	answer, err := a.ask(ctx, reduceRequest(in, out.Findings, v, a.model, a.context), &out.Usage)
	if err == nil {
		var drawn reduceAnswer
		if drawn, err = parseReduce(answer); err == nil {
			all := make([]int, len(in.Evidence))
			for i := range all {
				all[i] = i
			}
			for _, s := range drawn.Conclusion {
				if st, ok := v.statement(s, all); ok {
					out.Conclusion = append(out.Conclusion, st)
				}
			}
		}
	}
	if err != nil && !errors.Is(err, ErrAnswer) {
		return err
	}
	if len(out.Conclusion) == 0 {
		out.Conclusion = Conclude(in, out.Findings)
		return nil
	}
	out.Conclusion = append(out.Conclusion, aboutPromises(in.Promises, out.Findings)...)
	return nil
}

package retrieve

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// letters is a model that knows nothing but three words.
func letters(text string) []float32 {
	text = strings.ToLower(text)
	v := []float32{0.1, 0, 0, 0}
	for i, w := range []string{"huur", "fiets", "zorg"} {
		v[i+1] = float32(strings.Count(text, w))
	}
	return v
}

func modelServer(t *testing.T, requests *atomic.Int64) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		assert.Equal(t, "/v1/embeddings", r.URL.Path)
		assert.Equal(t, "Bearer geheim", r.Header.Get("Authorization"))
		var in struct {
			Model string
			Input []string
		}
		assert.NoError(t, json.NewDecoder(r.Body).Decode(&in))
		assert.Equal(t, "letters", in.Model)
		type row struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		}
		var out []row
		for i := len(in.Input) - 1; i >= 0; i-- { // in any order
			out = append(out, row{i, letters(in.Input[i])})
		}
		assert.NoError(t, json.NewEncoder(w).Encode(map[string]any{"data": out}))
	}))
	t.Cleanup(srv.Close)
	return srv
}

func TestOpenAI(t *testing.T) {
	var requests atomic.Int64
	srv := modelServer(t, &requests)
	model := &OpenAI{URL: srv.URL + "/v1/", Model: "letters", Key: "geheim"}
	ix := sampleIndex(t, WithEmbedder(model))
	assert.EqualValues(t, 1, requests.Load(), "seven decisions go in one request")
	x, err := ix.Explain(context.Background(), renting(), base+"nieuwsbericht/0")
	require.NoError(t, err)
	assert.Equal(t, "vectors", x.Rankers[len(x.Rankers)-1].Name)
	assert.Positive(t, x.Rankers[len(x.Rankers)-1].Score)
}

func TestOpenAIFailures(t *testing.T) {
	tests := []struct {
		name, answer string
		status       int
		want         string
	}{
		{"refused", `{"error":"no such model"}`, 404, "404"},
		{"no JSON", `<html>`, 200, "no list of vectors"},
		{"too few", `{"data":[]}`, 200, "no vector for text 0"},
		{"wrong number", `{"data":[{"index":5,"embedding":[1]}]}`, 200, "text 5 of 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(tt.status)
				_, _ = w.Write([]byte(tt.answer))
			}))
			defer srv.Close()
			_, err := embed(context.Background(), &OpenAI{URL: srv.URL, Model: "m"}, []string{"a"})
			require.ErrorContains(t, err, tt.want)
		})
	}
}

// fixed is an embedder that gives what it is told.
type fixed [][]float32

func (f fixed) Name() string                                             { return "fixed" }
func (f fixed) Embed(_ context.Context, _ []string) ([][]float32, error) { return f, nil }

func TestEmbedChecks(t *testing.T) {
	zero := float32(0)
	for want, f := range map[string]fixed{
		"2 vectors for 1 text": {{1}, {2}},
		"different lengths":    {{}},
		"no number":            {{zero / zero}},
	} {
		_, err := embed(context.Background(), f, []string{"a"})
		require.ErrorContains(t, err, want)
	}
}

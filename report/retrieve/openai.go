package retrieve

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// OpenAI is an [Embedder] for servers that speak OpenAI's protocol: OpenAI,
// Ollama, vLLM and others.
type OpenAI struct {
	// URL is where the API is, as in "http://localhost:11434/v1".
	URL string
	// Model is the name of the model, as in "nomic-embed-text".
	Model string
	// Key is sent as a bearer token where it is not empty.
	Key string
	// Client makes the requests; nil is a client with a deadline of one minute.
	Client *http.Client
}

// answerLimit is the greatest answer that is read, in bytes.
const answerLimit = 64 << 20

// Name is the model's.
func (o *OpenAI) Name() string { return o.Model }

// Embed asks for the vectors of texts, in one request.
func (o *OpenAI) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	body, err := json.Marshal(map[string]any{"model": o.Model, "input": texts, "encoding_format": "float"})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(o.URL, "/")+"/embeddings", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if o.Key != "" {
		req.Header.Set("Authorization", "Bearer "+o.Key)
	}
	client := o.Client
	if client == nil {
		client = &http.Client{Timeout: time.Minute}
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(io.LimitReader(res.Body, answerLimit))
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %s: %s", o.URL, res.Status, firstLine(string(data)))
	}
	var answer struct {
		Data []struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		} `json:"data"`
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, fmt.Errorf("%s gave no list of vectors: %w", o.URL, err)
	}
	out := make([][]float32, len(texts))
	for _, d := range answer.Data {
		if d.Index < 0 || d.Index >= len(out) {
			return nil, fmt.Errorf("%s gave a vector for text %d of %d", o.URL, d.Index, len(texts))
		}
		out[d.Index] = d.Embedding
	}
	for i, v := range out {
		if len(v) == 0 {
			return nil, fmt.Errorf("%s gave no vector for text %d of %d", o.URL, i, len(texts))
		}
	}
	return out, nil
}

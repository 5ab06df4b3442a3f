package analyse

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxAnswer is the number of bytes beyond which an answer is not read.
const maxAnswer = 4 << 20

// chatAnswer is the part of an answer that is used.
type chatAnswer struct {
	Choices []struct {
		Message struct {
			Content string `json:"content"`
			Refusal string `json:"refusal"`
		} `json:"message"`
		FinishReason string `json:"finish_reason"`
	} `json:"choices"`
	Usage struct {
		PromptTokens     int `json:"prompt_tokens"`
		CompletionTokens int `json:"completion_tokens"`
	} `json:"usage"`
}

// ask returns the content of the model's answer, from the cache where it is
// there. An answer that cannot be used matches ErrAnswer and is not kept.
func (a *OpenAIAnalyst) ask(ctx context.Context, r chatRequest, usage *Usage) (string, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("write the request: %w", err)
	}
	key := cacheKey(a.base, body)
	if a.cache != nil {
		data, ok, err := a.cache.Get(ctx, key)
		if err != nil {
			return "", err
		}
		if ok {
			if content, _, err := contentOf(data); err == nil {
				usage.Cached++
				return content, nil
			}
		}
	}
	in := tokens(requestBytes(r))
	settle, err := a.spent.reserve(in, r.MaxTokens)
	if err != nil {
		return "", err
	}
	data, err := a.send(ctx, body, r)
	if err != nil {
		settle(0, 0)
		return "", err
	}
	content, answer, err := contentOf(data)
	got, out := answer.Usage.PromptTokens, answer.Usage.CompletionTokens
	if got <= 0 {
		got = in
	}
	if out <= 0 {
		out = tokens(len(content))
	}
	settle(got, out)
	usage.Requests++
	usage.InputTokens += got
	usage.OutputTokens += out
	if err != nil {
		return "", err
	}
	if a.cache != nil {
		if err := a.cache.Put(ctx, key, data); err != nil {
			return "", err
		}
	}
	return content, nil
}

// contentOf reads an answer. One that was cut, refused or empty is ErrAnswer.
func contentOf(data []byte) (string, chatAnswer, error) {
	var answer chatAnswer
	if err := json.Unmarshal(data, &answer); err != nil {
		return "", answer, fmt.Errorf("not JSON (%v): %w", err, ErrAnswer)
	}
	if len(answer.Choices) == 0 {
		return "", answer, fmt.Errorf("no choice in it: %w", ErrAnswer)
	}
	c := answer.Choices[0]
	switch {
	case c.FinishReason == "length":
		return "", answer, fmt.Errorf("it was cut: %w", ErrAnswer)
	case c.FinishReason == "content_filter" || c.Message.Refusal != "":
		return "", answer, fmt.Errorf("it was refused: %w", ErrAnswer)
	case strings.TrimSpace(c.Message.Content) == "":
		return "", answer, fmt.Errorf("it is empty: %w", ErrAnswer)
	}
	return c.Message.Content, answer, nil
}

// send posts a request and tries again after failures that may pass. Servers
// that do not know structured answers are asked without.
func (a *OpenAIAnalyst) send(ctx context.Context, body []byte, r chatRequest) ([]byte, error) {
	delay := time.Second
	plain := r.ResponseFormat == nil
	for try := 0; ; try++ {
		data, status, after, err := a.post(ctx, body)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil && status == http.StatusOK:
			return data, nil
		case err == nil && !plain && (status == http.StatusBadRequest || status == http.StatusUnprocessableEntity) && bytes.Contains(data, []byte("response_format")):
			plain = true
			r.ResponseFormat = nil
			if body, err = json.Marshal(r); err != nil {
				return nil, err
			}
			continue
		case err == nil && !mayPass(status):
			return nil, fmt.Errorf("%s: status %d: %s: %w", a.base, status, a.excerpt(data), ErrRefused)
		}
		if try >= a.retries {
			if err != nil {
				return nil, fmt.Errorf("%s: after %d tries: %w", a.base, try+1, err)
			}
			return nil, fmt.Errorf("%s: status %d after %d tries: %s", a.base, status, try+1, a.excerpt(data))
		}
		if after <= 0 {
			after = delay
			delay = min(2*delay, time.Minute)
		}
		if err := a.wait(ctx, after); err != nil {
			return nil, err
		}
	}
}

func mayPass(status int) bool {
	return status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500
}

// maxWait bounds what a server may ask us to wait.
const maxWait = 2 * time.Minute

func (a *OpenAIAnalyst) post(ctx context.Context, body []byte) (data []byte, status int, after time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+"/chat/completions", bytes.NewReader(body))
	if err != nil {
		return nil, 0, 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	if a.key != "" {
		req.Header.Set("Authorization", "Bearer "+a.key)
	}
	resp, err := a.client.Do(req)
	if err != nil {
		return nil, 0, 0, err
	}
	defer resp.Body.Close()
	if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 {
		after = min(time.Duration(s)*time.Second, maxWait)
	}
	data, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return nil, 0, after, fmt.Errorf("the answer broke off: %w", err)
	}
	if len(data) > maxAnswer {
		return nil, 0, 0, fmt.Errorf("the answer is larger than %d MiB: %w", maxAnswer>>20, errors.Join(ErrAnswer, ErrRefused))
	}
	return data, resp.StatusCode, after, nil
}

// excerpt is the beginning of a server's message on one line, without the key.
func (a *OpenAIAnalyst) excerpt(data []byte) string {
	s := strings.Join(strings.Fields(strings.ToValidUTF8(string(data), "")), " ")
	if a.key != "" {
		s = strings.ReplaceAll(s, a.key, "…")
	}
	if utf8.RuneCountInString(s) > 200 {
		s = string([]rune(s)[:200]) + "…"
	}
	return s
}

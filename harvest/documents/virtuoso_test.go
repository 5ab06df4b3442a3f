package documents

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/virtuosotest"
)

// TestFetchFromTheDispatcher fetches files of the real model from the stand-in
// for Themis, with its faults.
func TestFetchFromTheDispatcher(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		dump := virtuosotest.Dump(t, 1)
		e := virtuosotest.Start(t, virtuosotest.Config{Proxy: true, Files: dump})
		ids := pdfIDs(t, dump)
		const size = 598 // of each, as nfo:fileSize says
		var list []harvest.Decision
		for _, id := range ids[:20] {
			list = append(list, decisionWith(id, size))
		}
		server := &server{Server: &httptest.Server{URL: strings.TrimSuffix(e.ProxyURL, "/sparql")}}
		f := openFolder(t)
		results, failures := fetch(f, server, stream(list...))
		require.Empty(t, failures)
		require.Len(t, results, 20)
		for _, r := range results {
			require.Equal(t, Downloaded, r.Outcome)
			require.EqualValues(t, size, r.Size)
			require.NotEmpty(t, r.LastModified)
		}
		e.ClearFaults(t)
		results, failures = fetch(f, server, stream(list...))
		require.Empty(t, failures)
		require.Equal(t, Present, results[0].Outcome)
		require.Zero(t, e.State(t).Seen)
		results, failures = fetch(f, server, stream(list...), Revalidate())
		require.Empty(t, failures)
		require.Equal(t, Unchanged, results[19].Outcome)
		require.Equal(t, 20, e.State(t).Seen)

		for i, test := range []struct {
			fault string
			times int
			opts  []Option
			want  error
		}{
			{"truncate", 1, nil, nil}, {"truncate", 10, nil, ErrSize},
			{"reset", 2, nil, nil}, {"reset", 10, nil, ErrUnavailable},
			{"short", 1, nil, nil}, {"slow:100", 1, []Option{Timeout(300 * time.Millisecond)}, nil},
			{"slow:100", 10, []Option{Timeout(300 * time.Millisecond), Attempts(2)}, ErrUnavailable},
			{"html", 1, nil, ErrNotPDF}, {"empty", 1, nil, nil}, {"503", 1, nil, nil}, {"503-date:1", 1, nil, nil}, {"drop", 1, nil, nil},
			{"500", 10, nil, ErrUnavailable},
		} {
			id := ids[30+i]
			e.SetFault(t, test.fault, test.times, id)
			results, failures := fetch(f, server, stream(decisionWith(id, size)), test.opts...)
			if test.want != nil {
				require.Len(t, failures, 1, test.fault)
				require.ErrorIs(t, failures[0], test.want, test.fault)
				e.ClearFaults(t)
				results, failures = fetch(f, server, stream(decisionWith(id, size)))
			}
			require.Empty(t, failures, test.fault)
			require.EqualValues(t, size, results[0].Size)
			e.ClearFaults(t)
		}
		_, failures = fetch(f, server, stream(decisionWith("no-such-file", 0)))
		require.ErrorIs(t, failures[0], ErrNotFound)
		_, failures = fetch(f, server, stream(decisionWith(ids[50], size+1)))
		require.ErrorIs(t, failures[0], ErrSize)
		noParts(t, f)
	})
}

func pdfIDs(t *testing.T, dump string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dump, "manifest.json"))
	require.NoError(t, err)
	var manifest struct {
		Files map[string]struct{ PDF, Name string }
	}
	require.NoError(t, json.Unmarshal(data, &manifest))
	var ids []string
	for id, file := range manifest.Files {
		if len(file.PDF) == len("VR 2019 1110 DOC.1871/1") {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	require.Greater(t, len(ids), 60)
	return ids
}

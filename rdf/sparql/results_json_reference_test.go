package sparql

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

// referenceRows reads results with encoding/json, as lines like readAll's.
func referenceRows(t *testing.T, doc []byte) []string {
	t.Helper()
	var d struct {
		Head    struct{ Vars []string }
		Results struct {
			Bindings []map[string]*struct {
				Type, Value, Datatype string
				Lang                  string `json:"xml:lang"`
			}
		}
	}
	require.NoError(t, json.Unmarshal(doc, &d), "%s", doc)
	var lines []string
	for _, b := range d.Results.Bindings {
		var line []string
		for _, v := range d.Head.Vars {
			x := b[v]
			var term rdf.Term
			switch {
			case x == nil:
				line = append(line, "-")
				continue
			case x.Type == "uri":
				term = rdf.MustIRI(x.Value)
			case x.Type == "bnode":
				term, _ = rdf.NewBlank(x.Value)
			case x.Lang != "":
				l, err := rdf.NewLang(x.Value, x.Lang)
				require.NoError(t, err)
				term = l
			case x.Datatype != "":
				term = rdf.NewTyped(x.Value, rdf.MustIRI(x.Datatype))
			default:
				term = rdf.NewString(x.Value)
			}
			line = append(line, string(rdf.AppendTerm(nil, term)))
		}
		lines = append(lines, strings.Join(line, " "))
	}
	return lines
}

// randomDocument writes rows in a style that stays for a while and then
// changes: blanks, order of members, which variables are bound, kinds of terms.
func randomDocument(r *rand.Rand) []byte {
	vars := []string{"s", "p", "o", "x"}[:1+r.IntN(4)]
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"head":{"vars":["%s"]},"results":{"bindings":[`, strings.Join(vars, `","`))
	blanks := []string{"", " ", "\n  ", "\t"}
	var gap, lead string
	var order []int
	var reversed, unbound bool
	restyle := func() {
		gap, lead = blanks[r.IntN(4)], blanks[r.IntN(4)]
		order = r.Perm(len(vars))
		reversed, unbound = r.IntN(3) == 0, r.IntN(3) == 0
	}
	restyle()
	for i := range r.IntN(60) {
		if r.IntN(8) == 0 {
			restyle()
		}
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(lead + "{" + gap)
		n := 0
		for _, v := range order {
			if unbound && r.IntN(3) == 0 {
				continue
			}
			if n++; n > 1 {
				b.WriteString(gap + "," + gap)
			}
			fmt.Fprintf(&b, `"%s"%s:%s`, vars[v], gap, gap)
			b.WriteString(randomTerm(r, gap, reversed))
		}
		b.WriteString(gap + "}")
	}
	b.WriteString("]}}")
	return b.Bytes()
}

func randomTerm(r *rand.Rand, gap string, reversed bool) string {
	if r.IntN(20) == 0 {
		return "null"
	}
	value := []string{"a", "", `é"\`, "x y\n", strings.Repeat("lang ", r.IntN(40))}[r.IntN(5)]
	members := [][2]string{{"type", "literal"}}
	switch r.IntN(5) {
	case 0, 1:
		members[0][1] = "uri"
		value = fmt.Sprintf("http://example.org/%d", r.IntN(5))
	case 2:
		members = append(members, [2]string{"xml:lang", []string{"nl", "fr", "nl-be"}[r.IntN(3)]})
	case 3:
		members = append(members, [2]string{"datatype", fmt.Sprintf("http://example.org/t%d", r.IntN(6))})
	}
	members = append(members, [2]string{"value", value})
	if reversed {
		members[0], members[len(members)-1] = members[len(members)-1], members[0]
	}
	var parts []string
	for _, m := range members {
		quoted, _ := json.Marshal(m[1])
		parts = append(parts, fmt.Sprintf(`"%s"%s:%s%s`, m[0], gap, gap, quoted))
	}
	return "{" + gap + strings.Join(parts, ","+gap) + gap + "}"
}

// TestJSONAgainstReference compares with encoding/json on documents whose rows
// repeat their shape and then change it, and does so at all buffer borders.
func TestJSONAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	for range 1500 {
		doc := randomDocument(r)
		want := referenceRows(t, doc)
		for _, in := range []io.Reader{bytes.NewReader(doc), iotest.OneByteReader(bytes.NewReader(doc)), &chunkReader{doc, r}} {
			_, got, err := readAll(in, JSON)
			require.NoError(t, err, "%s", doc)
			require.Equal(t, want, got, "%s", doc)
		}
		// A broken document breaks at the same place, however it arrives.
		bad := bytes.Clone(doc)
		bad[r.IntN(len(bad))] = `{}[]":,x\`[r.IntN(9)]
		_, got, err := readAll(bytes.NewReader(bad), JSON)
		_, got1, err1 := readAll(iotest.OneByteReader(bytes.NewReader(bad)), JSON)
		require.Equal(t, got, got1, "%s", bad)
		require.Equal(t, err == nil, err1 == nil, "%s", bad)
		if err == nil {
			require.True(t, json.Valid(bad), "%s", bad)
		}
	}
}

// chunkReader gives pieces of random length.
type chunkReader struct {
	rest []byte
	r    *rand.Rand
}

func (c *chunkReader) Read(p []byte) (int, error) {
	if len(c.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, c.rest[:min(len(c.rest), 1+c.r.IntN(200))])
	c.rest = c.rest[n:]
	return n, nil
}

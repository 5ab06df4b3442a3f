package rdf

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// counter counts the bytes that are read, and the reads.
type counter struct {
	r     io.Reader
	bytes int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.bytes += n
	return n, err
}

// TestReadHostile reads documents that are one mistake after another: reading
// them leniently must end, and must not look at the same bytes over and over
// (a test that hangs here found such a document).
func TestReadHostile(t *testing.T) {
	const size = 64 << 10
	for _, f := range []Format{NTriples, NQuads, Turtle, RDFXML} {
		for _, piece := range []string{
			"<", "\"", "'", "'''", `"""`, "[", "(", "]", ")", "a", ":", "_:", "@", "@prefix ", "\\", ".", ". ", "%", "#", "\r", "\n<", "\n\"",
			"<a:s> <a:p> \"", "<a:s> <a:p> '''\\", "a:b ", "\na:b", "\n_:", "<a", "<a:>", "<a:s> <a:p> <a:o> ", "<a:s> <a:p> [", "<a:s> <a:p> (1 ",
			"\x00", "\xff", "é", "&", "<!--", "<?", "<![CDATA[", "<a xmlns='b:'>", "<a b=''/>", "1e", "+", "\nPREFIX ", "\n@base <",
			"'''a''''", `"\u`, "<a:s> <a:p> 'x'@", "<a:s> <a:p> 'x'^^ ", "<a:s> <a:p> 'x' #\n",
		} {
			doc := strings.Repeat(piece, size/len(piece))
			in := &counter{r: strings.NewReader(doc)}
			n, reports := 0, 0
			for _, err := range Read(in, f, Lenient(func(*SyntaxError) { reports++ }), Base("http://e/")) {
				if err != nil {
					break
				}
				n++
			}
			assert.LessOrEqual(t, in.bytes, len(doc))
			assert.LessOrEqual(t, reports, len(doc), "%s %q", f, piece)
		}
	}
}

func TestReadDeepButAllowed(t *testing.T) {
	doc := "<a:s> <a:p> " + strings.Repeat("[ <a:p> ( ", 400) + strings.Repeat(") ]", 400) + " ."
	g, err := ReadGraph(strings.NewReader(doc), Turtle)
	require.NoError(t, err)
	assert.Equal(t, 1+400+2*399, g.Len())
}

package rdf

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The examples of RFC 3986, 5.4, and references that software gets wrong.
func TestResolveIRI(t *testing.T) {
	const rfc = "http://a/b/c/d;p?q"
	for _, tc := range []struct{ base, ref, want string }{
		{rfc, "g:h", "g:h"},
		{rfc, "g", "http://a/b/c/g"},
		{rfc, "./g", "http://a/b/c/g"},
		{rfc, "g/", "http://a/b/c/g/"},
		{rfc, "/g", "http://a/g"},
		{rfc, "//g", "http://g"},
		{rfc, "?y", "http://a/b/c/d;p?y"},
		{rfc, "g?y", "http://a/b/c/g?y"},
		{rfc, "#s", "http://a/b/c/d;p?q#s"},
		{rfc, "g#s", "http://a/b/c/g#s"},
		{rfc, ";x", "http://a/b/c/;x"},
		{rfc, "", "http://a/b/c/d;p?q"},
		{rfc, ".", "http://a/b/c/"},
		{rfc, "..", "http://a/b/"},
		{rfc, "../g", "http://a/b/g"},
		{rfc, "../..", "http://a/"},
		{rfc, "../../../g", "http://a/g"},
		{rfc, "/./g", "http://a/g"},
		{rfc, "/../g", "http://a/g"},
		{rfc, "g.", "http://a/b/c/g."},
		{rfc, "..g", "http://a/b/c/..g"},
		{rfc, "./g/.", "http://a/b/c/g/"},
		{rfc, "g/./h", "http://a/b/c/g/h"},
		{rfc, "g/../h", "http://a/b/c/h"},
		{rfc, "g;x=1/../y", "http://a/b/c/y"},
		{rfc, "g?y/../x", "http://a/b/c/g?y/../x"},
		{rfc, "g#s/../x", "http://a/b/c/g#s/../x"},
		{rfc, "?", "http://a/b/c/d;p?"},
		{"http://example.org", "x", "http://example.org/x"},
		{"http://example.org#f", "", "http://example.org"},
		{"http://example.org?q", "x", "http://example.org/x"},
		{"urn:a:b", "#f", "urn:a:b#f"},
		{"urn:a:b", "x", "urn:x"},
		{"file:///a/b", "../../c", "file:///c"},
		{"http://a/b", "a//b/../c", "http://a/a//c"},
	} {
		base, err := newIRIBase(tc.base)
		require.NoError(t, err)
		assert.Equal(t, tc.want, base.resolve(tc.ref), "%s + %s", tc.base, tc.ref)
	}
}

func TestBaseMustBeAbsolute(t *testing.T) {
	for _, base := range []string{"/x", "x", "", "http://a b/", ":x", "1:x"} {
		_, err := newIRIBase(base)
		assert.Error(t, err, base)
	}
}

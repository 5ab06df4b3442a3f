package rdf

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDigest(t *testing.T) {
	s, p := MustIRI("a:s"), MustIRI("a:p")
	first := Quad{Triple: Triple{Subj: s, Pred: p, Obj: NewString("1")}}
	second := Quad{Triple: Triple{Subj: s, Pred: p, Obj: NewString("2")}, Ctx: MustIRI("a:g")}
	d := NewDigest()
	empty := sha256.Sum256(nil)
	assert.Equal(t, hex.EncodeToString(empty[:]), d.Sum())
	require.NoError(t, d.Add(first))
	require.NoError(t, d.Add(second))
	want := sha256.Sum256([]byte("<a:s> <a:p> \"1\" .\n<a:s> <a:p> \"2\" <a:g> .\n"))
	assert.Equal(t, hex.EncodeToString(want[:]), d.Sum())
	require.ErrorIs(t, d.Add(second), ErrNotSorted)
	require.ErrorIs(t, d.Add(first), ErrNotSorted)
	assert.Equal(t, 2, d.Len())
	assert.Equal(t, hex.EncodeToString(want[:]), d.Sum())
}

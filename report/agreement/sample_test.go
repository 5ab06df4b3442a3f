package agreement

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSample(t *testing.T) {
	a := Sample()
	require.Len(t, a.Sections, 1)
	s, err := a.Section("2.2.9")
	require.NoError(t, err)
	assert.Equal(t, "Preventie van radicalisering", s.Title)
	assert.NotEmpty(t, a.Title)
	assert.Len(t, s.Path, 3)
}

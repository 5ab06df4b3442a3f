package site

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNames(t *testing.T) {
	n := names{}
	assert.Equal(t, "zuhal-demir", n.of("Zuhal Demir", "x"))
	assert.Equal(t, "zuhal-demir-2", n.of("zuhal  DEMIR", "x"))
	assert.Equal(t, "zuhal-demir-3", n.of("Zühal-Demir", "x"))
	assert.Equal(t, "thema", n.of("../../", "thema"))
	assert.Equal(t, "thema-2", n.of("Ω", "thema"))
	assert.Equal(t, "con-", n.of("CON", "x"))
	assert.Equal(t, "lpt1-", n.of("lpt1", "x"))
	assert.LessOrEqual(t, len(n.of(strings.Repeat("lang ", 100), "x")), nameLength)
}

func TestAnchor(t *testing.T) {
	assert.Equal(t, "b-61AF164E", anchor("http://themis.vlaanderen.be/id/nieuwsbericht/61AF164E"))
	assert.Equal(t, "b-scriptx", anchor(`http://x/"><script>x`))
	assert.Equal(t, "b-", anchor(""))
	long := anchor("http://themis.vlaanderen.be/id/nieuwsbericht/589d5c30-4928-11ec-94bb-99a9d1e168fe")
	assert.Regexp(t, `^b-[0-9a-z]{1,7}$`, long, "long ones are made short")
	assert.NotEqual(t, long, anchor("http://themis.vlaanderen.be/id/nieuwsbericht/589d5c30-4928-11ec-94bb-99a9d1e168ff"))
}

func FuzzNames(f *testing.F) {
	f.Add("Zuhal Demir")
	f.Add("../../etc/passwd\x00")
	f.Fuzz(func(t *testing.T, words string) {
		name := names{}.of(words, "x")
		assert.Regexp(t, `^[a-z0-9][a-z0-9-]*$`, name)
		assert.Regexp(t, `^b-[A-Za-z0-9-]*$`, anchor(words))
	})
}

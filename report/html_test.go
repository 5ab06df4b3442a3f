package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	xhtml "golang.org/x/net/html"

	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/internal/golden"
	"github.com/themis-go/themis/report/stage"
)

func htmlOf(t testing.TB, rep *Report) string {
	return string(render(t, func(b *bytes.Buffer) error { return HTML(b, rep) }))
}

// body is a page without its style, which is tested by itself.
func body(page string) string {
	return regexp.MustCompile(`(?s)<style>.*?</style>`).ReplaceAllString(page, "<style></style>")
}

func TestHTML(t *testing.T) {
	page := htmlOf(t, huurReport(t, WithAgreementTitle("Regeerakkoord 2030")))
	golden.Check(t, "huren.html", body(regexp.MustCompile(`sha256-[^']+`).ReplaceAllString(page, "sha256-X")))
	names, addresses := elements(t, page)
	assert.Zero(t, names["script"])
	assert.Zero(t, names["link"])
	assert.Zero(t, names["img"])
	assert.Equal(t, 1, names["h1"])
	assert.Equal(t, 1, names["main"])
	for _, a := range addresses {
		assert.True(t, strings.HasPrefix(a, "#") || strings.HasPrefix(a, "http"), a)
	}
	assert.NotContains(t, page, "ZgotmplZ", "the template took nothing for unsafe")
}

func TestHTMLLinksHold(t *testing.T) {
	root, err := xhtml.Parse(strings.NewReader(htmlOf(t, huurReport(t))))
	require.NoError(t, err)
	ids := map[string]bool{}
	var wanted []string
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				assert.False(t, ids[a.Val], "id %s stands twice", a.Val)
				ids[a.Val] = true
			case "href":
				if fragment, ok := strings.CutPrefix(a.Val, "#"); ok {
					wanted = append(wanted, fragment)
				}
			case "popovertarget", "aria-labelledby":
				wanted = append(wanted, strings.Fields(a.Val)...)
			case "style":
				t.Errorf("inline style %q, which the policy forbids", a.Val)
			}
		}
	}
	for _, id := range wanted {
		assert.True(t, ids[id], "nothing has id %s", id)
	}
}

func TestHTMLPolicyMatchesStyle(t *testing.T) {
	page := htmlOf(t, huurReport(t))
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(page)
	require.NotNil(t, style)
	sum := sha256.Sum256([]byte(style[1]))
	policy := regexp.MustCompile(`Content-Security-Policy" content="([^"]+)"`).FindStringSubmatch(page)
	require.NotNil(t, policy)
	assert.Contains(t, xhtml.UnescapeString(policy[1]), "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	assert.Contains(t, policy[1], "default-src")
}

func TestHTMLHostile(t *testing.T) {
	page := htmlOf(t, hostileReport(t))
	assert.Less(t, len(page), 200_000)
	names, addresses := elements(t, page)
	for _, name := range []string{"script", "img", "iframe", "object", "embed", "form", "input", "base", "link", "i"} {
		assert.Zero(t, names[name], "<%s>", name)
	}
	assert.Equal(t, 1, names["style"])
	assert.Equal(t, 1, names["html"])
	assert.Equal(t, 1, names["h1"])
	for _, a := range addresses {
		assert.True(t, strings.HasPrefix(a, "#") || strings.HasPrefix(a, "http://themis.vlaanderen.be/"), a)
	}
	for _, bad := range []string{"\u202e", "\u2066", "\x00", "\u200b"} {
		assert.NotContains(t, page, bad)
	}
}

func TestHTMLInEnglish(t *testing.T) {
	page := htmlOf(t, huurReport(t, WithLanguage(English)))
	assert.Contains(t, page, `<html lang="en">`)
	assert.Contains(t, page, "Main findings")
	assert.Contains(t, page, `<p class="statement" lang="nl">`, "the findings are Dutch and say so")
}

func TestHTMLMarksWhatDoesNotHold(t *testing.T) {
	rep := huurReport(t)
	rep.Findings[0].Statements[0].Citations[0].Verdict = QuoteNotFound
	rep.Checks.Verdicts[OK]--
	page := htmlOf(t, rep)
	assert.Contains(t, page, "citaat niet teruggevonden")
	assert.Contains(t, page, `role="note"`)
}

// TestHTMLOfOldReport checks that a report read from JSON by hand or by another
// version cannot break the page: numbers out of range are left out.
func TestHTMLOfOldReport(t *testing.T) {
	rep := huurReport(t)
	rep.Findings[0].Steps = []int{99, -1}
	rep.Findings[0].Statements[0].Citations[0].Reference = 77
	rep.Promises[0].Findings = []int{55}
	rep.Promises[1].Start, rep.Promises[1].End = -5, 1<<20
	rep.References[1].Date = "gisteren"
	page := htmlOf(t, rep)
	assert.Contains(t, page, "datum onbekend")
}

func TestCatalogues(t *testing.T) {
	for name, text := range dutchTexts {
		english, ok := englishTexts[name]
		assert.True(t, ok, "%q lacks English", name)
		assert.Equal(t, strings.Count(text, "%"), strings.Count(english, "%"), name)
	}
	assert.Len(t, englishTexts, len(dutchTexts))
	for _, l := range Languages() {
		c, err := catalogueOf(l)
		require.NoError(t, err)
		for _, s := range analyse.Statuses() {
			assert.NotContains(t, c.status(s), "status ")
		}
		for _, s := range stage.All() {
			assert.NotContains(t, c.stage(s), "stage ")
		}
		for _, v := range Verdicts() {
			assert.NotContains(t, c.verdict(v), "verdict ")
		}
		for _, f := range []analyse.Field{analyse.InTitle, analyse.InSubtitle, analyse.InText, analyse.InRecord} {
			assert.Contains(t, c, "quote from "+string(f))
		}
		for _, lane := range lanes {
			assert.Contains(t, c, lane.name)
		}
		assert.Equal(t, 12, len(strings.Fields(c.text("months"))))
	}
	assert.Equal(t, "8 december 2023", dutchTexts.date("2023-12-08"))
	assert.Equal(t, "8 December 2023", englishTexts.date("2023-12-08"))
	_, err := catalogueOf("fr")
	require.Error(t, err)
}

func TestLanesHoldEveryStage(t *testing.T) {
	for _, s := range stage.All() {
		n := 0
		for _, l := range lanes {
			for _, other := range l.stages {
				if s == other {
					n++
				}
			}
		}
		assert.Equal(t, 1, n, s)
	}
}

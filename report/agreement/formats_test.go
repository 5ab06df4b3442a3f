package agreement

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const sampleMarkdown = `# Regeerakkoord 2030

Voorwoord dat bij geen sectie hoort.

## 1 — Wonen

### 1.1 Uitdagingen & visie

We bouwen **meer** woningen en ver-
beteren de *kwaliteit* van zorg- en
woonvoorzieningen. Zie [de site](javascript:alert(1)).

- Elke gemeente krijgt een woon-
  loket.
- De huurpremie stijgt.

### 1.2 Huur

Inleiding.

#### 1.2.1 Premies \<script\>

| jaar | premie |
|------|--------|
| 2030 | 100    |

<p>Een alinea in HTML.<script>alert(1)</script></p>

## 2 — Dieren

Dieren voelen.
`

const sampleText = `Regeerakkoord 2030

1 Wonen

1.1 Uitdagingen & visie

We bouwen meer woningen en ver-
beteren de kwaliteit van zorg- en
woonvoorzieningen. In
2024 begon dat.

• Elke gemeente krijgt een woon-
  loket.
• De huurpremie stijgt.

1.2 Huur
1.2.1 Premies

2030: 100 euro. Dat is
2.5 keer zo veel als vroeger.

2 Dieren

Dieren voelen.
`

const sampleHTML = `<!doctype html><html><head><title>Regeerakkoord &amp; meer</title><style>p{}</style>
<body><nav><h1>Menu</h1></nav>
<h2>1 — Wonen</h2><h3>1.1 Uitdagingen<br>&amp; visie</h3>
<p>We bouwen <b>meer</b> woningen.<p>En <span>ver</span><span>beteren</span> ze.
<ul><li>Eén<li>Twee</ul>
<h3>1.2 Huur</h3><script>alert("x")</script><h4>1.2.1 Premies</h4><table><tr><td>2030<td>100</table>
<h2>2 — Dieren</h2>Dieren voelen.`

// outlineOf prints a tree, one section a line.
func outlineOf(a *Agreement) string {
	var b strings.Builder
	for s := range a.All() {
		fmt.Fprintf(&b, "%s%s|%s|%q\n", strings.Repeat("  ", s.Level-1), s.Number, s.Title, s.Text)
	}
	return b.String()
}

func TestReadMarkdown(t *testing.T) {
	a, err := Read(strings.NewReader(sampleMarkdown), Markdown)
	require.NoError(t, err)
	assert.Equal(t, "Regeerakkoord 2030", a.Title)
	assert.Equal(t, `1|Wonen|""
  1.1|Uitdagingen & visie|"We bouwen meer woningen en verbeteren de kwaliteit van zorg- en woonvoorzieningen. Zie de site.\nElke gemeente krijgt een woonloket.\nDe huurpremie stijgt."
  1.2|Huur|"Inleiding."
    1.2.1|Premies <script>|"jaar\npremie\n2030\n100\nEen alinea in HTML."
2|Dieren|"Dieren voelen."
`, outlineOf(a))
	assert.Len(t, a.Sections, 3)
}

func TestReadText(t *testing.T) {
	a, err := Read(strings.NewReader(sampleText), Text)
	require.NoError(t, err)
	assert.Equal(t, `1|Wonen|""
  1.1|Uitdagingen & visie|"We bouwen meer woningen en verbeteren de kwaliteit van zorg- en woonvoorzieningen. In 2024 begon dat.\nElke gemeente krijgt een woonloket.\nDe huurpremie stijgt."
  1.2|Huur|""
    1.2.1|Premies|"2030: 100 euro. Dat is 2.5 keer zo veel als vroeger."
2|Dieren|"Dieren voelen."
`, outlineOf(a))
}

func TestReadTextWithOutline(t *testing.T) {
	outline, err := ReadOutline(strings.NewReader("# de koppen\nVoorwoord\nWonen\nDieren\t3\nZee\n"))
	require.NoError(t, err)
	require.Len(t, outline, 4)
	assert.Equal(t, 3, outline[2].Page)
	a, err := Read(strings.NewReader("Wonen\n\nWe bouwen.\nMeer.\n\nDieren\n\nDieren voelen.\n"), Text, WithOutline(outline))
	require.NoError(t, err)
	assert.Equal(t, "|Wonen|\"We bouwen. Meer.\"\n|Dieren|\"Dieren voelen.\"\n", outlineOf(a))
}

func TestReadOutlineErrors(t *testing.T) {
	_, err := ReadOutline(strings.NewReader("1 Wonen\n2 Dieren\tdrie\n"))
	var syntax *SyntaxError
	require.ErrorAs(t, err, &syntax)
	assert.Equal(t, 2, syntax.Line)
	_, err = ReadOutline(strings.NewReader("# niets\n"))
	require.Error(t, err)
}

func TestReadHTML(t *testing.T) {
	a, err := Read(strings.NewReader(sampleHTML), HTML)
	require.NoError(t, err)
	assert.Equal(t, "Regeerakkoord & meer", a.Title)
	assert.Equal(t, `1|Wonen|""
  1.1|Uitdagingen & visie|"We bouwen meer woningen.\nEn verbeteren ze.\nEén\nTwee"
  1.2|Huur|""
    1.2.1|Premies|"2030\n100"
2|Dieren|"Dieren voelen."
`, outlineOf(a))
}

func TestFormatByName(t *testing.T) {
	for name, want := range map[string]Format{
		"a.jsonl": JSONLines, "A.MD": Markdown, "x/y.txt": Text, "r.pdf": PDF, "r.htm": HTML,
	} {
		got, err := FormatByName(name)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	_, err := FormatByName("akkoord.docx")
	require.ErrorContains(t, err, "docx")
}

func TestReadRefuses(t *testing.T) {
	_, err := Read(strings.NewReader("geen koppen\nhier\n"), Text)
	require.ErrorIs(t, err, ErrEmpty)
	_, err = Read(strings.NewReader("# Kop zonder tekst"), Markdown)
	require.ErrorIs(t, err, ErrEmpty)
	_, err = Read(strings.NewReader("x"), Format("docx"))
	require.ErrorContains(t, err, "docx")
	_, err = Read(strings.NewReader("this is no PDF"), PDF)
	require.ErrorContains(t, err, "not a readable PDF")
}

// FuzzRead checks that no input breaks a reader, and that what is read is a
// tree with distinct keys and clean text.
func FuzzRead(f *testing.F) {
	for _, s := range []string{sampleLines, sampleMarkdown, sampleText, sampleHTML, "1 A\n\nb-\nc\n\f1.1 ....... 3\n", "# \x00\n\ntekst"} {
		f.Add(s)
	}
	formats := []Format{JSONLines, Markdown, Text, HTML}
	f.Fuzz(func(t *testing.T, in string) {
		for _, format := range formats {
			a, err := Read(strings.NewReader(in), format)
			if err != nil {
				continue
			}
			keys := map[string]bool{}
			for s := range a.All() {
				if keys[s.Key] {
					t.Fatalf("%s: key %q twice", format, s.Key)
				}
				keys[s.Key] = true
				if len(s.Path) != s.Level || strings.ContainsRune(s.Text, 0) {
					t.Fatalf("%s: %+v", format, s)
				}
			}
		}
	})
}

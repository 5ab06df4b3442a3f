package report

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"
)

// Markdown writes a report as CommonMark with the HTML elements details,
// summary and p, as GitHub and pandoc show them: the section folded away, the
// findings as one numbered list in which every sentence ends in its citations,
// the conclusion, the caveat, and the references folded away. Texts of others
// are escaped: they cannot break the form or add elements or links.
func Markdown(w io.Writer, rep *Report) error {
	c, err := catalogueOf(rep.Language)
	if err != nil {
		return err
	}
	m := &markdownWriter{w: bufio.NewWriter(w), c: c, rep: rep}
	m.write()
	if m.err == nil {
		m.err = m.w.Flush()
	}
	if m.err != nil {
		return fmt.Errorf("report: write Markdown: %w", m.err)
	}
	return nil
}

type markdownWriter struct {
	w   *bufio.Writer
	c   catalogue
	rep *Report
	err error
}

func (m *markdownWriter) printf(format string, args ...any) {
	if m.err == nil {
		_, m.err = fmt.Fprintf(m.w, format, args...)
	}
}

// indent is how far what is folded away is set in.
const detailsIndent = "        "

func (m *markdownWriter) write() {
	rep := m.rep
	m.printf("# %s\n\n", escape(rep.Title))
	m.printf("<details>\n%s<summary>%s </summary>\n", detailsIndent, html.EscapeString(m.c.text("agreement section")))
	m.printf("%s<p>%s </p>\n%s</details>\n\n", detailsIndent, html.EscapeString(oneLine(rep.Section.Heading()+" "+rep.Section.Text)), detailsIndent)
	m.printf("%s\n%s\n\n", m.c.text("introduction"), escapeLine(rep.Introduction))

	m.printf("## %s\n", m.c.text("findings"))
	if promised := m.promised(); promised != "" {
		m.printf("%s\n\n", promised)
	}
	if len(rep.Findings) == 0 {
		m.printf("%s\n\n", escapeLine(m.c.text("no finding")))
	} else {
		m.printf("%s\n", escapeLine(m.c.text("based on")))
		for i, f := range rep.Findings {
			m.printf("%d. %s\n", i+1, strings.Join(m.statements(f.Statements), " "))
		}
		m.printf("\n")
	}
	m.printf("## %s\n", m.c.text("conclusion"))
	m.printf("%s\n\n", strings.Join(m.statements(rep.Conclusion), " "))
	m.printf("---\n%s: %s\n\n", m.c.text("remark"), escape(rep.Caveat))
	m.references()
}

// promisedLength is the number of letters of the section's promises that the
// findings open with.
const promisedLength = 400

// promised quotes promises of the section, as far as there is room: those that
// decisions were found for, else the first.
func (m *markdownWriter) promised() string {
	chosen := make([]Promise, 0, len(m.rep.Promises))
	for _, p := range m.rep.Promises {
		if len(p.Findings) > 0 {
			chosen = append(chosen, p)
		}
	}
	if len(chosen) == 0 {
		chosen = m.rep.Promises
	}
	var quotes []string
	length := 0
	for _, p := range chosen {
		text := strings.TrimRight(oneLine(p.Text), ". ")
		if length += utf8.RuneCountInString(text); length > promisedLength && len(quotes) > 0 {
			break
		}
		quotes = append(quotes, "“"+escape(shorten(text, promisedLength))+"”")
	}
	if len(quotes) == 0 {
		return ""
	}
	return m.c.text("promised", strings.Join(quotes, "; "), `\[Regeerakkoord\]`)
}

func (m *markdownWriter) statements(list []Statement) []string {
	var out []string
	for i, st := range list {
		text := escape(st.Text)
		if i == 0 {
			text = escapeLine(st.Text)
		}
		out = append(out, withMarkers(text, markers(st.Citations)))
	}
	return out
}

// withMarkers puts the citations at the end of a sentence, before its full stop.
func withMarkers(text, marks string) string {
	if marks == "" {
		return text
	}
	if n := len(text); n > 0 && strings.ContainsRune(".!?", rune(text[n-1])) {
		return text[:n-1] + " " + marks + text[n-1:]
	}
	return text + " " + marks
}

// markers writes each reference of the citations once, in their order.
func markers(list []Citation) string {
	var b strings.Builder
	seen := map[int]bool{}
	for _, c := range list {
		if !seen[c.Reference] {
			seen[c.Reference] = true
			fmt.Fprintf(&b, `\[%d\]`, c.Reference)
		}
	}
	return b.String()
}

// referenceLength is the number of letters of a title and opening that the
// list of references shows.
const referenceLength = 200

func (m *markdownWriter) references() {
	if len(m.rep.References) == 0 {
		return
	}
	m.printf("<details>\n%s<summary> %s</summary>\n\n", detailsIndent, html.EscapeString(m.c.text("references")))
	for _, r := range m.rep.References {
		date := r.Date
		if date == "" {
			date = m.c.text("unknown date")
		}
		m.printf("%s : **(%s)** %s \n\n", m.referenceLink(r), date, escape(referenceText(r)))
	}
	m.printf("</details>\n")
}

func (m *markdownWriter) referenceLink(r Reference) string {
	if target := linkTarget(r.URI); target != "" {
		return fmt.Sprintf(`**[\[%d\]](%s)**`, r.Number, target)
	}
	return fmt.Sprintf(`**\[%d\]**`, r.Number)
}

// referenceText is the title with as much of what follows as fits.
func referenceText(r Reference) string {
	text := r.Title
	for _, more := range []string{r.Subtitle, r.Opening} {
		if more != "" {
			text += " " + more
		}
	}
	if utf8.RuneCountInString(r.Title) >= referenceLength {
		return r.Title
	}
	cut := shorten(text, referenceLength)
	if before, ok := strings.CutSuffix(cut, " …"); ok {
		return before + "..."
	}
	return cut
}

// linkTarget returns an address as it may stand in a link: only http and https,
// with what would end the link percent-encoded; empty for anything else.
func linkTarget(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return linkEscapes.Replace(u.String())
}

var linkEscapes = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20", `"`, "%22", `\`, "%5C", "`", "%60", "*", "%2A", "_", "_", "[", "%5B", "]", "%5D", "|", "%7C")

// escape makes text of others plain text in Markdown, wherever it stands within a line.
func escape(s string) string { return inlineEscapes.Replace(oneLine(s)) }

var inlineEscapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "&", `\&`,
	"~", `\~`, "|", `\|`, "$", `\$`, "^", `\^`,
	"://", `\://`, "www.", `www\.`, "@", `\@`, // no links but ours, no mentions
)

// escapeLine is escape for text that opens a line, where a mark of a heading,
// a list or a rule would count.
func escapeLine(s string) string {
	text := escape(s)
	if text == "" {
		return ""
	}
	if strings.ContainsRune("#+-=", rune(text[0])) {
		return `\` + text
	}
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	if digits > 0 && digits < len(text) && strings.ContainsRune(".)", rune(text[digits])) {
		return text[:digits] + `\` + text[digits:]
	}
	return text
}

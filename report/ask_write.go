package report

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// askTexts are the words of answers by language; the rest are those of reports.
var askTexts = map[string]catalogue{
	string(Dutch): {
		"refused":  "In het archief werd geen beslissing gevonden die op deze vraag betrekking heeft. Dat betekent niet dat er niets gebeurde: stel de vraag in andere woorden, of over een onderwerp waarover de ministerraad beslist.",
		"answered": "Uit %s, van %s tot en met %s:",
		"question": "Vraag",
	},
	string(English): {
		"refused":  "The archive holds no decision that bears on this question. That does not mean that nothing happened: ask it in other words, in Dutch, or about something that the council of ministers decides on.",
		"answered": "From %s, from %s to %s:",
		"question": "Question",
	},
}

// Markdown writes the answer as CommonMark in the form of [Markdown]: the
// findings with their citations, and the references folded away.
func (a *Answer) Markdown(w io.Writer) error {
	c, err := catalogueOf(a.Language)
	if err != nil {
		return err
	}
	m := &markdownWriter{w: bufio.NewWriter(w), c: c, rep: a.report()}
	m.printf("# %s\n\n%s\n", escape(a.Question), escapeLine(a.Introduction))
	for i, f := range a.Findings {
		m.printf("%d. %s\n", i+1, strings.Join(m.statements(f.Statements), " "))
	}
	m.printf("\n")
	if len(a.Conclusion) > 0 {
		m.printf("%s\n\n", strings.Join(m.statements(a.Conclusion), " "))
	}
	if !a.Refused {
		m.printf("---\n%s: %s\n\n", c.text("remark"), escape(a.Caveat))
	}
	m.references()
	if m.err == nil {
		m.err = m.w.Flush()
	}
	if m.err != nil {
		return fmt.Errorf("report: write an answer as Markdown: %w", m.err)
	}
	return nil
}

// HTML writes the answer as one page like that of [HTML].
func (a *Answer) HTML(w io.Writer) error {
	v, err := newView(a.report())
	if err != nil {
		return err
	}
	v.Crumbs = []string{askTexts[v.Lang]["question"]}
	style := StyleSheet()
	v.Style = template.CSS(style) // ours, embedded
	v.CSP = ContentSecurityPolicy(style)
	return execute(w, "answer", v)
}

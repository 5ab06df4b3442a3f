package report

import (
	"bytes"
	"html/template"

	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/stage"
)

// Labels are the words that reports use in a language, for pages that stand
// beside them.
type Labels struct{ texts catalogue }

// LabelsOf returns the words of a language; an empty language is Dutch.
func LabelsOf(l Language) (Labels, error) {
	c, err := catalogueOf(l)
	return Labels{c}, err
}

// Stage is the label of a stage, as in "principieel goedgekeurd".
func (l Labels) Stage(s stage.Stage) string { return l.texts.stage(s) }

// Status is the label of a status, as in "definitief beslist".
func (l Labels) Status(s analyse.Status) string { return l.texts.status(s) }

// AboutStatus tells what a status means.
func (l Labels) AboutStatus(s analyse.Status) string {
	return l.texts.text("status " + string(s) + " about")
}

// Date writes a day given as YYYY-MM-DD in words, and says so where it is none.
func (l Labels) Date(iso string) string { return l.texts.date(iso) }

// OneLine makes text of any origin fit to be shown on one line: valid UTF-8,
// runs of white space as one blank, no control characters, and none of the
// invisible characters that reorder or hide text. It escapes nothing.
func OneLine(s string) string { return oneLine(s) }

// StatusIcons are the signs of the statuses as SVG, hidden: what a page needs
// before [StatusIcon] shows anything, once.
func StatusIcons() (template.HTML, error) { return shapes("icons", nil) }

// StatusIcon shows the sign of a status, for pages with [StyleSheet] and
// [StatusIcons]. It is hidden from screen readers: put the label beside it.
func StatusIcon(s analyse.Status) (template.HTML, error) { return shapes("icon", string(s)) }

func shapes(name string, data any) (template.HTML, error) {
	t, err := templates()
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil // shapes of ours alone
}

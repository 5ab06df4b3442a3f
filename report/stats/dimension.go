package stats

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/stage"
)

// Class is what decisions are counted under: one theme, one minister.
type Class struct {
	// Key tells classes apart: the URI where there is one.
	Key string
	// Label is for readers, in Dutch.
	Label string
}

// Dimension is a way to divide decisions into classes. Users can write their
// own.
type Dimension struct {
	// Name heads the column of a table: "theme".
	Name string
	// Of returns the classes of a decision; none where it belongs to none. A
	// class that it names twice counts once.
	Of func(harvest.Decision) []Class
	// Order, where it is set, gives the classes that there are, in their
	// order; rows follow it and those without a decision are kept. Otherwise
	// rows are in order of number, the greatest first.
	Order []Class
}

// ByTheme divides by theme. A theme without a label is named by its URI.
func ByTheme() Dimension {
	return Dimension{Name: "theme", Of: func(d harvest.Decision) []Class {
		var out []Class
		for _, t := range d.Themes {
			out = append(out, class(t.URI.String(), t.Label))
		}
		return out
	}}
}

// ByMinister divides by person, whatever the portfolio held at the time.
func ByMinister() Dimension {
	return Dimension{Name: "minister", Of: func(d harvest.Decision) []Class {
		var out []Class
		for _, m := range d.Ministers {
			out = append(out, class(cmp.Or(m.Person.String(), m.Name(), m.Mandatee.String()), m.Name()))
		}
		return out
	}}
}

// ByPortfolio divides by the title under which a minister took part: "Vlaams
// minister van Mobiliteit en Openbare Werken". Titles change with every
// government and with every reshuffle.
func ByPortfolio() Dimension {
	return Dimension{Name: "portfolio", Of: func(d harvest.Decision) []Class {
		var out []Class
		for _, m := range d.Ministers {
			if title := strings.Join(strings.Fields(m.Title), " "); title != "" {
				out = append(out, Class{title, title})
			}
		}
		return out
	}}
}

// ByStage divides by the step of the procedure that the decision takes, as
// package stage reads it from the decision's words. Each decision has one.
func ByStage() Dimension {
	dim := Dimension{Name: "stage", Of: func(d harvest.Decision) []Class {
		return []Class{stageClass(stage.Of(d).Stage)}
	}}
	for _, s := range stage.All() {
		dim.Order = append(dim.Order, stageClass(s))
	}
	return dim
}

func stageClass(s stage.Stage) Class { return Class{s.String(), s.Label()} }

// ByKind divides by the kind of agenda item: Nota or Mededeling.
func ByKind() Dimension {
	return Dimension{Name: "kind", Of: func(d harvest.Decision) []Class {
		if d.Kind == "" {
			return nil
		}
		return []Class{{string(d.Kind), string(d.Kind)}}
	}}
}

func class(key, label string) Class {
	label = strings.Join(strings.Fields(label), " ")
	return Class{key, cmp.Or(label, key)}
}

// classesOf are the classes of a decision, each once, none without a key.
func (dim Dimension) classesOf(d harvest.Decision) []Class {
	list := dim.Of(d)
	out := make([]Class, 0, len(list))
	for _, c := range list {
		if c.Key != "" && !slices.ContainsFunc(out, func(o Class) bool { return o.Key == c.Key }) {
			out = append(out, c)
		}
	}
	return out
}

func (dim Dimension) check() error {
	if dim.Of == nil {
		return fmt.Errorf("stats: the dimension %q has no function Of; use one such as stats.ByTheme()", dim.Name)
	}
	return nil
}

// tally collects numbers per class, and the label that comes first in the
// alphabet where a class has several, so that the order of the stream does not
// matter.
type tally[T any] struct {
	rows map[string]*T
	name map[string]string
}

func newTally[T any]() tally[T] { return tally[T]{map[string]*T{}, map[string]string{}} }

func (t tally[T]) row(c Class) *T {
	if before, ok := t.name[c.Key]; !ok || c.Label < before {
		t.name[c.Key] = c.Label
	}
	r, ok := t.rows[c.Key]
	if !ok {
		r = new(T)
		t.rows[c.Key] = r
	}
	return r
}

// classes are the classes in the order of the dimension, else by size, then by
// label, then by key.
func (t tally[T]) classes(dim Dimension, size func(*T) int) []Class {
	var out []Class
	for _, c := range dim.Order {
		t.row(c)
		out = append(out, c)
	}
	known := len(out)
	for key, label := range t.name {
		if !slices.ContainsFunc(out[:known], func(o Class) bool { return o.Key == key }) {
			out = append(out, Class{key, label})
		}
	}
	slices.SortFunc(out[known:], func(a, b Class) int {
		return cmp.Or(
			cmp.Compare(size(t.rows[b.Key]), size(t.rows[a.Key])),
			strings.Compare(a.Label, b.Label),
			strings.Compare(a.Key, b.Key),
		)
	})
	return out
}

package rdf

import (
	"bytes"
	"strconv"
	"strings"
)

// generated begins the labels of blank nodes that have none in the document.
const generated = "genid-"

// blankMaker makes the blank nodes of one document.
type blankMaker struct {
	scope string
	count int
}

// fresh returns a blank node that no other call returns.
func (m *blankMaker) fresh() Blank {
	m.count++
	b, _ := NewBlank(m.scope + generated + strconv.Itoa(m.count)) // only an empty label is refused
	return b
}

// labelled returns the node with this label. A label that looks like a
// generated one gets another hyphen, which no generated one has.
func (m *blankMaker) labelled(label []byte) Blank {
	s := m.scope + string(label)
	if bytes.HasPrefix(label, []byte(generated)) {
		s = m.scope + generated + "-" + strings.TrimPrefix(string(label), generated)
	}
	b, _ := NewBlank(s)
	return b
}

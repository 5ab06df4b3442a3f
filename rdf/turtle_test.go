package rdf

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadTurtleErrors(t *testing.T) {
	for _, tc := range []struct {
		in           string
		line, column int
		msg          string
	}{
		{"<a:s> <a:p> <a:o>", 1, 18, "the document ends here"},
		{"@prefix a <a:> .", 1, 9, "prefix"},
		{"@prefix _a: <a:> .", 1, 9, "prefix"},
		{"@prefix 1a: <a:> .", 1, 9, "prefix"},
		{"@prefix a.: <a:> .", 1, 9, "prefix"},
		{"@prefix a: a: .", 1, 12, "between < and >"},
		{"@prefix a: <a:>", 1, 16, "full stop after @prefix"},
		{"@base <a:>", 1, 11, "full stop after @base"},
		{"@base a: .", 1, 7, "between < and >"},
		{"PREFIX a: <a:> .", 1, 16, "subject"},
		{"@PREFIX a: <a:> .", 1, 1, "@prefix"},
		{"@prefix a: <x> .", 1, 12, "option Base"},
		{"<a:s>\n\t<a:p> 'x'@ .", 2, 11, "language tag"},
		{"<a:s> <a:p> 'x' @ .", 1, 17, "language tag"},
		{"<a:s> <a:p> 'x'^<a:t> .", 1, 16, "^^"},
		{"<a:s> <a:p> 'x' ^<a:t> .", 1, 17, "^^"},
		{"<a:s> <a:p> 'x' ^^ _:b .", 1, 20, "datatype"},
		{"<a:s> <a:p> 'x' ^^ 'y' .", 1, 20, "datatype"},
		{"<a:s> <a:p> 'x'^^_:b .", 1, 18, "datatype"},
		{"<a:s> <a:p> 'x'^^<b> .", 1, 18, "option Base"},
		{"<a:s> <a:p> 'x'^^<a: b> .", 1, 21, "no IRI may hold"},
		{"<a:s> <a:p> <a:b\\u00zz> .", 1, 17, "hexadecimal"},
		{"<a:s> <a:p> <a:b\\n> .", 1, 17, "backslash"},
		{"<a:s> <a:p> '\\u12' .", 1, 14, "hexadecimal"},
		{"<a:s> <a:p> '\\U00110000' .", 1, 14, "hexadecimal"},
		{"<a:s> <a:p> '\xff' .", 1, 13, "UTF-8"},
		{"<a:s> <a:p> _:\xff .", 1, 15, "UTF-8"},
		{"<a:s> <a:p> _:-x .", 1, 13, "label"},
		{"<a:s> <a:p> _x .", 1, 13, "_:"},
		{"<a:s> <a:p> + .", 1, 13, "object"},
		{"<a:s> <a:p> . .", 1, 13, "object"},
		{"<a:s> <a:p> 1a .", 1, 14, "after the object"},
		{"<a:s> <a:p> truex .", 1, 13, "object"},
		{"<a:s> <a:p> True .", 1, 13, "object"},
		{"<a:s> a a .", 1, 9, "object"},
		{"a a <a:o> .", 1, 1, "subject"},
		{"<a:s> <a:p> ( 1 ; 2 ) .", 1, 17, "object"},
		{"<a:s> <a:p> ( 1 ", 1, 17, "want )"},
		{"<a:s> <a:p> [ <a:p> 1 . ] .", 1, 23, "want ]"},
		{"[ <a:p> 1 ]", 1, 12, "predicate"},
		{"[] .", 1, 4, "predicate"},
		{"() .", 1, 4, "predicate"},
		{"<a:s> .", 1, 7, "predicate"},
		{"<a:s> <a:p> 'a\nb' .", 1, 15, "line break"},
		{"<a:s> <a:p> 'a", 1, 13, "closing"},
		{"<a:s> <a:p> '''a''", 1, 13, "closing"},
		{"<a:s> <a:p> '''a", 1, 13, "closing"},
		{"<a:s> <a:p> <a:" + strings.Repeat("x", 300), 1, 13, "closing >"},
		{"<a:s> <a:p> <a:" + strings.Repeat("x", 300) + " >", 1, 316, "no IRI may hold"},
		{"{ <a:s> <a:p> 1 }", 1, 1, "subject"},
		{"<!DOCTYPE html>\n<html>", 1, 10, "no IRI may hold"},
	} {
		_, err := ReadGraph(strings.NewReader(tc.in), Turtle)
		var syntax *SyntaxError
		require.ErrorAs(t, err, &syntax, tc.in)
		assert.Equal(t, []int{tc.line, tc.column}, []int{syntax.Line, syntax.Column}, "%s: %s", tc.in, syntax.Msg)
		assert.Contains(t, syntax.Msg, tc.msg, tc.in)
	}
}

// A token may be as long as the limit allows, wherever the window ends.
func TestReadTurtleAcrossTheWindow(t *testing.T) {
	for _, n := range []int{inputBuffer - 40, inputBuffer - 3, inputBuffer, inputBuffer + 1, 3 * inputBuffer} {
		long := strings.Repeat("é", n/2)
		doc := "@prefix p: <http://e/> .\n<http://e/" + long + "> p:" + long + " '" + long + "', '''" + long + "''', '''" +
			long + "\\n'''@nl, _:" + long + ", 1" + strings.Repeat("0", n) + " . # " + long + "\np:s p:p p:o ."
		g, err := ReadGraph(strings.NewReader(doc), Turtle)
		require.NoError(t, err)
		assert.Equal(t, 5, g.Len())
		assert.True(t, g.Has(Triple{Subj: MustIRI("http://e/s"), Pred: MustIRI("http://e/p"), Obj: MustIRI("http://e/o")}))
		assert.True(t, g.Has(Triple{Subj: MustIRI("http://e/" + long), Pred: MustIRI("http://e/" + long), Obj: NewString(long)}))
	}
}

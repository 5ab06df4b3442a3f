package analyse

import (
	"fmt"
	"strconv"
	"strings"
)

// Conclude sums up what findings say: how many measures got how far, and for
// how many promises anything was found. Each measure is cited by its last
// step. What was not found cites nothing.
func Conclude(in Input, findings []Finding) []Statement {
	if len(findings) == 0 {
		return []Statement{{Text: "In het archief werd geen beslissing gevonden die op deze sectie betrekking heeft."}}
	}
	var out []Statement
	for _, status := range []Status{Funded, Decided, InPrinciple, Announced, Changed} {
		var cites []Citation
		n := 0
		for _, f := range findings {
			if StatusOfFinding(in, f) != status {
				continue
			}
			n++
			if c, ok := decisive(f); ok {
				cites = append(cites, c)
			}
		}
		if n > 0 {
			out = append(out, Statement{Text: statusSentence(status, n, len(findings), len(out) == 0), Citations: cites, Counts: true})
		}
	}
	return append(out, aboutPromises(in.Promises, findings)...)
}

// decisive is the citation that shows how far a measure got: the first of its
// last statement about a decision.
func decisive(f Finding) (Citation, bool) {
	for _, s := range f.Statements {
		if len(s.Citations) > 0 {
			return s.Citations[0], true
		}
	}
	return Citation{}, false
}

func statusSentence(s Status, n, all int, first bool) string {
	predicate := map[Status]string{
		Funded:      "gefinancierd",
		Decided:     "definitief beslist",
		InPrinciple: "principieel goedgekeurd, zonder definitieve goedkeuring onder de gevonden beslissingen",
		Announced:   "aangekondigd of ter kennis genomen, zonder goedkeuring onder de gevonden beslissingen",
		Changed:     "gewijzigd, stopgezet of ingetrokken",
	}[s]
	switch {
	case all == 1:
		return "De gevonden maatregel is " + predicate + "."
	case first && n == all:
		return fmt.Sprintf("De %s gevonden maatregelen zijn %s.", number(n), predicate)
	case first && n == 1:
		return fmt.Sprintf("Van de %s gevonden maatregelen is er één %s.", number(all), predicate)
	case first:
		return fmt.Sprintf("Van de %s gevonden maatregelen zijn er %s %s.", number(all), number(n), predicate)
	case n == 1:
		return "Eén maatregel is " + predicate + "."
	}
	return fmt.Sprintf("%s maatregelen zijn %s.", upperFirst(number(n)), predicate)
}

// aboutPromises tells for how many promises decisions were found, and names
// those for which none were.
func aboutPromises(promises []Promise, findings []Finding) []Statement {
	if len(promises) == 0 {
		return nil
	}
	found := map[int]bool{}
	for _, f := range findings {
		for _, p := range f.Promises {
			found[p] = true
		}
	}
	missing := len(promises) - len(found)
	const silence = " Dat niets gevonden werd, betekent niet dat er niets gebeurde."
	switch {
	case missing > 0 && len(promises) == 1:
		return []Statement{{Text: "Voor de enige afspraak in deze sectie werd geen beslissing gevonden." + silence}}
	case len(promises) == 1:
		return []Statement{{Text: "Voor de enige afspraak in deze sectie werd minstens één beslissing gevonden."}}
	case len(found) == 0:
		return []Statement{{Text: fmt.Sprintf("Voor geen van de %s afspraken in deze sectie afzonderlijk werd een beslissing gevonden.", number(len(promises))) + silence}}
	case missing == 0:
		return []Statement{{Text: "Voor elke afspraak in deze sectie werd minstens één beslissing gevonden."}}
	}
	text := fmt.Sprintf("Voor %s van de %s afspraken in deze sectie werd minstens één beslissing gevonden; voor %s niet.",
		number(len(found)), number(len(promises)), number(missing))
	return []Statement{{Text: text + silence}}
}

// number writes small numbers in words, as Dutch prose does.
func number(n int) string {
	words := strings.Fields("nul één twee drie vier vijf zes zeven acht negen tien elf twaalf")
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}

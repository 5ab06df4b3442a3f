package rdf

// positionsAbout returns where the graph holds the triples whose subject is
// given; some may have been removed since, see predicateObject. Mapping reads
// them so, and not by Match, because it does little else.
func (g *Graph) positionsAbout(subject Term) []int32 {
	id, ok := g.find(subject)
	if !ok {
		return nil
	}
	return g.by[0][id]
}

// predicateObject returns the predicate and object of the triple at a position;
// not ok when it was removed.
func (g *Graph) predicateObject(position int32) (pred IRI, obj Term, ok bool) {
	k := g.triples[position]
	if k[0] < 0 {
		return IRI{}, nil, false
	}
	pred, ok = g.terms[k[1]].(IRI)
	return pred, g.terms[k[2]], ok
}

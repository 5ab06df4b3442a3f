package retrieve

import "slices"

const (
	neighbourCount = 20
	// neighbourLeast is the cosine that a neighbour must have.
	neighbourLeast = 0.05
	// neighbourCommon leaves words out that more than this share of documents
	// have; they cost much and tell little.
	neighbourCommon = 0.2
	// neighbourFew is the number of documents up to which no word is left out.
	neighbourFew = 200
)

// neighbour is a similar document.
type neighbour struct {
	doc    uint32
	cosine float32
}

// findNeighbours finds the documents that have the most similar words.
func findNeighbours(rows [][]term, terms int) [][]neighbour {
	columns := transpose(rows, terms)
	common := max(int(neighbourCommon*float64(len(rows))), neighbourFew)
	if len(rows) > 5000 {
		common = min(common, 1000)
	}
	out := make([][]neighbour, len(rows))
	type scratch struct {
		sum  scores
		seen []uint32
	}
	pool := make(chan *scratch, 64)
	inParallel(len(rows), func(i int) {
		var s *scratch
		select {
		case s = <-pool:
		default:
			s = &scratch{sum: make(scores, len(rows))}
		}
		s.seen = s.seen[:0]
		for _, t := range rows[i] {
			if len(columns[t.id]) > common {
				continue
			}
			for _, x := range columns[t.id] {
				if s.sum[x.id] == 0 {
					s.seen = append(s.seen, x.id)
				}
				s.sum[x.id] += t.weight * x.weight
			}
		}
		out[i] = nearest(s.sum, s.seen, uint32(i))
		for _, d := range s.seen {
			s.sum[d] = 0
		}
		select {
		case pool <- s:
		default:
		}
	})
	return out
}

// nearest picks the best of the documents seen, but for the document itself.
func nearest(sum scores, seen []uint32, self uint32) []neighbour {
	var found []neighbour
	for _, d := range seen {
		if c := sum[d]; c >= neighbourLeast && d != self {
			found = append(found, neighbour{d, c})
		}
	}
	slices.SortFunc(found, func(a, b neighbour) int {
		switch {
		case a.cosine > b.cosine:
			return -1
		case a.cosine < b.cosine:
			return 1
		}
		return int(a.doc) - int(b.doc)
	})
	return slices.Clip(found[:min(neighbourCount, len(found))])
}

// smooth mixes the score of each document with those of its neighbours, half
// and half.
func (s scores) smooth(near [][]neighbour) scores {
	out := make(scores, len(s))
	for d, list := range near {
		var sum, weight float32
		for _, n := range list {
			sum += n.cosine * s[n.doc]
			weight += n.cosine
		}
		out[d] = s[d] / 2
		if weight > 0 {
			out[d] += sum / weight / 2
		}
	}
	return out
}

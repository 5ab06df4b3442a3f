package retrieve

import "slices"

// top returns the numbers of the k best documents with a score above zero,
// best first, the lower number first where scores are equal.
func (s scores) top(k int) []uint32 {
	worse := func(a, b uint32) bool {
		if s[a] != s[b] {
			return s[a] < s[b]
		}
		return a > b
	}
	heap := make([]uint32, 0, k) // the worst in front
	for i := range s {
		d := uint32(i)
		if s[d] <= 0 || k == 0 {
			continue
		}
		if len(heap) < k {
			heap = append(heap, d)
			for c := len(heap) - 1; c > 0; {
				p := (c - 1) / 2
				if !worse(heap[c], heap[p]) {
					break
				}
				heap[c], heap[p] = heap[p], heap[c]
				c = p
			}
			continue
		}
		if !worse(heap[0], d) {
			continue
		}
		heap[0] = d
		for c := 0; ; {
			l := 2*c + 1
			if l >= k {
				break
			}
			if l+1 < k && worse(heap[l+1], heap[l]) {
				l++
			}
			if !worse(heap[l], heap[c]) {
				break
			}
			heap[l], heap[c] = heap[c], heap[l]
			c = l
		}
	}
	slices.SortFunc(heap, func(a, b uint32) int {
		if worse(b, a) {
			return -1
		}
		return 1
	})
	return heap
}

// scaled divides scores by the mean of the ten best, so that those of
// different rankers and queries can be compared.
func (s scores) scaled() scores {
	best := s.top(10)
	if len(best) == 0 {
		return s
	}
	var mean float32
	for _, d := range best {
		mean += s[d]
	}
	mean /= float32(len(best))
	out := make(scores, len(s))
	for i, x := range s {
		out[i] = x / mean
	}
	return out
}

// share is a document with a share of something; shares sum to one.
type share struct {
	doc    uint32
	weight float32
}

// shares weighs the k best documents by how far they are above the last.
func (s scores) shares(k int) []share {
	best := s.top(k)
	if len(best) == 0 {
		return nil
	}
	high, low := s[best[0]], 0.8*s[best[len(best)-1]]
	out, sum := make([]share, len(best)), float32(0)
	for i, d := range best {
		w := (s[d] - low) / (high - low)
		if high == low {
			w = 1
		}
		out[i] = share{d, w}
		sum += w
	}
	for i := range out {
		out[i].weight /= sum
	}
	return out
}

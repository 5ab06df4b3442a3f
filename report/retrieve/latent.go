package retrieve

import (
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

// How the latent space is learnt.
const (
	latentSize   = 200 // dimensions; fewer where the corpus is small
	latentRounds = 4   // of subspace iteration
	latentSeed   = 1   // the same corpus gives the same space
)

// space is a latent semantic space: a vector for each term, so that terms
// which go together in the corpus point the same way.
type space struct {
	size  int
	terms []float32 // size values for each term
}

func (s *space) term(id uint32) []float32 {
	return s.terms[int(id)*s.size : (int(id)+1)*s.size]
}

// place returns where a weighted set of terms is in the space, a vector of
// length one, or of zeros where no term is known.
func (s *space) place(terms []term) []float32 {
	v := make([]float32, s.size)
	for _, t := range terms {
		if int(t.id) < len(s.terms)/max(s.size, 1) {
			axpy(t.weight, s.term(t.id), v)
		}
	}
	normalise(v)
	return v
}

// learnSpace finds the directions in which the vectors of the documents differ
// most: a truncated singular value decomposition by subspace iteration.
func learnSpace(rows [][]term, terms int) *space {
	size := min(latentSize, len(rows), terms)
	s := &space{size: size, terms: make([]float32, terms*size)}
	if size == 0 {
		return s
	}
	r := rand.New(rand.NewPCG(latentSeed, 0))
	for i := range s.terms {
		s.terms[i] = float32(r.NormFloat64())
	}
	docs := make([]float32, len(rows)*size)
	columns := transpose(rows, terms)
	for range latentRounds {
		multiply(rows, s.terms, docs, size)
		orthonormalise(docs, size)
		multiply(columns, docs, s.terms, size)
		orthonormalise(s.terms, size)
	}
	return s
}

// transpose turns documents of terms into terms of documents.
func transpose(rows [][]term, terms int) [][]term {
	out := make([][]term, terms)
	for i, row := range rows {
		for _, t := range row {
			out[t.id] = append(out[t.id], term{uint32(i), t.weight})
		}
	}
	return out
}

// multiply sets out to the sparse rows times the dense matrix in.
func multiply(rows [][]term, in, out []float32, size int) {
	inParallel(len(rows), func(i int) {
		o := out[i*size : (i+1)*size]
		clear(o)
		for _, t := range rows[i] {
			axpy(t.weight, in[int(t.id)*size:(int(t.id)+1)*size], o)
		}
	})
}

// orthonormalise makes the columns of a matrix orthogonal and of length one,
// by the Cholesky factor of their products. Columns that depend on others
// become zeros.
func orthonormalise(m []float32, size int) {
	gram := products(m, size)
	// The upper factor R with RᵀR = gram; then m becomes m times the inverse of R.
	for j := range size {
		for i := 0; i <= j; i++ {
			x := gram[i*size+j]
			for k := range i {
				x -= gram[k*size+i] * gram[k*size+j]
			}
			switch {
			case i < j && gram[i*size+i] > 0:
				gram[i*size+j] = x / gram[i*size+i]
			case i < j:
				gram[i*size+j] = 0
			case x > 1e-9:
				gram[j*size+j] = math.Sqrt(x)
			default:
				gram[j*size+j] = 0
			}
		}
	}
	inParallel(len(m)/size, func(i int) {
		row := m[i*size : (i+1)*size]
		for j := range row {
			x := float64(row[j])
			for k := range j {
				x -= float64(row[k]) * gram[k*size+j]
			}
			if d := gram[j*size+j]; d > 0 {
				row[j] = float32(x / d)
			} else {
				row[j] = 0
			}
		}
	})
}

// products are those of each pair of columns.
func products(m []float32, size int) []float64 {
	const block = 2048 // rows; the sums do not depend on the number of processors
	n := len(m) / size
	blocks := (n + block - 1) / block
	partial := make([][]float64, blocks)
	inParallel(blocks, func(b int) {
		g := make([]float64, size*size)
		for i := b * block; i < min(n, (b+1)*block); i++ {
			row := m[i*size : (i+1)*size]
			for j, x := range row {
				if x == 0 {
					continue
				}
				gj := g[j*size : (j+1)*size]
				for k := j; k < size; k++ {
					gj[k] += float64(x) * float64(row[k])
				}
			}
		}
		partial[b] = g
	})
	sum := make([]float64, size*size)
	for _, g := range partial {
		for i, x := range g {
			sum[i] += x
		}
	}
	return sum
}

// axpy adds a times x to y.
func axpy(a float32, x, y []float32) {
	y = y[:len(x)]
	for i, v := range x {
		y[i] += a * v
	}
}

// dot is the sum of products.
func dot(x, y []float32) float32 {
	y = y[:len(x)]
	var a, b, c, d float32
	i := 0
	for ; i+4 <= len(x); i += 4 {
		a += x[i] * y[i]
		b += x[i+1] * y[i+1]
		c += x[i+2] * y[i+2]
		d += x[i+3] * y[i+3]
	}
	for ; i < len(x); i++ {
		a += x[i] * y[i]
	}
	return a + b + c + d
}

func normalise(v []float32) {
	if n := float32(math.Sqrt(float64(dot(v, v)))); n > 0 {
		for i := range v {
			v[i] /= n
		}
	}
}

// inParallel calls f for 0 to n-1 on all processors and returns when all
// calls have.
func inParallel(n int, f func(int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := w; i < n; i += workers {
				f(i)
			}
		}()
	}
	wg.Wait()
}

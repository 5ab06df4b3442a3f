package retrieve

import (
	"encoding/binary"
	"errors"
	"math"
)

// errDamaged: stored data does not hold what it says.
var errDamaged = errors.New("the stored index is damaged")

// encoder appends values to a slice of bytes.
type encoder struct{ data []byte }

func (e *encoder) uint(x uint64) { e.data = binary.AppendUvarint(e.data, x) }
func (e *encoder) int(x int64)   { e.data = binary.AppendVarint(e.data, x) }

func (e *encoder) string(s string) {
	e.uint(uint64(len(s)))
	e.data = append(e.data, s...)
}

func (e *encoder) float(x float32) {
	e.data = binary.LittleEndian.AppendUint32(e.data, math.Float32bits(x))
}

func (e *encoder) floats(list []float32) {
	e.uint(uint64(len(list)))
	for _, x := range list {
		e.float(x)
	}
}

// ids writes numbers in ascending order by their differences.
func (e *encoder) ids(list []uint32) {
	e.uint(uint64(len(list)))
	last := uint32(0)
	for _, x := range list {
		e.uint(uint64(x - last))
		last = x
	}
}

// decoder reads what an encoder wrote. After a failure it returns zeros, and
// err tells.
type decoder struct {
	data []byte
	err  error
}

func (d *decoder) fail() { d.data, d.err = nil, errDamaged }

func (d *decoder) uint() uint64 {
	x, n := binary.Uvarint(d.data)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.data = d.data[n:]
	return x
}

func (d *decoder) int() int64 {
	x, n := binary.Varint(d.data)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.data = d.data[n:]
	return x
}

// count reads how many values of at least size bytes follow; there is no
// memory taken for more than the data can hold.
func (d *decoder) count(size int) int {
	n := d.uint()
	if n > uint64(len(d.data)/size) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) string() string {
	n := d.count(1)
	s := string(d.data[:n])
	d.data = d.data[n:]
	return s
}

func (d *decoder) float() float32 {
	if len(d.data) < 4 {
		d.fail()
		return 0
	}
	x := math.Float32frombits(binary.LittleEndian.Uint32(d.data))
	d.data = d.data[4:]
	return x
}

func (d *decoder) floats() []float32 {
	list := make([]float32, d.count(4))
	for i := range list {
		list[i] = d.float()
	}
	return list
}

// ids reads ascending numbers below limit.
func (d *decoder) ids(limit int) []uint32 {
	list := make([]uint32, d.count(1))
	last := uint64(0)
	for i := range list {
		last += d.uint()
		if last >= uint64(limit) {
			d.fail()
			return nil
		}
		list[i] = uint32(last)
	}
	return list
}

// below reads a number below limit.
func (d *decoder) below(limit int) uint32 {
	x := d.uint()
	if x >= uint64(limit) {
		d.fail()
		return 0
	}
	return uint32(x)
}

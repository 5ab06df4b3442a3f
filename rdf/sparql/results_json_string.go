package sparql

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// plainString reads the string behind an opening quote, outside a term. The
// bytes are good until the next read.
func (d *jsonDecoder) plainString() ([]byte, error) {
	kept := d.mark
	if kept < 0 {
		d.mark = d.pos - 1 // the quote
		d.scratch = d.scratch[:0]
	}
	t, err := d.readString()
	if kept < 0 {
		d.mark = -1
	}
	if err != nil {
		return nil, err
	}
	return d.text(t), nil
}

// readString reads the string behind an opening quote; mark must be set.
func (d *jsonDecoder) readString() (jsonText, error) {
	from := d.offset()
	at := d.pos // of the run of plain bytes being read
	ascii := true
	escaped := -1 // where in scratch the text begins, once it has escapes
	for i := at; ; {
		var high bool
		i, high = plainRun(d.buf, i)
		if high {
			ascii = false
		}
		if i == len(d.buf) {
			d.pos = i
			behind := i - at
			if !d.fill() {
				return jsonText{}, d.cut("the closing quote of a string")
			}
			i = d.pos
			at = i - behind
			continue
		}
		switch c := d.buf[i]; c {
		case '"':
			run := d.buf[at:i]
			d.pos = i + 1
			if !ascii && !utf8.Valid(run) {
				return jsonText{}, d.badUTF8(at)
			}
			if escaped < 0 {
				return jsonText{from: from, to: d.base + int64(i), set: true}, nil
			}
			d.scratch = append(d.scratch, run...)
			return jsonText{from: int64(escaped), to: int64(len(d.scratch)), set: true, scratch: true}, nil
		case '\\':
			if escaped < 0 {
				escaped = len(d.scratch)
			}
			if !ascii && !utf8.Valid(d.buf[at:i]) {
				return jsonText{}, d.badUTF8(at)
			}
			d.scratch = append(d.scratch, d.buf[at:i]...)
			d.pos = i
			if err := d.escape(); err != nil {
				return jsonText{}, err
			}
			at, i, ascii = d.pos, d.pos, true
		default:
			return jsonText{}, d.failAt(d.base+int64(i), "a control character stands unescaped in a string", nil)
		}
		if len(d.scratch) > d.maxTerm {
			return jsonText{}, d.failAt(d.base+int64(i), "string too long", errTermTooLong)
		}
	}
}

func (d *jsonDecoder) badUTF8(at int) error {
	for at < len(d.buf) {
		r, n := utf8.DecodeRune(d.buf[at:])
		if r == utf8.RuneError && n <= 1 {
			break
		}
		at += n
	}
	return d.failAt(d.base+int64(at), "the string is not valid UTF-8", nil)
}

const (
	onesMask  = 0x0101010101010101
	highMask  = 0x8080808080808080
	quoteMask = onesMask * '"'
	slashMask = onesMask * '\\'
	blankMask = onesMask * 0x20
)

// plainRun returns the place of the first byte of b from i on that ends a run
// of a string (quote, backslash, control character), len(b) when there is
// none, and whether the run has bytes over 0x7f. It looks at eight bytes at a
// time.
func plainRun(b []byte, i int) (int, bool) {
	var high uint64
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		q, s := x^quoteMask, x^slashMask
		// The high bit of each byte that is a quote, a backslash or below 0x20.
		// Borrows may mark bytes behind a true hit only, never before the first.
		stop := ((q-onesMask)&^q | (s-onesMask)&^s | (x-blankMask)&^x) & highMask
		if stop != 0 {
			n := bits.TrailingZeros64(stop) >> 3
			high |= x & (highMask >> (64 - 8*n)) // shifts by 64 give 0
			return i + n, high&highMask != 0
		}
		high |= x
	}
	for ; i < len(b); i++ {
		c := b[i]
		if c == '"' || c == '\\' || c < 0x20 {
			break
		}
		high |= uint64(c)
	}
	return i, high&highMask != 0
}

// escape reads an escape sequence at pos into scratch.
func (d *jsonDecoder) escape() error {
	at := d.offset()
	if !d.have(2) {
		return d.cut("an escape sequence")
	}
	c := d.buf[d.pos+1]
	if i := escapeIndex(c); i >= 0 {
		d.scratch = append(d.scratch, unescaped[i])
		d.pos += 2
		return nil
	}
	if c != 'u' {
		return d.failAt(at, `the escape \`+string(rune(c))+" is unknown", nil)
	}
	r, err := d.hex4()
	if err != nil {
		return err
	}
	if utf16.IsSurrogate(r) {
		low := rune(-1)
		if d.have(2) && d.buf[d.pos] == '\\' && d.buf[d.pos+1] == 'u' {
			if low, err = d.hex4(); err != nil {
				return err
			}
		}
		if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
			return d.failAt(at, "half of a surrogate pair stands alone", nil)
		}
	}
	d.scratch = utf8.AppendRune(d.scratch, r)
	return nil
}

const (
	escapes   = `"\/bfnrt`
	unescaped = "\"\\/\b\f\n\r\t"
)

func escapeIndex(c byte) int {
	for i := range len(escapes) {
		if escapes[i] == c {
			return i
		}
	}
	return -1
}

// hex4 reads \uXXXX at pos.
func (d *jsonDecoder) hex4() (rune, error) {
	at := d.offset()
	if !d.have(6) {
		return 0, d.cut(`the four digits of \u`)
	}
	var r rune
	for _, c := range d.buf[d.pos+2 : d.pos+6] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, d.failAt(at, `want four hexadecimal digits behind \u`, nil)
		}
	}
	d.pos += 6
	return r, nil
}

package rdf

import (
	"errors"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"strings"
)

// maxDigits bounds the digits of numbers of any size: converting decimal text
// takes time that grows faster than its length.
const maxDigits = 10_000

func assignInt(dst reflect.Value, t Term, c *mapConfig) error {
	s, err := integerOf(t, c)
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(s, 10, dst.Type().Bits())
	if err != nil {
		return integerError(err, dst.Type())
	}
	dst.SetInt(n)
	return nil
}

func assignUint(dst reflect.Value, t Term, c *mapConfig) error {
	s, err := integerOf(t, c)
	if err != nil {
		return err
	}
	switch digits, negative := strings.CutPrefix(s, "-"); {
	case negative && strings.Trim(digits, "0") != "":
		return valueErrorf("a negative number does not fit %s", dst.Type())
	case negative:
		s = digits // -0
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "+"), 10, dst.Type().Bits())
	if err != nil {
		return integerError(err, dst.Type())
	}
	dst.SetUint(n)
	return nil
}

func integerError(err error, t reflect.Type) error {
	if errors.Is(err, strconv.ErrRange) {
		return valueErrorf("the number does not fit %s", t)
	}
	return valueErrorf("not an integer")
}

// integerOf returns the lexical form of an integer: sign and digits. Stores
// give whole numbers as decimals and doubles too ("42.0", "4.2E1").
func integerOf(t Term, c *mapConfig) (string, error) {
	s, err := lexicalOf(t, c, integerDatatypes, "an integer")
	if err != nil {
		return "", err
	}
	if isInteger(s) {
		return s, nil
	}
	if whole, fraction, ok := strings.Cut(s, "."); ok && isInteger(whole) && fraction != "" && strings.Trim(fraction, "0") == "" {
		return whole, nil
	}
	if isDouble(s) {
		// Beyond 2^53 a double no longer tells which integer was meant.
		if f, err := strconv.ParseFloat(s, 64); err == nil && f == math.Trunc(f) && math.Abs(f) <= 1<<53 {
			return strconv.FormatInt(int64(f), 10), nil
		}
	}
	return "", valueErrorf("not an integer")
}

func assignFloat(dst reflect.Value, t Term, c *mapConfig) error {
	s, err := lexicalOf(t, c, numberDatatypes, "a number")
	if err != nil {
		return err
	}
	var f float64
	switch s {
	case "INF", "+INF":
		f = math.Inf(1)
	case "-INF":
		f = math.Inf(-1)
	case "NaN":
		f = math.NaN()
	default:
		if !isDouble(s) {
			return valueErrorf("not a number")
		}
		if f, err = strconv.ParseFloat(s, dst.Type().Bits()); err != nil {
			return valueErrorf("the number does not fit %s", dst.Type())
		}
	}
	dst.SetFloat(f)
	return nil
}

func assignBigInt(dst reflect.Value, t Term, c *mapConfig) error {
	s, err := lexicalOf(t, c, integerDatatypes, "an integer")
	if err != nil {
		return err
	}
	if len(s) > maxDigits {
		return valueErrorf("a number of more than %d digits", maxDigits)
	}
	if !isInteger(s) {
		return valueErrorf("not an integer")
	}
	dst.Addr().Interface().(*big.Int).SetString(s, 10)
	return nil
}

func assignBigRat(dst reflect.Value, t Term, c *mapConfig) error {
	s, err := lexicalOf(t, c, decimalDatatypes, "a decimal")
	if err != nil {
		return err
	}
	if len(s) > maxDigits {
		return valueErrorf("a number of more than %d digits", maxDigits)
	}
	// No exponents: they make a few bytes stand for a number of any size.
	if !isDecimal(s) {
		return valueErrorf("not a decimal")
	}
	dst.Addr().Interface().(*big.Rat).SetString(s)
	return nil
}

// isInteger reports whether s is of the form of xsd:integer.
func isInteger(s string) bool {
	n, rest := digits(unsigned(s))
	return n > 0 && rest == ""
}

// isDecimal reports whether s is of the form of xsd:decimal.
func isDecimal(s string) bool {
	n, rest := mantissa(s)
	return n > 0 && rest == ""
}

// isDouble reports whether s is of the form of a finite xsd:double.
func isDouble(s string) bool {
	n, rest := mantissa(s)
	if n == 0 {
		return false
	}
	if rest != "" && (rest[0] == 'e' || rest[0] == 'E') {
		return isInteger(rest[1:])
	}
	return rest == ""
}

// mantissa counts the digits of the decimal that s begins with.
func mantissa(s string) (n int, rest string) {
	n, rest = digits(unsigned(s))
	if strings.HasPrefix(rest, ".") {
		m, after := digits(rest[1:])
		return n + m, after
	}
	return n, rest
}

func unsigned(s string) string {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		return s[1:]
	}
	return s
}

// digits counts the ASCII digits that s begins with.
func digits(s string) (n int, rest string) {
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n, s[n:]
}

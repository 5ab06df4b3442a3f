package site

import (
	"hash/fnv"
	"strconv"
	"strings"

	"github.com/themis-go/themis/report/agreement"
)

// nameLength bounds the names of files, which come from titles.
const nameLength = 48

// anchorLength bounds what an id takes over of a URI.
const anchorLength = 8

// names gives distinct file names: lower-case ASCII letters, digits and
// hyphens, so that they are the same on every file system and in every address.
type names map[string]bool

// of returns a name for some words, with a number behind it where another has
// it already. fallback is used where nothing of the words remains.
func (n names) of(words, fallback string) string {
	name := fileName(words)
	if name == "" {
		name = fallback
	}
	for i, base := 2, name; n[name]; i++ {
		name = base + "-" + strconv.Itoa(i)
	}
	n[name] = true
	return name
}

func fileName(words string) string {
	name := strings.Join(strings.FieldsFunc(agreement.Fold(words), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
	if len(name) > nameLength {
		name = strings.TrimRight(name[:nameLength], "-")
	}
	switch name {
	case "con", "prn", "aux", "nul": // names of devices on Windows
		name += "-"
	}
	if len(name) == 4 && (strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")) {
		name += "-"
	}
	return name
}

// anchor makes an id of the last part of a URI: a short one, for it stands in
// every link. It depends on the URI alone, so that links from elsewhere hold.
func anchor(uri string) string {
	last := uri[strings.LastIndexAny(uri, "/#")+1:]
	last = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-':
			return r
		}
		return -1
	}, last)
	if len(last) > anchorLength {
		h := fnv.New32a()
		h.Write([]byte(uri))
		last = strconv.FormatUint(uint64(h.Sum32()), 36)
	}
	return "b-" + last
}

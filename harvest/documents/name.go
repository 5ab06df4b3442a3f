package documents

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/themis-go/themis/harvest"
)

const (
	maxTitle = 80 // bytes of the title in a name
	maxID    = 64 // bytes of the identifier
)

// FileName returns the name under which a file is stored, without its folder:
// the title of its document, the identifier that its URI ends with, and an
// extension. It consists of ASCII letters, digits and hyphens, and one full
// stop; it has at most 160 bytes, is no reserved name of any system, and is the
// same whatever the server says. Two files have the same name only when their
// URIs end alike.
func FileName(doc harvest.Document, file harvest.File) string {
	title := slug(doc.Title, maxTitle)
	if title == "" {
		title = "document" // so that no name is a device's, such as CON
	}
	return title + "-" + identifier(file.URI.String()) + "." + extension(file)
}

// folderName is the folder of a decision's files.
func folderName(date time.Time) string {
	if date.IsZero() || date.Year() < 1 || date.Year() > 9999 {
		return "undated"
	}
	return strconv.Itoa(date.Year())
}

// slug keeps the ASCII letters and digits of s, with its accents taken off, and
// puts a hyphen for what stands between them.
func slug(s string, limit int) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, " ")) {
		switch {
		case r < 0x80 && isAlphanumeric(byte(r)):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			if b.Len() >= limit {
				return strings.TrimRight(b.String()[:limit], "-")
			}
			gap = false
			b.WriteByte(byte(r))
		case r >= 0x300 && r < 0x370: // an accent by itself
		default:
			gap = true
		}
	}
	return b.String()
}

// identifier is the last part of a URI where it is plain, and else a digest of
// the whole.
func identifier(uri string) string {
	id := lastSegment(uri)
	for i := range len(id) {
		if !isAlphanumeric(id[i]) && id[i] != '-' {
			id = ""
			break
		}
	}
	if id == "" || len(id) > maxID || strings.Trim(id, "-") == "" {
		return digestOf(uri)
	}
	return id
}

func digestOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}

func lastSegment(uri string) string { return uri[strings.LastIndexAny(uri, "/#:")+1:] }

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// knownExtensions are those that a file may keep. None is one that a system
// runs when it is opened.
var knownExtensions = []string{"pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt", "xml", "ttl", "zip", "jpg", "png"}

func extension(file harvest.File) string {
	if IsPDF(file) {
		return "pdf"
	}
	ext := strings.ToLower(strings.TrimPrefix(file.Extension, "."))
	if slices.Contains(knownExtensions, ext) {
		return ext
	}
	return "bin"
}

// IsPDF reports whether the archive says that the file is a PDF, by its media
// type (dct:format) or, where it has none, by its extension.
func IsPDF(file harvest.File) bool {
	media, _, _ := strings.Cut(file.Format, ";")
	if media = strings.TrimSpace(media); media != "" {
		return strings.EqualFold(media, "application/pdf")
	}
	return strings.EqualFold(strings.TrimPrefix(file.Extension, "."), "pdf")
}

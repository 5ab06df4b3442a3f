// Package pdftext reads the lines of text of a PDF document with their places
// and fonts. The parser is PDFium, run in a WebAssembly sandbox that has no
// file system, no network and bounded memory, so that a hostile document can
// at worst fail to be read.
package pdftext

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// MaxPages is the number of pages beyond which a document is refused.
const MaxPages = 2000

// A few kilobytes can be made to expand without end.
const (
	// MaxPageLetters is the number of characters on one page beyond which a
	// document is refused.
	MaxPageLetters = 1 << 18
	// MaxLetters is the same for all pages together.
	MaxLetters = 1 << 23
)

// memoryPages bounds the sandbox's memory, in WebAssembly pages of 64 KiB.
const memoryPages = 16384 // 1 GiB

// startTimeout bounds the wait for the sandbox, which is compiled first.
const startTimeout = 5 * time.Minute

// ErrUnreadable is returned for what is not a PDF, is damaged beyond repair or
// wants a password.
var ErrUnreadable = errors.New("not a readable PDF document; it may be damaged or protected by a password")

// ErrNoText is returned for a document whose pages hold no text, such as
// scanned paper.
var ErrNoText = errors.New("the PDF holds no text; scanned pages must be recognised (OCR) first")

// Page is one page; its lines are in the order in which the document gives them.
type Page struct {
	Number int // counted from 1
	Height float64
	Lines  []Line
}

// Line is a line of text of one page. Places are in points from the left and
// the bottom of the page.
type Line struct {
	Text                     string
	Left, Right, Top, Bottom float64
	Font                     string  // of the longest run of the line
	Size                     float64 // of the same, in points
	run                      int     // bytes of the longest run
	// Hyphen tells that the line ends in a hyphen, which Text lacks. Whether
	// it belongs to the word is for the reader to judge.
	Hyphen bool
}

// hyphen is what PDFium gives for a hyphen at the end of a line.
const hyphen = '\u0002'

// Reader reads documents, one after another or at once. Each is read in a
// sandbox of its own, which is gone afterwards; the machine code of the parser,
// which takes seconds to make, is kept until Close.
type Reader struct {
	cache wazero.CompilationCache
}

// NewReader returns a reader. Its first document takes some seconds more.
func NewReader() *Reader { return &Reader{cache: wazero.NewCompilationCache()} }

// Close releases the reader. It must not be reading.
func (r *Reader) Close() error { return r.cache.Close(context.Background()) }

// Read returns the pages of a document. It ends, with the context's error, when
// ctx is done, whatever the document makes the parser do.
func (r *Reader) Read(ctx context.Context, data []byte) (pages []Page, err error) {
	// The library turns what goes wrong within the sandbox into errors; this is
	// for what may go wrong in its own handling of a hostile document.
	defer func() {
		if p := recover(); p != nil {
			pages, err = nil, fmt.Errorf("%w: the parser failed: %v", ErrUnreadable, p)
		}
		if err != nil && ctx.Err() != nil {
			pages, err = nil, ctx.Err()
		}
	}()
	pool, err := webassembly.Init(webassembly.Config{
		Context:  ctx,
		MinIdle:  0,
		MaxIdle:  1,
		MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), // nothing mounted
		Stdout:   io.Discard,
		Stderr:   io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().
			WithCompilationCache(r.cache).
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(memoryPages).
			WithCloseOnContextDone(true),
	})
	if err != nil {
		return nil, fmt.Errorf("start the PDF reader: %w", err)
	}
	defer pool.Close()
	instance, err := pool.GetInstance(startTimeout)
	if err != nil {
		return nil, fmt.Errorf("start the PDF reader: %w", err)
	}
	defer instance.Close()
	return readPages(ctx, instance, data)
}

// Read returns the pages of one document, by a reader made for it.
func Read(ctx context.Context, data []byte) ([]Page, error) {
	r := NewReader()
	defer r.Close()
	return r.Read(ctx, data)
}

func readPages(ctx context.Context, instance pdfium.Pdfium, data []byte) (pages []Page, err error) {
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return nil, errors.Join(ErrUnreadable, err)
	}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, errors.Join(ErrUnreadable, err)
	}
	if count.PageCount > MaxPages {
		return nil, fmt.Errorf("%w: it has %d pages; at most %d are read", ErrUnreadable, count.PageCount, MaxPages)
	}
	text, sum := false, 0
	for i := range count.PageCount {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		page := requests.Page{ByIndex: &requests.PageByIndex{Document: opened.Document, Index: i}}
		size, err := instance.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: opened.Document, Index: i})
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, errors.Join(ErrUnreadable, err))
		}
		all, n, err := letters(instance, page, MaxLetters-sum)
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
		if sum += n; n > MaxPageLetters || sum > MaxLetters {
			return nil, fmt.Errorf("page %d: %w: it has %d characters, and %d with the pages before; at most %d and %d are read",
				i+1, ErrUnreadable, n, sum, MaxPageLetters, MaxLetters)
		}
		found, err := instance.GetPageTextStructured(&requests.GetPageTextStructured{
			Page: page, Mode: requests.GetPageTextStructuredModeRects, CollectFontInformation: true,
		})
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, errors.Join(ErrUnreadable, err))
		}
		lines := joinRects(align(found.Rects, all))
		text = text || len(lines) > 0
		pages = append(pages, Page{Number: i + 1, Height: size.Height, Lines: lines})
	}
	if !text {
		return nil, ErrNoText
	}
	return pages, nil
}

// letters returns the text of a page in order and the number of its characters.
// The text is empty where there are more than MaxPageLetters or room: what
// reading them takes in this process's own memory, outside of the sandbox, is
// bounded.
func letters(instance pdfium.Pdfium, page requests.Page, room int) (text string, n int, err error) {
	loaded, err := instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return "", 0, errors.Join(ErrUnreadable, err)
	}
	count, err := instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: loaded.TextPage})
	if err != nil {
		return "", 0, errors.Join(ErrUnreadable, err)
	}
	if n = count.Count; n > 0 && n <= MaxPageLetters && n <= room {
		got, err := instance.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: loaded.TextPage, Count: n})
		if err != nil {
			return "", 0, errors.Join(ErrUnreadable, err)
		}
		text = got.Text
	}
	if _, err := instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage}); err != nil {
		return "", 0, errors.Join(ErrUnreadable, err)
	}
	return text, n, nil
}

// joinRects makes lines of the runs of text that PDFium finds: a run belongs to
// the line before it when it stands beside it, to its right.
func joinRects(rects []*responses.GetPageTextStructuredRect) []Line {
	var lines []Line
	for _, r := range rects {
		text := strings.ToValidUTF8(r.Text, "\ufffd")
		p := r.PointPosition
		next := Line{Left: p.Left, Right: p.Right, Top: p.Top, Bottom: p.Bottom}
		if r.FontInformation != nil {
			next.Font, next.Size = r.FontInformation.Name, r.FontInformation.RenderedSize
		}
		next.Text, next.Hyphen = cutHyphen(text)
		if next.isGhost() {
			next.Text = ""
		}
		next.run = len(next.Text)
		if next.Text == "" && !next.Hyphen {
			continue
		}
		if n := len(lines); n > 0 && beside(&lines[n-1], &next) {
			if isMark(&lines[n-1], &next) {
				if !unitBefore(lines[n-1].Text) {
					continue
				}
				next.Text = strings.NewReplacer("2", "²", "3", "³").Replace(next.Text)
			}
			join(&lines[n-1], &next)
			continue
		}
		lines = append(lines, next)
	}
	for i := range lines {
		lines[i].Text = strings.Join(strings.Fields(lines[i].Text), " ")
	}
	return lines
}

func cutHyphen(text string) (string, bool) {
	trimmed := strings.TrimRight(text, " \r\n")
	last, size := utf8.DecodeLastRuneInString(trimmed)
	broken := last == hyphen
	if broken {
		trimmed = trimmed[:len(trimmed)-size]
		text = trimmed
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case r < ' ' || r == 0x7f || r == 0xfffe || r == 0xffff:
			return -1
		}
		return r
	}, text), broken
}

// farApart is how many heights of a line a gap may be wide within one line; a
// table of contents has wide ones, a second column starts lower or higher.
const farApart = 80

// beside tells whether b stands to the right of a on the same line. Superscripts
// and subscripts overlap the line by little.
func beside(a, b *Line) bool {
	overlap := math.Min(a.Top, b.Top) - math.Max(a.Bottom, b.Bottom)
	low := math.Min(a.Top-a.Bottom, b.Top-b.Bottom)
	high := math.Max(a.Top-a.Bottom, b.Top-b.Bottom)
	if overlap < low*0.1 {
		return false
	}
	return b.Left >= a.Right-math.Max(2, high/2) && b.Left-a.Right < farApart*math.Max(high, 1)
}

// isMark tells the raised number of a note, which is no word of the text.
func isMark(line, run *Line) bool {
	return run.Size > 0 && run.Size < line.Size*0.75 && run.Bottom > line.Bottom+1.5 &&
		strings.Trim(run.Text, "0123456789*† ") == "" && strings.TrimSpace(run.Text) != ""
}

// unitBefore tells whether a raised number behind the text is part of a unit
// of area or volume.
func unitBefore(text string) bool {
	unit := text[strings.LastIndexAny(text, " /(0123456789")+1:]
	switch unit {
	case "m", "km", "cm", "dm", "hm":
		return true
	}
	return false
}

// isGhost tells letters in a box in which no letter fits: what is left over
// where a ligature or a clipped object was taken apart.
func (l *Line) isGhost() bool {
	return l.Size > 0 && l.Top-l.Bottom < l.Size*0.2 && strings.ContainsFunc(l.Text, unicode.IsLetter)
}

// cutEcho takes a letter off the end of a text when it stands alone and the
// next run begins with the same: the overhang of the first letter of a run is
// sometimes given as a run of its own ("de j" and "juiste").
func cutEcho(text, next string) string {
	trimmed := strings.TrimRight(text, " ")
	last, size := utf8.DecodeLastRuneInString(trimmed)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, " "))
	if last != first || !unicode.IsLetter(last) || !strings.HasSuffix(trimmed[:len(trimmed)-size], " ") {
		return text
	}
	return trimmed[:len(trimmed)-size]
}

// gapOfBlank is the width from which a gap between two runs stands for a
// blank, in parts of the height of the line.
const gapOfBlank = 0.3

func join(a, b *Line) {
	if a.Hyphen && b.Text != "" { // a hyphen within the line after all
		a.Text += "-"
	}
	a.Text = cutEcho(a.Text, b.Text)
	height := math.Max(a.Top-a.Bottom, b.Top-b.Bottom)
	wide := b.Left-a.Right > height*gapOfBlank
	if wide && b.Text != "" && !strings.HasSuffix(a.Text, " ") && !strings.HasPrefix(b.Text, " ") {
		a.Text += " "
	}
	if b.run > a.run {
		a.Font, a.Size, a.run = b.Font, b.Size, b.run
	}
	a.Text += b.Text
	a.Hyphen = b.Hyphen || a.Hyphen && b.Text == ""
	a.Right = math.Max(a.Right, b.Right)
	a.Top, a.Bottom = math.Max(a.Top, b.Top), math.Min(a.Bottom, b.Bottom)
}

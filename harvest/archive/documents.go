package archive

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

// DocumentTextDigest returns the SHA-256, hexadecimal, of the file whose text
// is kept for the file with this URI; the empty string where none is.
func (a *Archive) DocumentTextDigest(ctx context.Context, file rdf.IRI) (string, error) {
	var sum string
	err := a.read.QueryRowContext(ctx, "SELECT sha256 FROM document_text WHERE file = ?", file.String()).Scan(&sum)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return sum, a.fail("read the text of "+file.String(), err)
}

// PutDocumentText keeps the text of a file, in the place of an earlier one, and
// makes it searchable. Texts are beside the triples: they change neither the
// digest nor the version of the archive, and stay when a harvest replaces or
// withdraws their document.
func (a *Archive) PutDocumentText(ctx context.Context, t harvest.DocumentText) error {
	return a.update(ctx, "store the text of "+t.File.String(), func(tx *sql.Tx) error {
		var id int64
		err := tx.QueryRowContext(ctx, `INSERT INTO document_text (file, document, sha256, pages, problem, text) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (file) DO UPDATE SET document = excluded.document, sha256 = excluded.sha256, pages = excluded.pages,
			problem = excluded.problem, text = excluded.text RETURNING id`,
			t.File.String(), t.Document.String(), t.SHA256, t.Pages, t.Problem, t.Text).Scan(&id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM document_search WHERE rowid = ?", id); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO document_search (rowid, body) VALUES (?, ?)", id, stems(t.Text))
		return err
	})
}

const selectDocumentText = "SELECT file, document, sha256, pages, problem, text FROM document_text t"

// DocumentText returns the text of the file with this URI; [ErrNotFound] where
// none was stored.
func (a *Archive) DocumentText(ctx context.Context, file rdf.IRI) (harvest.DocumentText, error) {
	t, err := scanDocumentText(a.read.QueryRowContext(ctx, selectDocumentText+" WHERE file = ?", file.String()))
	return t, a.fail("read the text of "+file.String(), err)
}

// DocumentTexts yields the texts of files that match, in the way of
// [Matching], in order of the URI of their files; all texts where matching is
// empty.
func (a *Archive) DocumentTexts(ctx context.Context, matching string) iter.Seq2[harvest.DocumentText, error] {
	return func(yield func(harvest.DocumentText, error) bool) {
		query, args := selectDocumentText, []any(nil)
		if matching != "" {
			q := matchQuery(matching)
			if q == "" {
				return
			}
			query += " WHERE t.id IN (SELECT rowid FROM document_search WHERE document_search MATCH ?)"
			args = append(args, q)
		}
		rows, err := a.read.QueryContext(ctx, query+" ORDER BY file", args...)
		if err != nil {
			yield(harvest.DocumentText{}, a.fail("select texts of documents", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			t, err := scanDocumentText(rows)
			if !yield(t, a.fail("read the text of a document", err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(harvest.DocumentText{}, a.fail("read texts of documents", err))
		}
	}
}

func scanDocumentText(row interface{ Scan(...any) error }) (t harvest.DocumentText, err error) {
	var file, document string
	if err := row.Scan(&file, &document, &t.SHA256, &t.Pages, &t.Problem, &t.Text); err != nil {
		return t, err
	}
	if t.File, err = rdf.NewIRI(file); err != nil {
		return t, err
	}
	if document != "" {
		t.Document, err = rdf.NewIRI(document)
	}
	return t, err
}

// MatchingDocuments keeps decisions of whose present documents one has all
// words of text, in the way of [Matching], as far as their texts were stored by
// [Archive.PutDocumentText]. [Archive.At] knows the present documents alone.
func MatchingDocuments(text string) Filter {
	return func(s *selection) {
		q := matchQuery(text)
		if q == "" {
			s.none = true
			return
		}
		s.add(`'<' || d.uri || '>' IN (SELECT r.subject FROM document_search f
			JOIN document_text t ON t.id = f.rowid
			JOIN link l ON l.target = t.document AND l.predicate = ?
			JOIN resource r ON r.id = l.resource AND r.ended IS NULL
			WHERE document_search MATCH ?)`, linkIDs["https://data.vlaanderen.be/ns/besluitvorming#heeftBijlage"], q)
	}
}

// Package sparql speaks the SPARQL 1.1 Protocol: queries with bound
// parameters, answers that stream, and failures that can be told apart.
//
//	client := sparql.NewClient("https://example.org/sparql")
//	query := sparql.Text(`SELECT ?item ?title WHERE { ?item dct:title ?title ; dct:subject ?theme }`)
//	type item struct {
//		Item  rdf.IRI
//		Title string
//	}
//	for it, err := range sparql.Select[item](ctx, client, query, sparql.Bind("theme", theme)) {
//		if err != nil { … }
//	}
//
// # Queries
//
// A [Query] is parsed before it is sent: by [Text] in a program, by a [Bank]
// from .rq files. Values enter it by [Bind], which puts them only where the
// grammar allows a term. [Client.Select], [Client.Ask], [Client.Construct],
// [Client.Describe] and [Client.Update] send it; [Select] also makes structs
// of its rows. [Client.GraphStore] reads and writes whole graphs.
//
// # Rows
//
// [Rows] are read as the bytes arrive, in constant memory, whatever the size
// of the answer; there is no goroutine behind them. They must be read to their
// end or closed: that frees the connection. [All], [CollectRows] and
// [CollectExactlyOne] turn them into values of a type and do so by themselves.
//
// # Completeness
//
// SPARQL endpoints cut answers: at a number of rows, at a time limit, in the
// middle of the body. Rows end well only when the document was closed and
// nothing says that it is cut; else Err is a [*PartialError] that tells how
// many rows came and why these are not all. Some cuts leave no trace in the
// answer. For these, count first, tell a known cap by [RowCap], and sort with
// a LIMIT below it.
//
// # Failures
//
// What may pass by itself is tried again, see [RetryPolicy]; what the endpoint
// says of the query is not, and errors.Is tells it: [ErrSyntax],
// [ErrTimeout], [ErrCostLimit] and others. The texts of errors, logs and
// traces hold neither credentials nor whole queries.
//
// # Defaults
//
// They are chosen for the engines in use, Virtuoso before all: queries go by
// GET while the URL is short and as a form above, and ask for exactly
// application/sparql-results+json; no parameter timeout is sent, because it
// turns errors into answers that are cut without a sign; four requests are in
// flight at most; idle connections are closed soon; redirects stay on the host.
package sparql

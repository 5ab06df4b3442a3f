// Package sample holds a small part of Themis as Turtle in the exact model of
// the publisher: sixteen decisions of twelve meetings of the Flemish council
// of ministers, thirteen of them about the prevention of radicalisation, with
// their ministers, themes, documents and catalogue.
//
// URIs, dates, titles and names are those that Themis publishes. Descriptions,
// attachments and the identifiers of agendas, agenda items, files and datasets
// were made for the sample; do not cite them.
package sample

import "embed"

// FS holds the Turtle files, at its root.
//
//go:embed *.ttl
var FS embed.FS

// Package schema holds the JSON Schema of a report's JSON form, for those who
// read reports with other programs.
package schema

import _ "embed"

// Report is the JSON Schema (draft 2020-12) of what report.JSON writes.
//
//go:embed report.schema.json
var Report []byte

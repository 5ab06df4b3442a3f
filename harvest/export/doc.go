// Package export writes decisions and triples as CSV, JSON Lines, Parquet,
// N-Quads and Turtle.
//
// Every function takes a stream and writes as it reads, so that memory does
// not grow with the corpus. They know nothing of where the stream comes from:
// that of an archive, of a sample, or of a test.
//
//	decisions := arc.Decisions(ctx, archive.Since(date))
//	n, err := export.CSV(os.Stdout, decisions)
//
// [ToDir] writes several formats into a folder at once, from one pass over the
// decisions and one over the triples. It writes to temporary names (which begin
// with ".themis-export-") and renames when everything is written: after an
// error the folder is as it was before. A process that is killed may leave
// temporary files, which can be removed, but no half file under a final name.
//
// # Names of fields
//
// JSON Lines and Parquet have one row for each decision, with the fields of
// [Row]; they are named in snake case, do not change their meaning, and new
// ones may be added. What is absent is null, a list without members is empty, a
// number that is unknown is 0.
// Times are instants in UTC; the date is the day of the meeting in Brussels.
//
// CSV has the same fields, flat; see [CSV].
//
// # Parquet
//
// [Parquet] writes a folder partitioned by the year of the meeting, in the way
// of Hive, which DuckDB, Spark, Trino and others read as one table:
//
//	decisions.parquet/year=2021/part-0.parquet
//	decisions.parquet/year=__HIVE_DEFAULT_PARTITION__/part-0.parquet   (decisions without a date)
//
// In DuckDB:
//
//	SELECT m.family_name, count(*)
//	FROM (SELECT unnest(ministers) AS m
//	      FROM read_parquet('decisions.parquet/**/*.parquet', hive_partitioning = true)
//	      WHERE year = 2021)
//	GROUP BY ALL ORDER BY ALL
//
// # Untrusted text
//
// The text of decisions is written as it is in the archive. HTML is that of
// the publisher and not sanitised; a program that shows it must do so.
// Spreadsheets evaluate cells that begin with certain characters; see
// [ForSpreadsheets].
package export

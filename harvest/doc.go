// Package harvest holds the Themis model as Go structs, the sources from which
// it can be read, and the harvester that fills an archive from them.
//
//	arc, err := archive.Open("themis.db")
//	src := harvest.Endpoint(sparql.NewClient("https://themis.vlaanderen.be/sparql"))
//	result, err := harvest.Run(ctx, src, arc)
//	fmt.Println(result.Completeness, result.Manifest.Digest)
//
// # Sources
//
// [Endpoint] asks a SPARQL endpoint, [Catalogue] downloads the files that the
// endpoint's catalogue names, [Files] and [FilesFS] read RDF from disk, and
// [Sample] is embedded. The same data gives the same archive by each of them;
// [Reconcile] compares two.
//
// # Completeness
//
// Stores cut answers, some without a sign. So everything is counted before it
// is asked for, subject by subject, and counted again at the end; what differs
// is asked for in smaller parts. [Result.Completeness] is [Complete] only when
// all counts are met; else [Partial] gives the reasons. The counts are in the
// [Manifest], with a digest that anyone can compute again.
//
// # Going on
//
// Each page is committed with its place, so that a run may be killed at any
// moment: the next one goes on. A later run asks only for what was published
// since: a meeting whose dataset changed is read anew, in one transaction. What
// it replaces stays in the archive's history, and [Event] tells what happened.
//
// # Manners
//
// At most two requests are in flight, and for a server that is not this machine
// at most two begin in a second; [Concurrency] and [Rate] change that.
//
// # Model
//
// Each resource of the model is a struct, one to a file: [Meeting],
// [Publication], [Agenda], [AgendaItem], [NewsItem], [Attachment], [FileObject],
// [Mandatee], [Person], [Body], [Concept], [Dataset] and others. [Decision] is
// the view that joins them, made by [Join].
package harvest

// Package push sends the triples of an archive, or of any other stream, to a
// graph of a SPARQL 1.1 store and proves that they have arrived.
//
//	client := sparql.NewClient("https://store.example.org/sparql", sparql.DigestAuth(user, password))
//	report, err := push.Push(ctx, client, graph, arc.Quads(ctx),
//		push.Replace(), push.Resume(push.File("push.json")))
//
// Nothing is sent anywhere else than to the client's addresses. [DryRun] tells
// what would be sent.
//
// # How
//
// By default the triples go by INSERT DATA, in batches; with [ByGraphStore] by
// POST of the SPARQL 1.1 Graph Store HTTP Protocol, to the address that the
// client's GraphStoreURL names. Either adds to what the graph has; [Replace]
// empties it first. As adding the same triple twice is as good as once, a batch
// that failed on the way is sent again.
//
// Blank nodes would become new ones in each batch. They are replaced by IRIs
// (skolemised, RDF 1.1 Concepts 3.5), made of their labels, so that they are the
// same in the next push if the stream labels them so; see [SkolemBase].
//
// # Going on
//
// With [Resume], how far the push has come is kept after each batch, together
// with a digest of what was sent. After a failure the same call goes on from
// there. If the data are no longer the same it is an error, ErrChanged, and
// nothing is sent.
//
// # Proof
//
// After the push the store is asked for all triples of every subject that was
// sent, in requests of bounded size that are themselves proved against counts,
// and for the number of all triples of the graph. [Report] then holds the
// SHA-256 of both sides; they are over the normalised canonical N-Quads lines
// (rdf.Normalize), in the order of the stream by subject, and sorted within a
// subject. For an archive this is the order of its own digest. Equal digests
// and an equal count mean that the graph holds what was sent and nothing else.
// A difference is a [*DifferenceError] with examples.
package push

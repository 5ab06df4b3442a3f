// Package retrieve finds the decisions that bear on a section of a coalition
// agreement: offline, in milliseconds, and with reasons.
//
// [New] indexes decisions; [Open] does so for an archive and keeps the index in
// it. [Index.Section] ranks them for a section, [Index.Search] for words:
//
//	ix, err := retrieve.Open(ctx, arc)
//	res, err := ix.Section(ctx, section)
//	for _, hit := range res.Relevant() { … }
//	fmt.Println(res.Reason)
//
// # How decisions are ranked
//
// Words are those of package dutch, compounds counting as themselves and as
// their parts. Several rankers look at them, and their scores are fused by a
// weighted sum (see Weights):
//
//   - BM25F over title, subtitle, text and the text of attachments;
//   - the cosine of the same words, which favours decisions about one thing;
//   - BM25F once more with the words of the best decisions added (feedback);
//   - the BM25F of the neighbours: decisions with similar words, above all the
//     other steps of the same measure, lift each other;
//   - latent semantics: words that go together in the corpus, learnt from the
//     corpus alone, bring decisions that say the same in other words;
//   - the policy field: the words of the chapter in the ministers' portfolios;
//   - optionally vectors of a language model, see [WithEmbedder].
//
// Nothing is learnt from judgements but the weights of the sum. README.md
// beside this file holds the figures, and how they were got.
package retrieve

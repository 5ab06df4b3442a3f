package harvest

import "context"

// Source is where data is harvested from: [Endpoint], [Files], [Sample] or
// [Catalogue]. What has another origin is put into an archive by its Load.
type Source interface {
	// Info names the source in manifests.
	Info() SourceInfo
	harvest(ctx context.Context, r *runner) error
}

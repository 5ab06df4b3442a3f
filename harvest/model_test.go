package harvest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/rdf"
)

func describe[T any](t *testing.T) {
	t.Helper()
	_, err := rdf.Describe[T]()
	require.NoError(t, err)
}

func TestModelHasValidTags(t *testing.T) {
	describe[Meeting](t)
	describe[Publication](t)
	describe[Agenda](t)
	describe[AgendaItem](t)
	describe[NewsItem](t)
	describe[Attachment](t)
	describe[Series](t)
	describe[Dossier](t)
	describe[FileObject](t)
	describe[Mandatee](t)
	describe[Person](t)
	describe[Body](t)
	describe[Mandate](t)
	describe[Role](t)
	describe[Election](t)
	describe[Concept](t)
	describe[ConceptScheme](t)
	describe[Catalog](t)
	describe[Dataset](t)
	describe[Distribution](t)
	describe[Organization](t)
	describe[Unit](t)
	describe[Agent](t)
}

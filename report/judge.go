package report

import (
	"context"
	"strings"

	"github.com/themis-go/themis/report/analyse"
)

// Judge tells whether sources support a statement.
type Judge interface {
	// Name is what the report's method says.
	Name() string
	// Supports tells whether the sources together say what the statement says.
	Supports(ctx context.Context, statement string, sources []string) (bool, error)
}

// lexical is the judge that needs no network.
type lexical struct{}

func (lexical) Name() string { return "lexical/1" }

func (lexical) Supports(_ context.Context, statement string, sources []string) (bool, error) {
	return analyse.Supported(statement, sources...), nil
}

// judge measures a statement as ALCE does (Gao and others, 2023): recall is
// whether all its sources together support it; a citation is precise unless it
// does not support the statement alone and the others do without it.
func judge(ctx context.Context, j Judge, statement string, sources []string) (recall bool, precise []bool, err error) {
	var held []string
	for _, s := range sources {
		if s != "" {
			held = append(held, s)
		}
	}
	if len(held) > 0 {
		if recall, err = j.Supports(ctx, statement, held); err != nil {
			return false, nil, err
		}
	}
	for i, s := range sources {
		if s == "" || !recall {
			precise = append(precise, false)
			continue
		}
		alone, err := j.Supports(ctx, statement, []string{s})
		if err != nil {
			return false, nil, err
		}
		if alone {
			precise = append(precise, true)
			continue
		}
		others := without(sources, i)
		rest := false
		if strings.Join(others, "") != "" {
			if rest, err = j.Supports(ctx, statement, others); err != nil {
				return false, nil, err
			}
		}
		precise = append(precise, !rest)
	}
	return recall, precise, nil
}

func without(list []string, i int) []string {
	out := make([]string, 0, len(list))
	for j, s := range list {
		if j != i && s != "" {
			out = append(out, s)
		}
	}
	return out
}

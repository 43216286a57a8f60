package store

import (
	"context"
	"iter"

	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
)

// MaxExport is how many rows an export has at most.
const MaxExport = 50_000

// ExportCases goes through every case that ListCases would list, whatever the filter's cursor and limit. After MaxExport of them it ends with
// ErrCut, when there are more. An error ends it. What is changed meanwhile may come twice or not at all; by opening it comes once.
func (s *Store) ExportCases(ctx context.Context, actor identity.Actor, f CaseFilter) iter.Seq2[CaseSummary, error] {
	return export(func(cursor string) (Page[CaseSummary], error) {
		f.Cursor, f.Limit = cursor, MaxLimit
		return s.ListCases(ctx, actor, f)
	}, MaxExport)
}

// ExportTasks is ExportCases for tasks.
func (s *Store) ExportTasks(ctx context.Context, actor identity.Actor, f TaskFilter) iter.Seq2[TaskView, error] {
	return export(func(cursor string) (Page[TaskView], error) {
		f.Cursor, f.Limit = cursor, MaxLimit
		return s.ListTasks(ctx, actor, f)
	}, MaxExport)
}

// ExportDeadlines is ExportCases for time limits.
func (s *Store) ExportDeadlines(ctx context.Context, actor identity.Actor, f DeadlineFilter) iter.Seq2[DeadlineView, error] {
	return export(func(cursor string) (Page[DeadlineView], error) {
		f.Cursor, f.Limit = cursor, MaxLimit
		return s.ListDeadlines(ctx, actor, f)
	}, MaxExport)
}

// ExportResources is ExportCases for the catalogue, of which everybody may see everything.
func (s *Store) ExportResources(ctx context.Context, f ResourceFilter) iter.Seq2[catalogue.Resource, error] {
	return export(func(cursor string) (Page[catalogue.Resource], error) {
		f.Cursor, f.Limit = cursor, MaxLimit
		return s.ListResources(ctx, f)
	}, MaxExport)
}

// ExportRegister is ExportCases for the public register.
func (s *Store) ExportRegister(ctx context.Context, f RegisterFilter) iter.Seq2[RegisterEntry, error] {
	return export(func(cursor string) (Page[RegisterEntry], error) {
		f.Cursor, f.Limit = cursor, MaxLimit
		return s.ListRegister(ctx, f)
	}, MaxExport)
}

// ExportRegisterProducts is ExportCases for the products and services of the public register.
func (s *Store) ExportRegisterProducts(ctx context.Context, f RegisterProductFilter) iter.Seq2[RegisterProduct, error] {
	return export(func(cursor string) (Page[RegisterProduct], error) {
		f.Cursor, f.Limit = cursor, MaxLimit
		return s.ListRegisterProducts(ctx, f)
	}, MaxExport)
}

// export walks through a list part by part.
func export[T any](list func(cursor string) (Page[T], error), most int) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		cursor, n := "", 0
		for {
			p, err := list(cursor)
			if err != nil {
				yield(none, err)
				return
			}
			for _, item := range p.Items {
				if n == most {
					yield(none, ErrCut)
					return
				}
				if !yield(item, nil) {
					return
				}
				n++
			}
			if p.Next == "" {
				return
			}
			cursor = p.Next
		}
	}
}

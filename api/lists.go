package api

import "datacharter/store"

// Paging is what every list can be asked.
type Paging struct {
	Cursor string `query:"cursor" maxLength:"2000" doc:"next of the part before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// idInput names one thing by its ID.
type idInput struct {
	ID string `path:"id" maxLength:"200"`
}

// list is one part of a list.
type list[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next,omitempty" doc:"cursor of the part that follows; left out when none does"`
}

type listOutput[T any] struct{ Body list[T] }

// shown answers with a page of the store, item by item.
func shown[S, T any](page store.Page[S], item func(S) T) *listOutput[T] {
	out := &listOutput[T]{Body: list[T]{Items: make([]T, len(page.Items)), Next: page.Next}}
	for i, s := range page.Items {
		out.Body.Items[i] = item(s)
	}
	return out
}

// all answers with a list that is never long.
func all[S, T any](items []S, item func(S) T) *listOutput[T] {
	return shown(store.Page[S]{Items: items}, item)
}

// yesNo is an optional condition in a query.
type yesNo string

func (y yesNo) value() *bool {
	if y == "" {
		return nil
	}
	yes := y == "true"
	return &yes
}

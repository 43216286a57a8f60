package api

import (
	"encoding/json"
	"fmt"

	"datacharter/store"
)

// told reads a part of the public record: item makes an entry's item and says where in it the content goes. Content that does not read back is an error.
func told[T any](page store.Page[store.PublicationView], item func(store.PublicationView, *T) (content any)) (list[T], error) {
	out := list[T]{Items: make([]T, len(page.Items)), Next: page.Next}
	for i, p := range page.Items {
		if err := json.Unmarshal(p.Content, item(p, &out.Items[i])); err != nil {
			return out, fmt.Errorf("publication %s: %w", p.ID, err)
		}
	}
	return out, nil
}

package meeting

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"datacharter/domain/refusal"
)

// words checks a text that must be there.
func words(path, s string, limit int) []refusal.Field {
	if strings.TrimSpace(s) == "" {
		return []refusal.Field{refusal.Required.At(path)}
	}
	return atMost(path, s, limit)
}

func atMost(path, s string, limit int) []refusal.Field {
	if utf8.RuneCountInString(s) > limit {
		return []refusal.Field{refusal.TooLong.At(path, "max", fmt.Sprint(limit))}
	}
	return nil
}

func choice[T ~string](path string, v T, choices ...T) []refusal.Field {
	if slices.Contains(choices, v) {
		return nil
	}
	names := make([]string, len(choices))
	for i, c := range choices {
		names[i] = string(c)
	}
	return []refusal.Field{refusal.NotAChoice.At(path, "choices", strings.Join(names, ", "))}
}

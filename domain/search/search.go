// Package search cuts text into the terms of the search index, the same way on every database.
//
// Most Chinese words have two characters, so a run of Chinese characters is indexed as its overlapping pairs ("公共数据" as 公共, 共数, 数据);
// other letters and digits are indexed as lower-cased words.
package search

import "unicode"

// MaxTermRunes is the length at which a term is cut; longer words still match, by their beginning.
const MaxTermRunes = 32

// Terms returns the distinct terms under which a text is indexed, in order of first appearance.
// The last character of each Chinese run is a term by itself, so that every character begins some term and a one-character query finds it.
func Terms(text string) []string {
	var found terms
	split(text, func(run []rune, chinese bool) {
		if !chinese {
			found.add(run)
			return
		}
		for i := range len(run) - 1 {
			found.add(run[i : i+2])
		}
		found.add(run[len(run)-1:])
	})
	return found.ordered
}

// QueryTerms returns the distinct terms a query asks for. A text matches when every one of them is the beginning of one of the text's [Terms].
// The answer is empty for a query without a letter or digit, which asks for nothing in particular.
func QueryTerms(query string) []string {
	var found terms
	split(query, func(run []rune, chinese bool) {
		if !chinese || len(run) == 1 {
			found.add(run)
			return
		}
		for i := range len(run) - 1 {
			found.add(run[i : i+2])
		}
	})
	return found.ordered
}

type terms struct {
	ordered []string
	seen    map[string]bool
}

func (t *terms) add(run []rune) {
	term := string(run[:min(len(run), MaxTermRunes)])
	if t.seen[term] {
		return
	}
	if t.seen == nil {
		t.seen = map[string]bool{}
	}
	t.seen[term] = true
	t.ordered = append(t.ordered, term)
}

// split calls emit for each run of Chinese characters and for each word of other letters, marks and digits. The run is valid only during the call.
func split(text string, emit func(run []rune, chinese bool)) {
	var run []rune
	chinese := false
	flush := func() {
		if len(run) > 0 {
			emit(run, chinese)
		}
		run = run[:0]
	}
	for _, r := range text {
		r = unicode.ToLower(narrow(r))
		switch han := unicode.Is(unicode.Han, r); {
		case !han && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !(unicode.IsMark(r) && len(run) > 0 && !chinese):
			flush()
		case han != chinese:
			flush()
			chinese = han
			run = append(run, r)
		default:
			run = append(run, r)
		}
	}
	flush()
}

// narrow turns the full-width forms of ASCII characters, common in Chinese text, into the plain ones.
func narrow(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

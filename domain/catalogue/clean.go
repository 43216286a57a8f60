package catalogue

import (
	"slices"
	"strings"
	"unicode"
)

// placeholders are what publishers write where they have nothing to say.
var placeholders = []string{"无", "暂无", "-", "--", "—", "/", "N/A", "n/a", "NULL", "null"}

// line brings a one-line value to plain form: breaks and special spaces become single spaces, control characters go, a placeholder becomes empty.
func (rs *remarks) line(field, published string) string {
	s, found := plain(published, false)
	rs.note(field, found, LineBreakRemoved)
	return rs.unlessPlaceholder(field, s)
}

// lines does the same to a value of several lines, whose breaks are often paragraphs and lists: they stay, with at most one empty line between two.
func (rs *remarks) lines(field, published string) string {
	s, found := plain(published, true)
	code := LineBreakRemoved // only before the first or after the last line
	if strings.Contains(s, "\n") {
		code = LineBreakKept
	}
	rs.note(field, found, code)
	return rs.unlessPlaceholder(field, s)
}

func (rs *remarks) unlessPlaceholder(field, s string) string {
	if slices.Contains(placeholders, s) {
		rs.add(Placeholder, field, s)
		return ""
	}
	return s
}

// oddities says what plain met in a text.
type oddities struct{ breaks, spaces, control, unread bool }

func (rs *remarks) note(field string, found oddities, onBreak Code) {
	if found.breaks {
		rs.add(onBreak, field, "")
	}
	if found.spaces {
		rs.add(SpaceNormalised, field, "")
	}
	if found.control {
		rs.add(CharacterRemoved, field, "")
	}
	if found.unread {
		rs.add(CharacterUnread, field, "")
	}
}

// plain returns the text without control characters, its words one space apart. With keepBreaks, line breaks stay as \n, never more than two together;
// otherwise they count as spaces. Nothing is left at either end.
func plain(s string, keepBreaks bool) (string, oddities) {
	var found oddities
	var b strings.Builder
	b.Grow(len(s))
	pendingBreaks, pendingSpaces := 0, 0
	s = strings.ReplaceAll(s, "\r\n", "\n")
	for _, r := range s {
		switch {
		case isBreak(r):
			found.breaks = true
			pendingBreaks++
			continue
		case r == '\t' || unicode.Is(unicode.Zs, r):
			found.spaces = found.spaces || r != ' ' || pendingSpaces > 0
			pendingSpaces++
			continue
		case unicode.In(r, unicode.Cc, unicode.Cf):
			found.control = true
			continue
		case r == unicode.ReplacementChar:
			found.unread = true
		}
		switch {
		case b.Len() == 0:
			found.spaces = found.spaces || pendingSpaces > 0
		case pendingBreaks > 0 && keepBreaks:
			b.WriteString("\n\n"[:min(pendingBreaks, 2)])
		case pendingBreaks > 0 || pendingSpaces > 0:
			b.WriteByte(' ')
		}
		pendingBreaks, pendingSpaces = 0, 0
		b.WriteRune(r)
	}
	found.spaces = found.spaces || pendingSpaces > 0
	return b.String(), found
}

func isBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

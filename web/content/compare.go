package content

import (
	"slices"

	"datacharter/domain/text"
)

// Mark says how something stands against the version before.
type Mark string

// The marks. Changed is a part of which some is the same and some is not.
const (
	Same    Mark = ""
	Added   Mark = "added"
	Removed Mark = "removed"
	Changed Mark = "changed"
)

var marks = map[Mark]text.Text{
	Same: {ZH: "未变", EN: "unchanged"}, Added: {ZH: "新增", EN: "added"}, Removed: {ZH: "删去", EN: "removed"}, Changed: {ZH: "有改动", EN: "changed"},
}

// Words names the mark.
func (m Mark) Words() text.Text { return marks[m] }

// Difference is one field of two versions.
type Difference struct {
	Name  string
	Label text.Text
	Mark  Mark
	Runs  []Run  // of a value: its pieces in their order
	Items []Item // of a list of values: those that stayed and came in their order, each that went where it stood
	Parts []Difference
	Rows  []Row
}

// Run is a piece of a text.
type Run struct {
	Mark  Mark
	Words text.Text
}

// Item is a value of a list.
type Item struct {
	Mark Mark
	Value
}

// Row is a group of a list of groups.
type Row struct {
	Mark  Mark
	Parts []Difference
}

// Compare tells what differs between two versions of a content, every field in its order. Both are of one type.
func Compare(before, after []Part) []Difference {
	var out []Difference
	for i := range after {
		out = append(out, compare(before[i], after[i]))
	}
	return out
}

// Changes leaves out what stayed the same.
func Changes(all []Difference) []Difference {
	return slices.DeleteFunc(slices.Clone(all), func(d Difference) bool { return d.Mark == Same })
}

func compare(before, after Part) Difference {
	d := Difference{Name: after.Name, Label: after.Label}
	switch {
	case after.Parts != nil:
		d.Parts = Compare(before.Parts, after.Parts)
	case before.Rows != nil || after.Rows != nil:
		d.Rows = compareRows(before.Rows, after.Rows)
	case before.List || after.List:
		d.Items = compareLists(before.Values, after.Values)
	default:
		d.Runs = compareValues(before.Values, after.Values)
	}
	d.Mark = d.mark(before.Empty(), after.Empty())
	return d
}

func (d Difference) mark(wasEmpty, isEmpty bool) Mark {
	differs := slices.ContainsFunc(d.Runs, func(r Run) bool { return r.Mark != Same }) ||
		slices.ContainsFunc(d.Items, func(i Item) bool { return i.Mark != Same }) ||
		slices.ContainsFunc(d.Parts, func(p Difference) bool { return p.Mark != Same }) ||
		slices.ContainsFunc(d.Rows, func(r Row) bool { return r.Mark != Same })
	switch {
	case !differs:
		return Same
	case wasEmpty:
		return Added
	case isEmpty:
		return Removed
	default:
		return Changed
	}
}

// compareRows pairs groups by their key; a group whose key is new is a new one.
func compareRows(before, after [][]Part) []Row {
	var out []Row
	for _, step := range align(keys(before), keys(after)) {
		switch step.mark {
		case Removed:
			out = append(out, Row{Mark: Removed, Parts: whole(before[step.before], Removed)})
		case Added:
			out = append(out, Row{Mark: Added, Parts: whole(after[step.after], Added)})
		case Same, Changed:
			r := Row{Parts: Compare(before[step.before], after[step.after])}
			if len(Changes(r.Parts)) > 0 {
				r.Mark = Changed
			}
			out = append(out, r)
		}
	}
	return out
}

// keys tell the groups of a list apart: the first field of each is its name.
func keys(rows [][]Part) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		if len(row) > 0 && len(row[0].Values) > 0 {
			out[i] = row[0].Values[0].Words.ZH
		}
	}
	return out
}

// whole marks all that is in a group.
func whole(parts []Part, mark Mark) []Difference {
	empty := make([]Part, len(parts))
	for i, p := range parts {
		empty[i] = Part{Name: p.Name, Label: p.Label, List: p.List}
	}
	if mark == Removed {
		return Compare(parts, empty)
	}
	return Compare(empty, parts)
}

func compareLists(before, after []Value) []Item {
	written := func(values []Value) []string {
		out := make([]string, len(values))
		for i, v := range values {
			out[i] = v.Words.ZH + "\x00" + v.URL
		}
		return out
	}
	var out []Item
	for _, step := range align(written(before), written(after)) {
		if step.mark == Removed {
			out = append(out, Item{Removed, before[step.before]})
		} else {
			out = append(out, Item{step.mark, after[step.after]})
		}
	}
	return out
}

// compareValues compares prose sentence by sentence, and everything else as a whole.
func compareValues(before, after []Value) []Run {
	was, is := first(before), first(after)
	if was == is && was != (text.Text{}) {
		return []Run{{Same, is}}
	}
	if was.ZH != was.EN || is.ZH != is.EN || was.ZH == "" || is.ZH == "" {
		return joined([]Run{{Removed, was}, {Added, is}})
	}
	old, now := sentences(was.ZH), sentences(is.ZH)
	var out []Run
	for _, step := range align(old, now) {
		var piece string
		switch step.mark {
		case Removed:
			piece = old[step.before]
		case Same, Added, Changed:
			piece = now[step.after]
		}
		out = append(out, Run{step.mark, text.Text{ZH: piece, EN: piece}})
	}
	return joined(out)
}

func first(values []Value) text.Text {
	if len(values) == 0 {
		return text.Text{}
	}
	return values[0].Words
}

// joined makes one of runs of the same mark that follow each other, and leaves out the empty ones.
func joined(runs []Run) []Run {
	var out []Run
	for _, r := range runs {
		switch n := len(out); {
		case r.Words == (text.Text{}):
		case n > 0 && out[n-1].Mark == r.Mark:
			out[n-1].Words.ZH += r.Words.ZH
			out[n-1].Words.EN += r.Words.EN
		default:
			out = append(out, r)
		}
	}
	return out
}

const sentenceEnds = "。；！？;!?\n"

// sentences cuts a text behind every end of a sentence; together they are the text.
func sentences(s string) []string {
	var out []string
	begin := 0
	for i, r := range s {
		if end := i + len(string(r)); slices.Contains([]rune(sentenceEnds), r) || r == ' ' && i > begin && s[i-1] == '.' {
			out = append(out, s[begin:end])
			begin = end
		}
	}
	if begin < len(s) {
		out = append(out, s[begin:])
	}
	return out
}

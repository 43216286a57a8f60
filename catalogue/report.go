package catalogue

import (
	"cmp"
	"slices"

	"datacharter/domain/catalogue"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// Outcome is what became of a row: exactly one of these.
type Outcome string

// The outcomes.
const (
	Imported  Outcome = "imported"   // stored, or found stored already
	Merged    Outcome = "merged"     // means the same resource as another row
	Skipped   Outcome = "skipped"    // is no resource
	NotStored Outcome = "not-stored" // good, but the import ended before storing it
	Withheld  Outcome = "withheld"   // differs from a registered resource, which stays as it is
)

// Reason says why a row was skipped or merged. Reasons are stable codes.
type Reason string

// The reasons.
const (
	RowNotObject    Reason = "row-not-object"
	RowNotUTF8      Reason = "row-not-utf8"
	TitleMissing    Reason = "title-missing"
	ProviderMissing Reason = "provider-missing"
	RowInvalid      Reason = "row-invalid"
	Repeat          Reason = "repeat"
	SameKey         Reason = "same-key"
)

var reasonWords = map[Reason]text.Text{
	RowNotObject:    {ZH: "不是一条记录", EN: "is not a record"},
	RowNotUTF8:      {ZH: "不是UTF-8编码", EN: "is not in UTF-8"},
	TitleMissing:    {ZH: "缺少名称", EN: "has no title"},
	ProviderMissing: {ZH: "缺少提供单位", EN: "has no provider"},
	RowInvalid:      {ZH: "字段超出限制", EN: "has fields beyond the limits"},
	Repeat:          {ZH: "与另一行内容相同", EN: "says the same as another row"},
	SameKey:         {ZH: "与另一行为同一资源，内容有出入", EN: "means the same resource as another row, in other words"},
}

// Reasons lists every reason, for documentation and tests.
func Reasons() []Reason {
	return []Reason{RowNotObject, RowNotUTF8, TitleMissing, ProviderMissing, RowInvalid, Repeat, SameKey}
}

// Words says in both languages what the reason means, as the rest of a sentence about a row.
func (r Reason) Words() text.Text { return reasonWords[r] }

// Entry is what a report says about one row.
type Entry struct {
	Row         int                    `json:"row"`
	Outcome     Outcome                `json:"outcome"`
	Reason      Reason                 `json:"reason,omitempty"` // of a skipped or merged row
	Into        int                    `json:"into,omitempty"`   // of a merged row: the row that was kept
	Stored      catalogue.Stored       `json:"stored,omitempty"` // of an imported or withheld row
	ID          string                 `json:"id,omitempty"`
	Title       string                 `json:"title,omitempty"`
	Faults      []refusal.Field        `json:"faults,omitempty"`      // of a row skipped as RowInvalid
	Differences []catalogue.Difference `json:"differences,omitempty"` // of a merged row: from the row that was kept to this one; of a changed or withheld one: from what was stored
	Remarks     []catalogue.Remark     `json:"remarks,omitempty"`
}

// Report says what an import did. Rows = Imported + Withheld + Merged + Skipped + NotStored, Imported = Created + Changed + Unchanged, and
// Withheld = Held + Dismissed.
type Report struct {
	Dry       bool     `json:"dryRun,omitempty"` // nothing was stored: the report says what would have been
	Source    string   `json:"source,omitempty"` // key of the catalogue's source; empty when the file broke off before telling it
	Rows      int      `json:"rows"`             // rows read
	Imported  int      `json:"imported"`
	Created   int      `json:"created"`
	Changed   int      `json:"changed"`
	Unchanged int      `json:"unchanged"`
	Withheld  int      `json:"withheld"`  // registered resources that the file says something else of
	Held      int      `json:"held"`      // of these, changes that wait for a person
	Dismissed int      `json:"dismissed"` // of these, changes that a person dismissed before
	Merged    int      `json:"merged"`
	Skipped   int      `json:"skipped"`
	NotStored int      `json:"notStored"`
	Failure   *Failure `json:"failure,omitempty"`

	Reasons []ReasonCount `json:"reasons"` // only those that occur, in the order of Reasons
	Remarks []RemarkCount `json:"remarks"` // only those that occur, in the order of catalogue.Codes, then by field
	Entries []Entry       `json:"entries"` // every row that is not simply imported: skipped, merged, not stored, withheld, changed, or remarked on

	rows []Entry // every row
}

// ReasonCount is the number of rows skipped or merged for a reason.
type ReasonCount struct {
	Reason Reason `json:"reason"`
	Rows   int    `json:"rows"`
}

// RemarkCount is the number of rows with a remark on a field.
type RemarkCount struct {
	Code  catalogue.Code `json:"code"`
	Field string         `json:"field,omitempty"`
	Rows  int            `json:"rows"`
}

func newReport(source string, entries []Entry) Report {
	r := Report{Source: source, Rows: len(entries), rows: entries}
	outcomes := map[Outcome]int{}
	results := map[catalogue.Stored]int{}
	reasons := map[Reason]int{}
	remarks := map[RemarkCount]int{} // keys have no count yet
	for _, e := range entries {
		outcomes[e.Outcome]++
		results[e.Stored]++
		reasons[e.Reason]++
		for _, m := range e.Remarks {
			remarks[RemarkCount{Code: m.Code, Field: m.Field}]++
		}
		if e.Outcome != Imported || e.Stored == catalogue.Changed || len(e.Remarks) > 0 {
			r.Entries = append(r.Entries, e)
		}
	}
	r.Imported, r.Merged, r.Skipped, r.NotStored = outcomes[Imported], outcomes[Merged], outcomes[Skipped], outcomes[NotStored]
	r.Created, r.Changed, r.Unchanged = results[catalogue.Created], results[catalogue.Changed], results[catalogue.Unchanged]
	r.Withheld, r.Held, r.Dismissed = outcomes[Withheld], results[catalogue.Held], results[catalogue.Dismissed]
	for _, reason := range Reasons() {
		if n := reasons[reason]; n > 0 {
			r.Reasons = append(r.Reasons, ReasonCount{reason, n})
		}
	}
	for _, code := range catalogue.Codes() {
		first := len(r.Remarks)
		for c, n := range remarks {
			if c.Code == code {
				r.Remarks = append(r.Remarks, RemarkCount{c.Code, c.Field, n})
			}
		}
		slices.SortFunc(r.Remarks[first:], func(a, b RemarkCount) int { return cmp.Compare(a.Field, b.Field) })
	}
	return r
}

package concern

import (
	"slices"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/catalogue"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// ReportInput says what is wrong with a resource.
type ReportInput struct {
	Field    string   `json:"field,omitempty" maxLength:"50" doc:"the field of the resource that is wrong, by its name there; left out for the data itself"`
	Wrong    string   `json:"wrong" maxLength:"2000" doc:"what is wrong, and what would be right"`
	Evidence []string `json:"evidence,omitempty" maxItems:"10" doc:"digests of uploaded attachments; seen by who reports and who answers"`
}

// DemandInput says what data somebody needs.
type DemandInput struct {
	Title    string `json:"title" maxLength:"200"`
	Data     string `json:"data" maxLength:"2000" doc:"what data, with which fields and for which area and time"`
	Use      string `json:"use" maxLength:"2000" doc:"what for"`
	By       string `json:"by,omitempty" format:"date" doc:"the day by which it would be useful"`
	Resource string `json:"resource,omitempty" maxLength:"200" doc:"a resource of the catalogue that comes near, or that is not open as needed"`
}

// AnswerInput answers a concern.
type AnswerInput struct {
	Outcome  State  `json:"outcome" enum:"confirmed,not-confirmed,mended,promised,available,declined" doc:"to a report: confirmed, not-confirmed or mended; to a demand: promised, available or declined"`
	Reason   string `json:"reason,omitempty" maxLength:"2000" doc:"what was found or done, or why not; may be left out where a day or a resource says it"`
	Day      string `json:"day,omitempty" format:"date" doc:"of promised: by which the data will be supplied"`
	Resource string `json:"resource,omitempty" maxLength:"200" doc:"of available: the resource of the catalogue"`
}

// Bounds of how many concerns of a kind one person may have open, and of what is said: choices of this system, against floods.
const (
	MaxOpen     = 20
	MaxEvidence = 10 // files of a report

	maxTitle = 200
	maxWords = 2000
)

// Fields lists the fields of a resource that can be reported, by their names there.
func Fields() []string {
	return []string{
		"title", "summary", "provider", "theme", "tags", "frequency", "access", "formats", "firstPublished", "updated", "version", "license", "contact", "detailUrl", "language",
		"holder", "fields", "spatial", "temporalFrom", "temporalTo",
	}
}

func (in ReportInput) check(f *refusal.Faults, facts Facts) {
	if in.Field != "" && !slices.Contains(Fields(), in.Field) {
		f.Add(refusal.NotAChoice.At("field", "choices", strings.Join(Fields(), ", ")))
	}
	f.Text("wrong", in.Wrong, maxWords)
	if f.Count("evidence", len(in.Evidence), MaxEvidence) {
		at := func(i int) string { return refusal.In("evidence", i) }
		for i, digest := range in.Evidence {
			f.Unless(facts.Files[digest], refusal.UnknownReference.At(at(i)))
		}
		f.Distinct(in.Evidence, at)
	}
}

func (in DemandInput) check(f *refusal.Faults, facts Facts) {
	f.Text("title", in.Title, maxTitle)
	f.Text("data", in.Data, maxWords)
	f.Text("use", in.Use, maxWords)
	if in.By != "" {
		notPast(f, "by", in.By, facts)
	}
	f.Unless(in.Resource == "" || facts.Resources[in.Resource], refusal.UnknownReference.At("resource"))
}

// check checks an answer; that the concern can get it at all is known.
func (in AnswerInput) check(f *refusal.Faults, facts Facts) {
	if in.Outcome == Promised || in.Outcome == Available {
		f.AtMost("reason", in.Reason, maxWords)
	} else {
		f.Text("reason", in.Reason, maxWords)
	}
	switch in.Outcome {
	case Promised:
		notPast(f, "day", in.Day, facts)
	case Available:
		f.Unless(in.Resource != "", refusal.Required.At("resource"))
	case Open, Confirmed, Dismissed, Mended, Declined, Withdrawn:
	}
	f.Unless(in.Day == "" || in.Outcome == Promised, refusal.NotWithThisAnswer.At("day"))
	f.Unless(in.Resource == "" || in.Outcome == Available, refusal.NotWithThisAnswer.At("resource"))
	f.Unless(in.Resource == "" || facts.Resources[in.Resource], refusal.UnknownReference.At("resource"))
}

func notPast(f *refusal.Faults, path, s string, facts Facts) {
	switch day, err := calendar.ParseDate(s); {
	case s == "":
		f.Add(refusal.Required.At(path))
	case err != nil:
		f.Add(refusal.NotADate.At(path))
	default:
		f.Unless(!day.Before(facts.Today), refusal.DayInPast.At(path))
	}
}

// FieldWords names what a report is about: a field of the resource, or the data itself.
func (in ReportInput) FieldWords() text.Text { return FieldWords(in.Field) }

// FieldWords names a field that is reported; the empty name stands for the data itself.
func FieldWords(field string) text.Text {
	if field == "" {
		return text.Text{ZH: "数据本身", EN: "the data itself"}
	}
	return catalogue.FieldName(field)
}

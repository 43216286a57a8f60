// Package quality scores a resource of the catalogue: how completely it is described, whether it is updated in time, and what its users found wrong with
// it. A score never comes without the words that say how it came about.
package quality

import (
	"fmt"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/catalogue"
	"datacharter/domain/policy"
	"datacharter/domain/text"
)

// Name names a part of the score.
type Name string

// The parts.
const (
	Completeness Name = "completeness" // 完整性
	Timeliness   Name = "timeliness"   // 及时性
	Accuracy     Name = "accuracy"     // 准确性
)

// Part is one part of the score.
type Part struct {
	Name        Name      `json:"name"`
	Words       text.Text `json:"words"`
	Score       *int      `json:"score,omitempty" minimum:"0" maximum:"100" doc:"left out when it cannot be said"`
	Explanation text.Text `json:"explanation" doc:"how the score came about, or why there is none"`
	Missing     []string  `json:"missing,omitempty" doc:"of completeness: the fields that are not filled in, by their names in a resource"`
}

// Score is the quality of a resource on one day.
type Score struct {
	Score       *int               `json:"score,omitempty" minimum:"0" maximum:"100" doc:"mean of the parts that can be said"`
	Explanation text.Text          `json:"explanation"`
	Parts       []Part             `json:"parts" nullable:"false"`
	Lateness    catalogue.Lateness `json:"lateness"`
	Source      policy.Source      `json:"source" doc:"of how it is scored"`
}

// Source marks the way of scoring as a choice of this system: no rule that it knows gives one.
var Source = policy.Source{Article: "none", Mark: policy.Default}

// Found is what became of the reports that users made of a resource.
type Found struct {
	Answered  int // confirmed or not, mended ones among them
	Confirmed int // and not mended yet
}

// perFault is what each confirmed fault that is not mended takes off the accuracy.
const perFault = 20

// Of scores a resource as it stands on a day.
func Of(r catalogue.Resource, day calendar.Date, found Found) Score {
	late := r.LatenessOn(day)
	s := Score{Parts: []Part{completeness(r), timeliness(late), accuracy(found)}, Lateness: late, Source: Source}
	sum, n := 0, 0
	var zh, en []string
	for _, p := range s.Parts {
		if p.Score != nil {
			sum, n = sum+*p.Score, n+1
			zh, en = append(zh, p.Words.ZH), append(en, p.Words.EN)
		}
	}
	s.Score = points((sum + n/2) / n) // completeness can always be said
	s.Explanation = text.Text{
		ZH: "能够评分的各项（" + strings.Join(zh, "、") + "）的平均分，各项权重相同，四舍五入。",
		EN: "The mean of what can be scored (" + strings.Join(en, ", ") + "), all with the same weight, rounded.",
	}
	return s
}

func points(n int) *int { return &n }

// described are the fields that are looked for, each with whether it is filled in. Title and provider are not among them: nothing enters the catalogue
// without. An unknown frequency or access says nothing; a coverage in time says something once it begins, for data that still grows has no end.
func described(r catalogue.Resource) []struct {
	field string
	there bool
} {
	return []struct {
		field string
		there bool
	}{
		{"summary", r.Summary != ""},
		{"theme", r.Theme != ""},
		{"tags", len(r.Tags) > 0},
		{"frequency", r.Frequency != "" && r.Frequency != catalogue.UnknownFrequency},
		{"access", r.Access != "" && r.Access != catalogue.UnknownAccess},
		{"formats", len(r.Formats) > 0},
		{"firstPublished", r.FirstPublished != ""},
		{"updated", r.Updated != ""},
		{"license", r.License != ""},
		{"contact", r.Contact != ""},
		{"detailUrl", r.DetailURL != ""},
		{"language", r.Language != ""},
		{"holder", r.Holder != ""},
		{"fields", len(r.Fields) > 0},
		{"spatial", len(r.Spatial) > 0},
		{"temporalFrom", r.TemporalFrom != ""},
	}
}

func completeness(r catalogue.Resource) Part {
	p := Part{Name: Completeness, Words: text.Text{ZH: "完整性", EN: "completeness"}}
	all := described(r)
	var zh, en []string
	for _, d := range all {
		if !d.there {
			name := catalogue.FieldName(d.field)
			p.Missing, zh, en = append(p.Missing, d.field), append(zh, name.ZH), append(en, name.EN)
		}
	}
	there := len(all) - len(p.Missing)
	p.Score = points((there*100 + len(all)/2) / len(all))
	p.Explanation = text.Text{
		ZH: fmt.Sprintf("%d个描述项中填写了%d个。", len(all), there),
		EN: fmt.Sprintf("%d of %d descriptive fields are filled in.", there, len(all)),
	}
	if len(p.Missing) > 0 {
		p.Explanation.ZH += "缺：" + strings.Join(zh, "、") + "。"
		p.Explanation.EN += " Missing: " + strings.Join(en, ", ") + "."
	}
	return p
}

// timeliness falls from 100, when the allowed days are over, to 0, when as many days again have passed.
func timeliness(late catalogue.Lateness) Part {
	p := Part{Name: Timeliness, Words: text.Text{ZH: "及时性", EN: "timeliness"}, Explanation: late.Explanation}
	switch late.Timing {
	case catalogue.Unsaid:
	case catalogue.OnTime:
		p.Score = points(100)
	case catalogue.Late:
		p.Score = points(100 * max(late.Allowed-late.Days, 0) / late.Allowed)
		p.Explanation.ZH += "逾期天数达到允许天数时为0分，此前按比例扣分。"
		p.Explanation.EN += " The score falls in proportion, to 0 when it is late by as many days as may pass."
	}
	return p
}

func accuracy(found Found) Part {
	p := Part{Name: Accuracy, Words: text.Text{ZH: "准确性", EN: "accuracy"}}
	switch {
	case found.Answered == 0:
		p.Explanation = text.Text{ZH: "还没有用户反馈得到答复，无从评分。", EN: "No report of a user has been answered yet, so there is nothing to score by."}
	case found.Confirmed == 0:
		p.Score = points(100)
		p.Explanation = text.Text{
			ZH: fmt.Sprintf("已答复的用户反馈%d件，没有属实而尚未修正的。", found.Answered),
			EN: fmt.Sprintf("Of %d answered reports of users, none is confirmed and still to be mended.", found.Answered),
		}
	default:
		p.Score = points(max(100-perFault*found.Confirmed, 0))
		p.Explanation = text.Text{
			ZH: fmt.Sprintf("已答复的用户反馈%d件，其中属实而尚未修正的%d件，每件扣%d分。", found.Answered, found.Confirmed, perFault),
			EN: fmt.Sprintf("Of %d answered reports of users, %d confirmed and still to be mended; each takes off %d.", found.Answered, found.Confirmed, perFault),
		}
	}
	return p
}

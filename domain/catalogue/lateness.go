package catalogue

import (
	"fmt"

	"datacharter/domain/calendar"
	"datacharter/domain/policy"
	"datacharter/domain/text"
)

// Timing says whether a resource was updated as often as it is said to be.
type Timing string

// The answers. Unsaid is no fault: of data that is not updated, or nobody knows how often, nothing is late.
const (
	OnTime Timing = "on-time"
	Late   Timing = "late"
	Unsaid Timing = "cannot-be-said"
)

var timings = []term[Timing]{
	{OnTime, text.Text{ZH: "按时", EN: "on time"}, nil},
	{Late, text.Text{ZH: "逾期", EN: "late"}, nil},
	{Unsaid, text.Text{ZH: "无法判断", EN: "cannot be said"}, nil},
}

// Name is the answer in words.
func (t Timing) Name() text.Text { return nameOf(timings, t) }

// Lateness is how a resource stands on one day.
type Lateness struct {
	Timing      Timing        `json:"timing"`
	Words       text.Text     `json:"words"`
	Days        int           `json:"days" doc:"calendar days by which the update is late; 0 unless it is"`
	Allowed     int           `json:"allowed" doc:"calendar days that may pass from one update to the next; 0 when it cannot be said"`
	Explanation text.Text     `json:"explanation"`
	Source      policy.Source `json:"source" doc:"of the allowed days"`
}

// LatenessSource marks the allowed days as a choice of this system: the published catalogues say how often, not when an update is late.
var LatenessSource = policy.Source{Article: "none", Mark: policy.Default}

// LatenessRule is that choice in words.
var LatenessRule = text.Text{
	ZH: "两次更新之间允许的天数为更新周期的最长天数另加一成，不足一天的按一天计。",
	EN: "From one update to the next there may pass the longest length of the interval and a tenth of it, parts of a day counting as one day.",
}

// longest is the greatest number of calendar days between two updates that are made as often as the frequency says. What is updated in real time has
// been updated today.
var longest = map[Frequency]int{
	Realtime: 0, Daily: 1, Weekly: 7, HalfMonthly: 16, Monthly: 31, Quarterly: 92, HalfYearly: 184, Yearly: 366,
}

// allowed is the number of days that may pass between two updates; false when the frequency does not say.
func (f Frequency) allowed() (days int, ok bool) {
	days, ok = longest[f]
	return days + max((days+9)/10, 1), ok
}

// LatenessOn says how the resource stands on a day. An update that is dated after that day is on time.
func (r Resource) LatenessOn(day calendar.Date) Lateness {
	allowed, regular := r.Frequency.allowed()
	updated, err := calendar.ParseDate(r.Updated)
	l := Lateness{Timing: Unsaid, Source: LatenessSource}
	name := r.Frequency.Name()
	switch late := updated.DaysUntil(day) - allowed; {
	case r.Frequency == Static:
		l.Explanation = text.Text{ZH: "静态数据不再更新。", EN: "Data that is not updated is never late."}
	case !regular:
		l.Explanation = text.Text{ZH: "更新频率为“" + name.ZH + "”，无从判断是否逾期。", EN: "How often it is updated is “" + name.EN + "”, which says nothing about when it is late."}
	case err != nil:
		l.Explanation = text.Text{ZH: "没有最近更新日期，无从判断是否逾期。", EN: "There is no day of the last update to count from."}
	case late > 0:
		l.Timing, l.Days, l.Allowed = Late, late, allowed
		l.Explanation = text.Text{
			ZH: fmt.Sprintf("%s更新，最近更新于%s，超过允许的%d天，逾期%d天。", name.ZH, r.Updated, allowed, late),
			EN: fmt.Sprintf("Updated: %s. It was last updated on %s; %s may pass, and it is late by %s.", name.EN, r.Updated, days(allowed), days(late)),
		}
	default:
		l.Timing, l.Allowed = OnTime, allowed
		l.Explanation = text.Text{
			ZH: fmt.Sprintf("%s更新，最近更新于%s，未超过允许的%d天。", name.ZH, r.Updated, allowed),
			EN: fmt.Sprintf("Updated: %s. It was last updated on %s, and %s may pass.", name.EN, r.Updated, days(allowed)),
		}
	}
	l.Words = l.Timing.Name()
	if l.Timing == Late {
		l.Words = text.Text{ZH: fmt.Sprintf("逾期%d天", l.Days), EN: "late by " + days(l.Days)}
	}
	return l
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprint(n) + " days"
}

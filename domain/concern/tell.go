package concern

// Tell is something that people are told of a concern.
type Tell struct {
	To      Audience
	Subject string // of domain/notice
}

// Audience is who is told.
type Audience string

// The audiences.
const (
	ToAnswerers  Audience = "answerers"
	ToRaiser     Audience = "raiser"
	ToSupporters Audience = "supporters"
)

// subjects are what who raised a concern is told of each answer.
var subjects = map[State]string{
	Confirmed: "report-confirmed", Dismissed: "report-not-confirmed", Mended: "report-mended",
	Promised: "demand-promised", Available: "demand-available", Declined: "demand-declined",
}

// Tells lists what people are told when an entry is made of the concern.
func (c Concern) Tells(e Entry) []Tell {
	switch {
	case e.Action == Raise && c.Kind == Report:
		return []Tell{{ToAnswerers, "report-raised"}}
	case e.Action == Raise:
		return []Tell{{ToAnswerers, "demand-raised"}}
	case e.Action == Answer && c.Kind == Demand:
		return []Tell{{ToRaiser, subjects[e.State]}, {ToSupporters, subjects[e.State]}}
	case e.Action == Answer:
		return []Tell{{ToRaiser, subjects[e.State]}}
	case e.Action == Withdraw && c.Kind == Demand:
		return []Tell{{ToSupporters, "demand-withdrawn"}}
	default: // a support tells nobody, and a report that is taken back concerns nobody any more
		return nil
	}
}

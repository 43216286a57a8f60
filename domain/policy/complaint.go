package policy

import (
	"datacharter/domain/calendar"
	"datacharter/domain/text"
)

// Complaint holds the rules of complaints and reports by anyone (投诉举报).
type Complaint struct {
	Accept Limit `yaml:"accept" json:"accept"` // accepted or refused, from the day on which it was lodged
	Answer Limit `yaml:"answer" json:"answer"` // answered, from the day on which it was accepted
	Chase  Limit `yaml:"chase" json:"chase"`   // how often what is late is asked for again
	Apart  Duty  `yaml:"apart" json:"apart"`   // whoever is complained of has no part in handling it
}

// defaultComplaint are the rules of profiles older than complaints: a complaint can be about an authorisation that goes by one.
var defaultComplaint = Complaint{
	Accept: ownLimit(5, "收到投诉举报后5个工作日内决定是否受理（没有规定设定期限）", "A complaint is accepted or refused within 5 working days (no rule sets a limit)"),
	Answer: ownLimit(30, "受理后30个工作日内答复（没有规定设定期限）", "It is answered within 30 working days of being accepted (no rule sets a limit)"),
	Chase:  ownLimit(5, "逾期的，每5个工作日催办一次（没有规定设定期限）", "What is late is asked for again every 5 working days (no rule sets a limit)"),
	Apart: Duty{
		Source: Source{Article: "none", Mark: Default},
		Rule:   text.Text{ZH: "被投诉举报的机构不参与办理（没有规定）", EN: "The organisation that is complained of has no part in handling it (no rule says so)"},
	},
}

func ownLimit(days calendar.WorkingDays, zh, en string) Limit {
	return Limit{Source: Source{Article: "none", Mark: Default}, Span: Span{days}, Rule: text.Text{ZH: zh, EN: en}}
}

// OfComplaints are the profile's rules of complaints and reports.
func (p *Profile) OfComplaints() Complaint {
	if p.Complaint == nil {
		return defaultComplaint
	}
	return *p.Complaint
}

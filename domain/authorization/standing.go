package authorization

import (
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Standing is what an applicant states of itself, so that the plan's conditions for operators can be tested on it (27号 Art. 10(3), 12).
type Standing struct {
	Capital        int      `json:"capital,omitempty" minimum:"0" doc:"registered capital paid in, in 10,000 yuan"`
	Staff          int      `json:"staff,omitempty" minimum:"0" doc:"people employed"`
	TechnicalStaff int      `json:"technical_staff,omitempty" minimum:"0" doc:"of these, in technology"`
	Founded        string   `json:"founded,omitempty" format:"date"`
	SecurityLevel  int      `json:"security_level,omitempty" minimum:"0" maximum:"5" doc:"level of protection 等级保护 of its system; 0 for none"`
	Projects       int      `json:"projects,omitempty" minimum:"0" doc:"comparable projects done"`
	Certificates   []string `json:"certificates,omitempty" maxItems:"50" doc:"certificates that it holds"`
	Discredited    bool     `json:"discredited,omitempty" doc:"it is on a list of those who broke faith 失信"`
	Insolvent      bool     `json:"insolvent,omitempty"`
}

const (
	maxCertificates  = 50
	maxSecurityLevel = 5
)

func (s Standing) check(f *refusal.Faults, env lifecycle.Env) {
	for _, n := range []struct {
		path  string
		value int
	}{
		{"capital", s.Capital}, {"staff", s.Staff}, {"technical_staff", s.TechnicalStaff}, {"security_level", s.SecurityLevel}, {"projects", s.Projects},
	} {
		f.Unless(n.value >= 0, refusal.NotNegative.At("standing."+n.path))
	}
	f.Unless(s.SecurityLevel <= maxSecurityLevel, refusal.SecurityLevel.At("standing.security_level"))
	if s.Founded != "" {
		on, err := calendar.ParseDate(s.Founded)
		f.Unless(err == nil, refusal.NotADate.At("standing.founded"))
		f.Unless(err != nil || !on.After(calendar.DateOf(env.Now)), refusal.DateInFuture.At("standing.founded"))
	}
	if f.Count("standing.certificates", len(s.Certificates), maxCertificates) {
		at := func(i int) string { return refusal.In("standing.certificates", i) }
		for i, c := range s.Certificates {
			f.Text(at(i), c, maxTitle)
		}
		f.Distinct(s.Certificates, at)
	}
}

// facts is the standing as a plan's conditions look at it today.
func (s Standing) facts(a Application, env lifecycle.Env) policy.ApplicantFacts {
	certificates := make([]string, len(s.Certificates))
	for i, c := range s.Certificates {
		certificates[i] = strings.TrimSpace(c)
	}
	return policy.ApplicantFacts{
		Capital: s.Capital, Staff: s.Staff, TechnicalStaff: s.TechnicalStaff, SecurityLevel: s.SecurityLevel, Projects: s.Projects, Years: s.years(env),
		Certificates: certificates, Discredited: s.Discredited, Insolvent: s.Insolvent, Application: a.facts(),
	}
}

// years are the whole ones since it was founded; none when it does not say.
func (s Standing) years(env lifecycle.Env) int {
	on, err := calendar.ParseDate(s.Founded)
	if err != nil {
		return 0
	}
	today, years := calendar.DateOf(env.Now), 0
	for !on.AddMonths(12 * (years + 1)).After(today) {
		years++
	}
	return years
}

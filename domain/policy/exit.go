package policy

import "datacharter/domain/text"

// Money is what the authority owes the operator for an exit.
type Money string

// The answers (行政许可法 Art. 8, 69; 法释〔2019〕17号 Art. 16, 21).
const (
	NoMoney      Money = "none"
	Compensation Money = "compensation" // 补偿, for what was lawful
	Damages      Money = "damages"      // 赔偿, for what was not
)

// ExitProcedure holds the rules of an exit in full: what the ways differ in, cure, hearing, remedies, and what outlives it.
type ExitProcedure struct {
	Ways            []ExitWay  `yaml:"ways" json:"ways"`
	Cure            Limit      `yaml:"cure" json:"cure"`
	Assessment      Limit      `yaml:"assessment" json:"assessment"` // of a cure that was reported
	NoGraver        Duty       `yaml:"no_graver" json:"no_graver"`   // ground, way and consequences are those of the notice
	HearingRequest  Limit      `yaml:"hearing_request" json:"hearing_request"`
	HearingNotice   Limit      `yaml:"hearing_notice" json:"hearing_notice"` // of time and place, before the hearing
	HearingHeld     Limit      `yaml:"hearing_held" json:"hearing_held"`     // after the request
	HearingRules    Duty       `yaml:"hearing_rules" json:"hearing_rules"`
	Resolution      Decision   `yaml:"resolution" json:"resolution"` // by meeting, for the ways that ask for one
	Reconsideration ExitRemedy `yaml:"reconsideration" json:"reconsideration"`
	Suit            ExitRemedy `yaml:"suit" json:"suit"`
	Stay            Duty       `yaml:"stay" json:"stay"`
	NoReturn        Duty       `yaml:"no_return" json:"no_return"`     // what the point of no return means
	MakingGood      Limit      `yaml:"making_good" json:"making_good"` // settling what is owed when nothing can be undone any more
	Duties          []ExitDuty `yaml:"duties" json:"duties"`           // that outlive the authorisation
	Ban             Limit      `yaml:"ban" json:"ban"`                 // of re-entry, for the ways that bring one; the longest there is
	Blacklist       Duty       `yaml:"blacklist" json:"blacklist"`
	Appeal          Limit      `yaml:"appeal" json:"appeal"` // answered within
}

// ExitWay is what one of Ways means in procedure and effects.
type ExitWay struct {
	Source    `yaml:",inline"`
	Code      string    `yaml:"code" json:"code"`
	Authority text.Text `yaml:"authority" json:"authority"`
	Procedure text.Text `yaml:"procedure" json:"procedure"`
	Effects   text.Text `yaml:"effects" json:"effects"`
	Money     Money     `yaml:"money" json:"money"`
	Cure      bool      `yaml:"cure,omitempty" json:"cure,omitempty"`       // a ground on which something can be cured gives time for it
	Hearing   bool      `yaml:"hearing,omitempty" json:"hearing,omitempty"` // may be asked for
	Meeting   bool      `yaml:"meeting,omitempty" json:"meeting,omitempty"` // must decide first
	Harm      bool      `yaml:"harm,omitempty" json:"harm,omitempty"`       // not done where it would do great harm to the public interest
	Ban       bool      `yaml:"ban,omitempty" json:"ban,omitempty"`         // brings a ban on re-entry
}

// ExitRemedy is one way to have the decision reviewed.
type ExitRemedy struct {
	Limit Limit     `yaml:"limit" json:"limit"` // from service
	Body  text.Text `yaml:"body" json:"body"`
}

// ExitDuty is a duty that outlives the authorisation.
type ExitDuty struct {
	Code  string    `yaml:"code" json:"code"`
	Title text.Text `yaml:"title" json:"title"`
	Limit Limit     `yaml:"limit" json:"limit"` // how long it lasts
}

// Way returns the rules of a way, and nil where the profile has none.
func (r ExitRules) Way(code string) *ExitWay {
	if r.Procedure == nil {
		return nil
	}
	for i := range r.Procedure.Ways {
		if r.Procedure.Ways[i].Code == code {
			return &r.Procedure.Ways[i]
		}
	}
	return nil
}

// Owed is what the authority owes the operator for an exit on the ground: what the ground says of itself, else what its way says.
func (w ExitWay) Owed(g ExitGround) Money {
	if g.Money != "" {
		return g.Money
	}
	return w.Money
}

package policy

// Disclosure holds the rules of the yearly disclosure of authorised operation (年度授权运营信息披露).
type Disclosure struct {
	Due     Limit `yaml:"due" json:"due"`         // of the year before, counted from its last day
	Chase   Limit `yaml:"chase" json:"chase"`     // how often who is late is asked again, and his supervisors told
	Check   Duty  `yaml:"check" json:"check"`     // what is published was checked by somebody who did not prepare it
	Correct Duty  `yaml:"correct" json:"correct"` // corrections keep what was published before
}

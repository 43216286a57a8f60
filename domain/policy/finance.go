package policy

// Finance holds the rules of an operator's prices and revenue (65号): what it may take in, what follows from what it took in, and how that is shared.
type Finance struct {
	Allowance Duty      `yaml:"allowance" json:"allowance"` // who fixes the maximum allowed revenue, and from what
	Return    Duty      `yaml:"return" json:"return"`       // how high the return may be
	Ceilings  Duty      `yaml:"ceilings" json:"ceilings"`   // ceilings at the forecast volume stay within the allowance
	Year      Limit     `yaml:"year" json:"year"`           // explains the end of the first complete year of operation
	Review    Limit     `yaml:"review" json:"review"`       // after which an allowance is reviewed
	Deviation Duty      `yaml:"deviation" json:"deviation"` // what a year's deviation leads to
	Adjust    Limit     `yaml:"adjust" json:"adjust"`       // within which charges or ceilings are adjusted
	Smoothing Smoothing `yaml:"smoothing" json:"smoothing"`
	Report    Limit     `yaml:"report" json:"report"` // of the year before, counted from its last day
	Sharing   Duty      `yaml:"sharing" json:"sharing"`
	Second    Duty      `yaml:"second" json:"second"` // who prepared does not approve
	Final     Limit     `yaml:"final" json:"final"`   // of the last settlement, from the authorisation's end
}

// Smoothing is over how many years an excess may be deducted.
type Smoothing struct {
	Duty `yaml:",inline"`
	Most int `yaml:"most" json:"most"` // years
}

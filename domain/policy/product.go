package policy

// Product holds the rules of products and services as cases (数据产品和服务, 27号 Art. 14(3), 16, 19; 65号). The conditions of its reviews and of the trial
// look on the product alone: ApplicationFacts with one product and the number of its resources.
type Product struct {
	Within  Duty          `yaml:"within" json:"within"` // a product stays within the signed agreement
	Review  ReviewPhase   `yaml:"review" json:"review"` // security and business compliance, and whatever else is asked for
	Trial   *ProductTrial `yaml:"trial,omitempty" json:"trial,omitempty"`
	Ceiling Limit         `yaml:"ceiling" json:"ceiling"` // within which the agency sets it
	Tariff  Duty          `yaml:"tariff" json:"tariff"`   // a ceiling is a trial tariff (试行收费标准) until a complete year of operation exists
	Charge  Duty          `yaml:"charge" json:"charge"`   // changes within the ceiling need a reason and no new review
}

// ProductTrial is admission by trial (试运行).
type ProductTrial struct {
	Duty    `yaml:",inline"`
	When    *Condition `yaml:"when,omitempty" json:"when,omitempty"` // on the product; nil for always
	Longest Limit      `yaml:"longest" json:"longest"`
	Result  Limit      `yaml:"result" json:"result"` // within which the agency says what came of it
}

// Asked reports whether a product is admitted by trial. A condition that fails is an error.
func (t *ProductTrial) Asked(f ApplicationFacts) (bool, error) {
	if t == nil {
		return false, nil
	}
	return Review{When: t.When}.Applies(f)
}

package policy

import "datacharter/domain/text"

// Registration holds the rules of registration (26号).
type Registration struct {
	Materials      []Ground           `yaml:"materials" json:"materials"`             // the seven groups of a first registration
	AfterOperation Limit              `yaml:"after_operation" json:"after_operation"` // from supply or delivery, when operation comes first
	Acceptance     Limit              `yaml:"acceptance" json:"acceptance"`
	Completion     Limit              `yaml:"completion" json:"completion"` // registrant completes what was missing
	MaxReturns     int                `yaml:"max_returns" json:"max_returns"`
	ReturnsRule    Duty               `yaml:"returns_rule" json:"returns_rule"` // explains MaxReturns
	Review         Limit              `yaml:"review" json:"review"`
	Notice         Limit              `yaml:"notice" json:"notice"`
	Recheck        Limit              `yaml:"recheck" json:"recheck"` // of an objection
	Coding         Limit              `yaml:"coding" json:"coding"`
	Validity       Limit              `yaml:"validity" json:"validity"`
	ProductTerm    Duty               `yaml:"product_term" json:"product_term"`     // explains the validity of a product whose agreement is no longer than Validity
	RenewalWindow  Limit              `yaml:"renewal_window" json:"renewal_window"` // opens that long before the validity ends
	Deregistration Limit              `yaml:"deregistration" json:"deregistration"`
	Types          []RegistrationType `yaml:"types" json:"types"`
	Grounds        []Ground           `yaml:"grounds" json:"grounds"`       // of deregistration
	Misconduct     []Ground           `yaml:"misconduct" json:"misconduct"` // of registrants
	Revocation     Duty               `yaml:"revocation" json:"revocation"`
	RegistryFaults []Ground           `yaml:"registry_faults" json:"registry_faults"`
	Measures       []Ground           `yaml:"measures" json:"measures"` // against registries
}

// RegistrationType is a type of registration with the steps that follow its acceptance.
type RegistrationType struct {
	Source `yaml:",inline"`
	Code   string    `yaml:"code" json:"code"`
	Title  text.Text `yaml:"title" json:"title"`
	Review bool      `yaml:"review" json:"review"` // formal review
	Notice bool      `yaml:"notice" json:"notice"` // public notice
}

// RegistrationTypes are the codes of the types, all of which a profile has.
var RegistrationTypes = []string{"first", "change", "correction", "renewal", "deregistration"}

// RegistrationMaterials are the keys of the seven groups of a first registration, in the order of 26号 Art. 9(1).
var RegistrationMaterials = []string{"registrant", "source", "resource", "preservation", "product", "scenario", "risk"}

// Type returns the type of the code, which every profile has.
func (r *Registration) Type(code string) RegistrationType {
	for _, t := range r.Types {
		if t.Code == code {
			return t
		}
	}
	return RegistrationType{Code: code}
}

// Has reports whether a code is among the grounds.
func Has(grounds []Ground, code string) bool {
	for _, g := range grounds {
		if g.Code == code {
			return true
		}
	}
	return false
}

package policy

import "datacharter/domain/identity"

// Supervision holds the rules of findings: what they can be about, and the limits of their rectification.
type Supervision struct {
	Subjects     []Ground `yaml:"subjects" json:"subjects"`         // what a finding can be about (监督发现问题)
	Handle       Limit    `yaml:"handle" json:"handle"`             // whoever raised the finding orders rectification or dismisses it
	Rectify      Limit    `yaml:"rectify" json:"rectify"`           // the operator rectifies and hands in evidence, from the order (责令整改)
	Extend       Limit    `yaml:"extend" json:"extend"`             // by how much more, once, from the day of the extension
	Reinspection Limit    `yaml:"reinspection" json:"reinspection"` // who raised the finding inspects again, from the day on which evidence was handed in
	Consequence  Limit    `yaml:"consequence" json:"consequence"`   // the agency carries out the suspension or the exit that was asked for, or declines
	Incident     Incident `yaml:"incident" json:"incident"`         // emergency suspension (紧急暂停)

	Inspection *Inspections  `yaml:"inspection,omitempty" json:"inspection,omitempty"`
	Evaluation *Evaluation   `yaml:"evaluation,omitempty" json:"evaluation,omitempty"`
	Audit      *Audits       `yaml:"audit,omitempty" json:"audit,omitempty"`
	Renewal    []RenewalRule `yaml:"renewal,omitempty" json:"renewal,omitempty"` // what evaluations and audits mean for a renewal

	Competition []Indicator `yaml:"competition,omitempty" json:"competition,omitempty"` // signs that competition may not be fair
}

// Incident holds the rules of emergency suspension: one person suspends at once, and another reviews it.
type Incident struct {
	Duty        `yaml:",inline"`
	SuspendedBy []identity.Role `yaml:"suspended_by" json:"suspended_by"` // of the agency's case officers and administrators, and supervisors
	ReviewedBy  []identity.Role `yaml:"reviewed_by" json:"reviewed_by"`   // of the agency's administrators and supervisors, but never the same person
	Review      Limit           `yaml:"review" json:"review"`             // within which it is confirmed or lifted
}

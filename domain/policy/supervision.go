package policy

// Supervision holds the rules of findings: what they can be about, and the limits of their rectification.
type Supervision struct {
	Subjects     []Ground `yaml:"subjects" json:"subjects"`         // what a finding can be about (监督发现问题)
	Rectify      Limit    `yaml:"rectify" json:"rectify"`           // the operator rectifies and hands in evidence, from the order (责令整改)
	Extend       Limit    `yaml:"extend" json:"extend"`             // by how much more, once, from the day of the extension
	Reinspection Limit    `yaml:"reinspection" json:"reinspection"` // who raised the finding inspects again, from the day on which evidence was handed in
}

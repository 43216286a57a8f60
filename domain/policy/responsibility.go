package policy

import (
	"datacharter/domain/identity"
	"datacharter/domain/text"
)

// Responsibility says who answers for what in an authorised operation (责任清单), management and operation kept apart (管运适度分离).
type Responsibility struct {
	Separation Duty                  `yaml:"separation" json:"separation"` // no organisation both manages and operates under the same authorisation
	Stages     []ResponsibilityStage `yaml:"stages" json:"stages"`         // the four of ResponsibilityStages, in their order
}

// ResponsibilityStages lists the codes of the stages: production, processing, use and product operation (生产、加工、使用、产品经营).
var ResponsibilityStages = []string{"production", "processing", "use", "product-operation"}

// ResponsibilityStage is one stage of authorised operation with its duties.
type ResponsibilityStage struct {
	Code   string         `yaml:"code" json:"code"`
	Title  text.Text      `yaml:"title" json:"title"`
	Duties []AssignedDuty `yaml:"duties" json:"duties"`
}

// AssignedDuty is one duty with those who answer for it.
type AssignedDuty struct {
	Source  `yaml:",inline"`
	Code    string          `yaml:"code" json:"code"`
	Title   text.Text       `yaml:"title" json:"title"`
	Side    DutySide        `yaml:"side" json:"side"`
	Parties []identity.Kind `yaml:"parties" json:"parties"` // answering for it each in its own part
}

// DutySide is the side to which a duty belongs.
type DutySide string

// The sides.
const (
	ManagementSide DutySide = "management" // 管理: to supply, to authorise, to supervise
	OperationSide  DutySide = "operation"  // 运营
)

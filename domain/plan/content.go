package plan

import (
	"datacharter/domain/agreement"
	"datacharter/domain/grading"
	"datacharter/domain/lifecycle"
)

// Content is what a plan says, in the order of the twelve items of 27号 Art. 10.
type Content struct {
	Name        string      `json:"name" maxLength:"200" doc:"name of the authorised operation 授权运营名称"`
	Necessity   string      `json:"necessity,omitempty" maxLength:"4000"`
	Feasibility Feasibility `json:"feasibility"`

	Conditions []Condition `json:"conditions,omitempty" maxItems:"50" doc:"for choosing the operator; each capability of 27号 Art. 10(3) has one"`
	Method     string      `json:"method,omitempty" doc:"a way of choosing the operator, of the policy profile"`

	Mode   string `json:"mode,omitempty" doc:"a mode of the policy profile: whole, field or scenario"`
	Extent string `json:"extent,omitempty" maxLength:"2000" doc:"which field or scenario; needed unless it is the whole"`

	Resources   []Resource           `json:"resources,omitempty" maxItems:"500"`
	Association *grading.Association `json:"association,omitempty" doc:"what the resources bring about together; needed for more than one"`
	RiskReport  []string             `json:"risk_report,omitempty" doc:"digests of the risk assessment of the resources together"`

	TermMonths  int         `json:"term_months,omitempty" minimum:"0" maximum:"300"`
	TermReason  string      `json:"term_reason,omitempty" maxLength:"2000" doc:"documented reason for a term longer than the profile allows in principle"`
	Undertaking Undertaking `json:"undertaking"`

	Products   []Product  `json:"products,omitempty" maxItems:"100" doc:"intended products and services"`
	Accounting Accounting `json:"accounting"`
	Protection Protection `json:"protection"`
	Rights     Rights     `json:"rights"`
	Oversight  Oversight  `json:"oversight"`
	Other      string     `json:"other,omitempty" maxLength:"4000" doc:"other matters; say 无 when there are none"`

	Exclusive Exclusive `json:"exclusive"`
	PreReview string    `json:"pre_review,omitempty" maxLength:"4000" doc:"the drafter's own fair-competition review (公平竞争审查条例 Art. 14)"`

	CommentDays   int      `json:"comment_days,omitempty" minimum:"0" maximum:"365" doc:"of public comment, in calendar days; left out: as the profile says"`
	CommentReason string   `json:"comment_reason,omitempty" maxLength:"2000" doc:"why public comment is shorter than the profile says"`
	Attachments   []string `json:"attachments,omitempty" doc:"digests of uploaded attachments"`
}

// Feasibility is the argument of feasibility: at least these five (27号 Art. 10(2)).
type Feasibility struct {
	Service string `json:"service,omitempty" maxLength:"4000" doc:"data management over the whole life cycle"`
	Demand  string `json:"demand,omitempty" maxLength:"4000" doc:"social demand"`
	Market  string `json:"market,omitempty" maxLength:"4000" doc:"market size"`
	Effect  string `json:"effect,omitempty" maxLength:"4000" doc:"expected effect"`
	Risk    string `json:"risk,omitempty" maxLength:"4000" doc:"risk control"`
}

// Condition is one condition for choosing the operator; Expression tests applicants and may be left out where words must do.
type Condition struct {
	Capability string `json:"capability" enum:"funds,management,technology,service,security"`
	Title      string `json:"title" maxLength:"200" doc:"the condition in words, as it is told to who fails it"`
	Expression string `json:"expression,omitempty" maxLength:"1000" doc:"CEL on what an applicant states of itself, such as capital >= 1000 && !discredited"`
}

// Resource is a resource in scope, with what is promised of it.
type Resource struct {
	ID        string `json:"id" doc:"of the catalogue"`
	Frequency string `json:"frequency,omitempty" maxLength:"100" doc:"update frequency"`
	Quality   string `json:"quality,omitempty" maxLength:"2000"`
}

// Undertaking is the sixth item: what is built, how it is assessed and how it ends.
type Undertaking struct {
	Construction string `json:"construction,omitempty" maxLength:"4000"`
	Support      string `json:"support,omitempty" maxLength:"4000" doc:"technical support"`
	Schedule     string `json:"schedule,omitempty" maxLength:"4000"`
	Evaluation   string `json:"evaluation,omitempty" maxLength:"4000" doc:"evaluation standard"`
	Exit         string `json:"exit,omitempty" maxLength:"4000" doc:"exit mechanism"`
	Assets       string `json:"assets,omitempty" maxLength:"4000" doc:"asset management"`
}

// Product is an intended product or service, in one of the two classes (27号 Art. 10(7), 65号 part 1).
type Product struct {
	Name     string          `json:"name" maxLength:"200"`
	Class    agreement.Class `json:"class" enum:"public-benefit,industry"`
	Form     string          `json:"form" maxLength:"100" doc:"expected form: data set, API, model, report, verification …"`
	Scenario string          `json:"scenario,omitempty" maxLength:"2000"`
}

// Accounting is cost, income and how income is shared.
type Accounting struct {
	Costs   string            `json:"costs,omitempty" maxLength:"4000"`
	Income  string            `json:"income,omitempty" maxLength:"4000"`
	Sharing string            `json:"sharing,omitempty" maxLength:"4000" doc:"revenue-sharing mechanism"`
	Shares  []agreement.Share `json:"shares,omitempty" maxItems:"50" doc:"shares of income in hundredths of a percent, together 10000; may be left to the agreement"`
}

// Protection is the ninth item.
type Protection struct {
	Security  string `json:"security,omitempty" maxLength:"4000" doc:"data security"`
	Personal  string `json:"personal,omitempty" maxLength:"4000" doc:"protection of personal information"`
	Emergency string `json:"emergency,omitempty" maxLength:"4000"`
}

// Rights are rights and duties by party.
type Rights struct {
	Agency   string `json:"agency,omitempty" maxLength:"4000"`
	Operator string `json:"operator,omitempty" maxLength:"4000"`
	Others   string `json:"others,omitempty" maxLength:"4000" doc:"other participants"`
}

// Oversight is the eleventh item.
type Oversight struct {
	Supervision string `json:"supervision,omitempty" maxLength:"4000"`
	Assessment  string `json:"assessment,omitempty" maxLength:"4000"`
}

// Exclusive are terms that keep others out, such as one operator alone for a resource. They need an exception in the fair-competition review.
type Exclusive struct {
	Terms  string `json:"terms,omitempty" maxLength:"2000" doc:"left out when nobody is kept out"`
	Reason string `json:"reason,omitempty" maxLength:"2000"`
}

// Bounds of inputs, in characters and in number.
const (
	maxText       = 4000
	maxPart       = 2000
	maxTitle      = 200
	maxForm       = 100
	maxResources  = 500
	maxProducts   = 100
	maxConditions = 50
	maxShares     = 50
	maxTerm       = 300 // months, whatever the reason
	maxComment    = 365 // days
)

// Hash identifies exactly this content.
func (c Content) Hash() string { return lifecycle.ContentHash(c) }

// resourceIDs lists the resources in scope.
func (c Content) resourceIDs() []string {
	ids := make([]string, len(c.Resources))
	for i, r := range c.Resources {
		ids[i] = r.ID
	}
	return ids
}

// files lists the attachments.
func (c Content) files() []string {
	return append(append([]string{}, c.Attachments...), c.RiskReport...)
}

// needs says what must be looked up to check the content.
func (c Content) needs() lifecycle.Needs {
	ids := c.resourceIDs()
	return lifecycle.Needs{Resources: ids, Gradings: ids, Attachments: c.files()}
}

// Package agreement is the authorised-operation agreement (授权运营协议) as structured content: its 13 items (27号 Art. 14) and what they must satisfy.
package agreement

import (
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
)

// Class is what a product or service is for; it decides about charging (27号 Art. 10(7), 65号 1).
type Class string

// The classes.
const (
	PublicBenefit Class = "public-benefit" // 公共治理、公益事业: free of charge
	Industry      Class = "industry"       // 产业发展、行业发展: may be charged up to a ceiling
)

// Agreement is one version of the text agreed on. The fields stand in the order of the 13 items of 27号 Art. 14.
type Agreement struct {
	Resources  []string  `json:"resources" maxItems:"500" doc:"catalogue resources in scope, by ID"`
	Term       Term      `json:"term"`
	Products   []Product `json:"products" maxItems:"100" doc:"products and services with their technical standard and reviews"`
	Platform   string    `json:"platform" maxLength:"4000" doc:"technical support platform"`
	Assets     string    `json:"assets" maxLength:"4000" doc:"ownership of hardware, software, products and services"`
	Disclosure Openness  `json:"disclosure"`
	Accounting Sharing   `json:"accounting"`
	Security   string    `json:"security" maxLength:"4000" doc:"data security, personal information, risk monitoring, emergencies"`
	Evaluation string    `json:"evaluation" maxLength:"4000" doc:"performance evaluation, renewal and exit mechanism"`
	Breach     string    `json:"breach" maxLength:"4000" doc:"liability for breach"`
	Disputes   Disputes  `json:"disputes"`
	Change     string    `json:"change" maxLength:"4000" doc:"conditions of change and termination"`
	Other      string    `json:"other" maxLength:"4000" doc:"other matters; say 无 when there are none"`
	Conditions []string  `json:"conditions,omitempty" maxItems:"2000" doc:"conditions attached to the reviews' approvals, repeated word for word"`
	Volumes    []Bound   `json:"volumes,omitempty" maxItems:"50" doc:"bounds of use, where the parties agree on any"`
}

// Term is the term of operation; both days belong to it.
type Term struct {
	From      calendar.Date `json:"from" format:"date"`
	To        calendar.Date `json:"to" format:"date"`
	Exception string        `json:"exception,omitempty" maxLength:"2000" doc:"documented reason for a term over five years"`
}

// Product is one product or service that the operator may offer.
type Product struct {
	Name       string `json:"name" maxLength:"200"`
	Class      Class  `json:"class" enum:"public-benefit,industry"`
	Form       string `json:"form" maxLength:"100" doc:"data set, API, model, report, verification …"`
	Standard   string `json:"standard" maxLength:"2000" doc:"technical standard"`
	Security   string `json:"security_review" maxLength:"2000" doc:"security review required"`
	Compliance string `json:"compliance_review" maxLength:"2000" doc:"business-compliance review required"`
}

// Bound is the most that may be used in each of the periods; the use ledger is judged by it.
type Bound struct {
	Stage   string `json:"stage" enum:"supply,processing,use,product-operation"`
	Product string `json:"product,omitempty" maxLength:"200" doc:"a product of the agreement; left out for all together"`
	Unit    string `json:"unit" enum:"number,times,time,calls,records,megabytes"`
	Per     Period `json:"per" enum:"day,month,year,term"`
	Most    int64  `json:"most" minimum:"0"`
}

// Period is a length of time over which use is added up.
type Period string

// The periods.
const (
	PerDay   Period = "day"
	PerMonth Period = "month"
	PerYear  Period = "year"
	PerTerm  Period = "term"
)

// Openness is the duty to disclose and the ban on re-development (27号 Art. 6, 14(6)).
type Openness struct {
	Requirements    string `json:"requirements" maxLength:"4000"`
	NoRedevelopment bool   `json:"no_redevelopment" doc:"the operator takes no part in re-developing what it delivers"`
}

// Sharing is how cost and income are accounted for and income is shared.
type Sharing struct {
	Rules  string  `json:"rules" maxLength:"4000"`
	Shares []Share `json:"shares" maxItems:"50" doc:"shares of income in hundredths of a percent; together 10000"`
}

// Share is one party's part of the income.
type Share struct {
	Party       string `json:"party" maxLength:"200"`
	BasisPoints int    `json:"basis_points" minimum:"0" maximum:"10000"`
}

// Way is a way of resolving disputes.
type Way string

// The ways. Arbitration is named so that it can be refused with its reason (法释〔2019〕17号 Art. 26).
const (
	Negotiation     Way = "negotiation"
	Mediation       Way = "mediation"
	Reconsideration Way = "reconsideration"
	Litigation      Way = "litigation"
	Arbitration     Way = "arbitration"
)

// Disputes is how disputes are resolved.
type Disputes struct {
	Ways []Way  `json:"ways" enum:"negotiation,mediation,reconsideration,litigation,arbitration"`
	Text string `json:"text" maxLength:"4000"`
}

// Hash identifies exactly this content: it is what is decided and signed.
func (a Agreement) Hash() string { return lifecycle.ContentHash(a) }

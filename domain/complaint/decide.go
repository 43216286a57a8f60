package complaint

import (
	"fmt"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// The inputs.
type (
	// LodgeInput is what anybody may complain of or report.
	LodgeInput struct {
		About         About  `json:"about" enum:"operator,agency,other" doc:"whom or what it is about; of an operator or an agency the authorisation must be named"`
		Authorization string `json:"authorization,omitempty" maxLength:"200" doc:"in the public register"`
		Facts         string `json:"facts" maxLength:"4000"`
		Name          string `json:"name,omitempty" maxLength:"100" doc:"left empty: anonymous. Only those who handle the complaint see it"`
		Contact       string `json:"contact,omitempty" maxLength:"200" doc:"how you can be reached; only those who handle the complaint see it"`
	}
	// Lodging is a complaint with the secret that was drawn for it.
	Lodging struct {
		LodgeInput
		Secret Secret `json:"secret"`
	}
	// Nothing is the input of a command that takes none.
	Nothing struct{}
	// RefuseInput gives the reason, which the complainant reads.
	RefuseInput struct {
		PublicReason string `json:"public_reason" maxLength:"4000" doc:"whoever has the number reads it"`
	}
	// AnswerInput answers it, which the complainant reads.
	AnswerInput struct {
		Outcome Outcome `json:"outcome" enum:"upheld,part-upheld,not-upheld,passed-on"`
		Text    string  `json:"text" maxLength:"4000" doc:"whoever has the number reads it"`
	}
)

// The most that may be said, in characters.
const (
	maxFacts   = 4000
	maxName    = 100
	maxContact = 200
)

// The limits of a complaint.
const (
	acceptance = "complaint-acceptance"
	answering  = "complaint-answer"
	chase      = "complaint-chase"
)

var aboutWords = map[About]string{AboutOperator: "运营机构", AboutAgency: "实施机构", AboutOther: "其他事项"}

// lodge opens the case. The agency handles it only when it is about its operator: supervisors alone handle the rest.
func lodge(c *Complaint, in Lodging, env lifecycle.Env) (contents, *refusal.Refusal) {
	var f refusal.Faults
	refusal.Choice(&f, "about", in.About, AboutOperator, AboutAgency, AboutOther)
	a, _ := env.Facts.Cases[in.Authorization].(*authorization.Authorization)
	switch {
	case in.Authorization != "":
		f.Unless(a != nil && a.Public != nil, refusal.UnknownReference.At("authorization"))
	case in.About == AboutOperator || in.About == AboutAgency:
		f.Add(refusal.Required.At("authorization"))
	}
	f.Text("facts", in.Facts, maxFacts)
	f.AtMost("name", in.Name, maxName)
	f.AtMost("contact", in.Contact, maxContact)
	f.Unless(in.Secret != "", refusal.Required.At("secret"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	e := WasLodged{
		Title: c.title(in.About), Authorization: in.Authorization, Policy: env.PolicyRef(), About: in.About, Facts: in.Facts, Name: in.Name, Contact: in.Contact, Secret: in.Secret,
	}
	switch in.About {
	case AboutOperator:
		e.Agency, e.Against = a.Agency, a.Applicant
	case AboutAgency:
		e.Against = a.Agency
	case AboutOther:
	}
	opened := &Complaint{}
	opened.Agency = e.Agency
	return contents{e, env.Limit(acceptance, env.Policy.OfComplaints().Accept, opened.handlers(), supervisors)}, nil
}

// title tells complaints apart in lists, and says nothing of what was written.
func (c *Complaint) title(about About) string {
	short := c.ID
	if len(short) > len(Prefix)+6 {
		short = short[len(Prefix) : len(Prefix)+6]
	}
	return fmt.Sprintf("投诉举报%s（%s）", short, aboutWords[about])
}

func accept(c *Complaint, _ Nothing, env lifecycle.Env) (contents, *refusal.Refusal) {
	out := append(contents{WasAccepted{}}, c.EndDeadlines()...)
	return append(out, env.Limit(answering, env.Policy.OfComplaints().Answer, c.handlers(), supervisors)), nil
}

func refuse(c *Complaint, in RefuseInput, _ lifecycle.Env) (contents, *refusal.Refusal) {
	var f refusal.Faults
	f.Text("public_reason", in.PublicReason, maxFacts)
	return append(contents{WasRefused{Reason: in.PublicReason}}, c.EndDeadlines()...), f.Refusal()
}

func answer(c *Complaint, in AnswerInput, _ lifecycle.Env) (contents, *refusal.Refusal) {
	var f refusal.Faults
	refusal.Choice(&f, "outcome", in.Outcome, Upheld, PartUpheld, NotUpheld, PassedOn)
	f.Text("text", in.Text, maxFacts)
	return append(contents{WasAnswered(in)}, c.EndDeadlines()...), f.Refusal()
}

// whenDue asks for what is late, again and again.
func whenDue(c *Complaint, _ lifecycle.Deadline, env lifecycle.Env) []lifecycle.Content {
	return contents{WasChased{}, env.Limit(chase, env.Policy.OfComplaints().Chase, c.handlers(), lifecycle.Recipients{})}
}

package lives

import (
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/product"
	"datacharter/domain/review"
)

// Product is one product or service being led through its life.
type Product struct {
	*Director
	ID   string
	Rest *Authorization
}

// Offer leads the authorisation's product from its draft on offer, and waits until the authorisation knows.
func (a *Authorization) Offer(id string) *Product {
	a.T.Helper()
	p := &Product{Director: a.Director, ID: id, Rest: a}
	p.As(Applicant, "draft", product.DraftInput{Content: p.Content("公众查询(虚构)"), Authorization: a.ID})
	p.As(Applicant, "submit", product.Nothing{})
	p.Approve()
	p.As(Applicant, "list", product.Nothing{})
	p.Known(true)
	return p
}

// Content is a whole product for a scenario.
func (p *Product) Content(scenario string) product.Content {
	return product.Content{
		Name: productName, Form: agreement.API, Class: agreement.PublicBenefit, Scenario: scenario, Resources: []string{Resource.ID}, Standard: "标准", Capabilities: []string{"查询"}, Unit: agreement.PerCall,
	}
}

// As has a person give a command, which must be accepted.
func (p *Product) As(person, command string, input any) {
	p.T.Helper()
	p.Do(person, product.Machine, p.ID, command, input)
}

// Stands is the product as it stands.
func (p *Product) Stands() *product.Product {
	return p.Case(product.Machine, p.ID).(*product.Product) //nolint:forcetypeassert // its own kind
}

// Reaches waits until the product is in a state.
func (p *Product) Reaches(state lifecycle.State, step time.Duration) {
	p.T.Helper()
	p.Until("the product in "+string(state), step, func() bool { return p.Stands().State == state })
}

// Known waits until the authorisation knows whether the product is on offer.
func (p *Product) Known(listed bool) {
	p.T.Helper()
	p.Until("the authorisation knowing of the product", time.Hour, func() bool {
		for _, known := range p.Rest.Case().Products {
			if known.Of != nil && known.Of.Case == p.ID && known.Listed == listed {
				return true
			}
		}
		return false
	})
}

// Approve has every open review approved by whoever it is for.
func (p *Product) Approve() {
	p.T.Helper()
	for _, t := range p.Stands().Tasks {
		if t.Active() {
			person := whoHolds(t)
			p.As(person, "claim", lifecycle.TaskInput{Task: t.ID})
			p.As(person, "decide", review.Input{Task: t.ID, Outcome: review.Approve, Opinion: "意见"})
		}
	}
}

// LiveProduct leads the product that the authorisation has on offer through a change of its content, one that is withdrawn, the suspension of its authorisation, and off offer.
func (a *Authorization) LiveProduct() *Product {
	a.T.Helper()
	p := &Product{Director: a.Director, ID: a.ID + "-product", Rest: a}
	p.As(Applicant, "propose-change", product.ReasonInput{Reason: "扩展场景(虚构)"})
	p.As(Applicant, "edit", p.Content("公众查询和换乘(虚构)"))
	p.As(Applicant, "submit", product.Nothing{})
	p.Approve()
	p.As(Applicant, "list", product.Nothing{})
	p.As(Applicant, "propose-change", product.ReasonInput{Reason: "再扩展(虚构)"})
	p.As(Applicant, "withdraw", product.ReasonInput{Reason: "暂不需要(虚构)"})
	a.As(Administrator, "suspend", authorization.SuspendInput{Ground: "security-risk", Authority: "网安函〔2026〕1号", Reason: "整改"})
	p.Until("the product knowing of the suspension", time.Hour, func() bool { return p.Stands().Held() })
	a.As(Administrator, "resume", authorization.ReasonInput{Reason: "整改完成"})
	p.Until("the product knowing of the resumption", time.Hour, func() bool { return !p.Stands().Held() })
	p.As(Officer, "order-delisting", product.ReasonInput{Reason: "不再符合要求(虚构)"})
	p.Reaches(product.Delisted, time.Hour)
	p.Known(false)
	return p
}

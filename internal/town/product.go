package town

import (
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/product"
	"datacharter/domain/review"
)

// ProductContent is a whole industry product for the town's authorisation.
func ProductContent() Object {
	return Object{
		"name": ProductName, "form": "api", "class": "industry", "scenario": "农业保险定损", "resources": []string{Resource}, "standard": "国标",
		"capabilities": []string{"按日查询", "按县查询"}, "unit": "calls",
	}
}

// Producing gives a person's command on a product, and lets its authorisation know of what came of it.
func (w *Town) Producing(person, id, command string, input Object) {
	w.t.Helper()
	w.Do(person, product.Kind, id, command, input)
	w.Reported(id)
}

// Reported tells the authorisation how a product stands, as the product does by itself where deliveries run.
func (w *Town) Reported(id string) {
	w.t.Helper()
	p := w.Case(product.Kind, id).(*product.Product) //nolint:forcetypeassert // its own kind
	w.System(authorization.Kind, p.Authorization, authorization.RecordProduct, p.Reported())
}

// ProductDrafted opens a product of an authorisation as a draft.
func (w *Town) ProductDrafted(of string) string {
	w.t.Helper()
	input := ProductContent()
	input["authorization"] = of
	return w.Do(Applicant, product.Kind, "", "draft", input).Case
}

// ProductReviewed takes every open review of a product to an outcome.
func (w *Town) ProductReviewed(id, outcome string) {
	w.t.Helper()
	for _, task := range w.Case(product.Kind, id).Head().Tasks {
		if !task.Active() {
			continue
		}
		person, c := w.Reviewer(task), w.Case(product.Kind, id)
		w.onTask(person, c, product.Kind, task.ID, "claim", Object{})
		w.onTask(person, c, product.Kind, task.ID, "decide", Object{"outcome": outcome, "opinion": "意见"})
	}
}

// Offered puts the product of an authorisation on offer, at a ceiling and a price in yuan a call, and returns its case.
func (w *Town) Offered(of, ceiling, price string) string {
	w.t.Helper()
	id := w.ProductDrafted(of)
	w.Producing(Applicant, id, "submit", Object{})
	w.ProductReviewed(id, review.Approve)
	w.Producing(Officer, id, "set-ceiling", Object{"tariff": []Object{{"price": ceiling}}, "reason": "按成本测算"})
	w.Producing(Applicant, id, "set-charge", Object{"tariff": []Object{{"price": price}}})
	w.Producing(Applicant, id, "list", Object{})
	return id
}

// ProductIn makes a product in the state and returns its ID.
func (w *Town) ProductIn(state lifecycle.State) string {
	w.t.Helper()
	of := w.AuthorizationIn(authorization.Operating)
	reason := Object{"reason": "理由"}
	if state == product.ToBeTried || state == product.OnTrial {
		return w.productTried(of, state)
	}
	if state == product.Listed || state == product.Revising || state == product.Delisted {
		id := w.Offered(of, "0.5", "0.25")
		switch state {
		case product.Revising:
			w.Producing(Applicant, id, "propose-change", reason)
		case product.Delisted:
			w.Producing(Applicant, id, "delist", reason)
		}
		return w.Stands(product.Kind, id, state)
	}
	id := w.ProductDrafted(of)
	switch state {
	case product.Draft:
		return w.Stands(product.Kind, id, state)
	case product.Deleted:
		w.Do(Applicant, product.Kind, id, "delete-draft", Object{})
		return w.Stands(product.Kind, id, state)
	}
	w.Producing(Applicant, id, "submit", Object{})
	switch state {
	case product.ReviewReturned:
		w.ProductReviewed(id, review.Return)
	case product.Rejected:
		w.ProductReviewed(id, review.Reject)
	case product.Withdrawn:
		w.Producing(Applicant, id, "withdraw", reason)
	case product.Lapsed:
		w.System(product.Kind, id, authorization.FollowAuthorization, authorization.StandInput{Standing: authorization.StandsEnded})
	case product.ToBePriced, product.ToBeListed:
		w.ProductReviewed(id, review.Approve)
	}
	if state == product.ToBeListed {
		w.Producing(Officer, id, "set-ceiling", Object{"tariff": []Object{{"up_to": 1000, "price": "0.5"}, {"price": "0.3"}}, "reason": "按成本测算"})
		w.Producing(Applicant, id, "set-charge", Object{"tariff": []Object{{"up_to": 1000, "price": "0.4"}, {"price": "0.2"}}, "discounts": []Object{{"name": "省级重点场景", "reason": "省规定", "rate": "10"}}})
	}
	return w.Stands(product.Kind, id, state)
}

// productTried is a model, which is admitted by trial.
func (w *Town) productTried(of string, state lifecycle.State) string {
	w.t.Helper()
	id := w.ProductDrafted(of)
	model := ProductContent()
	model["form"] = "model"
	w.Do(Applicant, product.Kind, id, "edit", model)
	w.Producing(Applicant, id, "submit", Object{})
	w.ProductReviewed(id, review.Approve)
	if state == product.OnTrial {
		w.Producing(Applicant, id, "start-trial", Object{"until": w.Now().AddDate(0, 1, 0).Format(time.DateOnly), "arrangement": "两家用户试用"})
	}
	return w.Stands(product.Kind, id, state)
}

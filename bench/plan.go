package main

import (
	"context"

	"datacharter/demo"
	"datacharter/domain/agreement"
	"datacharter/domain/identity"
	"datacharter/domain/plan"
	"datacharter/internal/agreedplan"
	"datacharter/policies"
	"datacharter/store"
)

// planID is the plan that every application rests on.
const planID = "pln-bench"

// applied are the resources that every application asks for.
func applied() []string {
	ids := make([]string, 0, usedResources)
	for _, r := range catalogueResources()[:usedResources] {
		ids = append(ids, r.ID)
	}
	return ids
}

// recordPlan puts that plan on record, in force.
func recordPlan(ctx context.Context, db *store.Store) error {
	days, err := policies.NationalCalendar()
	if err != nil {
		return err
	}
	return agreedplan.Record(ctx, db, agreedplan.Spec{
		ID: planID, Agency: demo.Agency, Government: demo.Government, Name: "示范市道路交通数据授权运营实施方案(虚构)", Mode: "scenario", TermMonths: 60, Resources: applied(),
		Products: []plan.Product{
			agreedplan.Listed("通行时间预测接口", agreement.Industry, "API"), agreedplan.Listed("停车引导服务", agreement.PublicBenefit, "API"),
		},
		Grader: identity.By{Person: "supply-reviewer", Organization: demo.Supplier, Role: identity.SupplyReviewer},
		Policy: policies.National(), Calendar: days,
	})
}

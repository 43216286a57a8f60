package demo

import (
	"context"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
	"datacharter/domain/plan"
	"datacharter/internal/agreedplan"
	"datacharter/policies"
	"datacharter/store"
)

// source is where the city publishes its catalogue.
const source = "shifan"

// published are the city's own resources, all fictitious. They are there from the beginning, graded, and in its plans.
var published = []struct{ key, title, summary string }{
	{"1", "公交到站时刻（虚构）", "公交线路、站点和到站时刻"},
	{"2", "停车场余位（虚构）", "公共停车场的位置和余位"},
	{"3", "路口交通流量（虚构）", "主要路口的分时流量"},
	{"4", "道路施工占道（虚构）", "施工占道的位置和期限"},
	{"5", "共享单车停放点（虚构）", "停放点的位置和容量"},
	{"6", "轨道交通客流（虚构）", "轨道交通车站的分时客流"},
}

// The plans that are in force from the beginning, one in each mode, by ID.
const (
	WholePlan    = "pln-shifan-whole"
	FieldPlan    = "pln-shifan-field"
	ScenarioPlan = "pln-shifan-scenario"
)

var inForce = []struct{ id, name, mode string }{
	{WholePlan, "示范市公共数据资源整体授权运营实施方案（虚构）", "whole"},
	{FieldPlan, "示范市交通领域授权运营实施方案（虚构）", "field"},
	{ScenarioPlan, "示范市出行场景授权运营实施方案（虚构）", "scenario"},
}

// The products that the plans list.
const (
	publicProduct   = "公众查询服务"
	industryProduct = "行业数据接口"
)

// Resources are the city's own resources, by ID.
func Resources() []string {
	ids := make([]string, len(published))
	for i, r := range published {
		ids[i] = catalogue.ResourceID(source, r.key)
	}
	return ids
}

// plans puts the city's resources and plans on record: applications can be made at once. What led to the plans is on record as well, by people of before.
func plans(ctx context.Context, db *store.Store) error {
	resources := make([]catalogue.Resource, len(published))
	for i, r := range published {
		resources[i] = catalogue.Resource{
			ID: catalogue.ResourceID(source, r.key), Source: source, SourceKey: r.key, Title: r.title, Summary: r.summary, Provider: "示范市交通信息中心（虚构）",
			Frequency: catalogue.Daily, Access: catalogue.Authorised,
		}
	}
	if _, err := db.PutResources(ctx, resources); err != nil {
		return err
	}
	days, err := policies.NationalCalendar()
	if err != nil {
		return err
	}
	for _, p := range inForce {
		err := agreedplan.Record(ctx, db, agreedplan.Spec{
			ID: p.id, Agency: Agency, Government: Government, Name: p.name, Mode: p.mode, TermMonths: 60, Resources: Resources(),
			Products: []plan.Product{
				agreedplan.Listed(publicProduct, agreement.PublicBenefit, "查询"), agreedplan.Listed(industryProduct, agreement.Industry, "接口"),
				agreedplan.Listed("到站预测接口", agreement.Industry, "API"), agreedplan.Listed("停车位数据接口", agreement.Industry, "接口"),
			},
			Grader: identity.By{Person: "supply-reviewer", Organization: Supplier, Role: identity.SupplyReviewer},
			Policy: policies.National(), Calendar: days,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Application is a whole application for one of the city's resources, on its scenario plan.
func Application(title string) authorization.Application {
	return authorization.Application{
		Title: title, Agency: Agency, Plan: ScenarioPlan, Purpose: "预测", Mode: "scenario", Resources: Resources()[:1], TermMonths: 12,
		Products:     []authorization.Intended{{Name: "到站预测接口", Class: agreement.Industry, Form: "API"}},
		Capabilities: authorization.Capabilities{Management: "设有数据管理制度。", Technology: "自有加工平台。", Security: "通过三级测评。"},
	}
}

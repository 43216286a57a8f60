package main

import (
	"datacharter/demo"
	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/review"
)

const applicant = "spruce-applicant"

// command is one command of the lifecycle.
type command struct {
	name, person string
	task         string // the name of the task that it is about; empty for a command to the case
	input        any
	opensTasks   bool
}

// reviews are the national profile's reviews, stage by stage, with who does them.
var reviews = [][]struct{ task, person string }{
	{{"business", "business-reviewer"}, {"supplier", "supply-reviewer"}, {"security", "security-reviewer"}, {"finance", "finance-reviewer"}},
	{{"fair-competition", "government-competition"}, {"legality", "government-legal"}},
}

// lifecycle is what is measured of a case: from its submission, which starts the workflow, to its end.
func lifecycle() []command {
	commands := []command{
		{name: "submit", person: applicant, input: authorization.Nothing{}},
		{name: "return", person: "officer", input: authorization.ReturnInput{Missing: []authorization.Missing{
			{Path: "capabilities.finance", Text: "请补充近三年经营和财务情况说明。"},
		}}},
		{name: "edit", person: applicant, input: application("企业近三年经营正常,无重大债务,无失信记录(虚构)。")},
		{name: "resubmit", person: applicant, input: authorization.Nothing{}},
		{name: "accept", person: "officer", input: authorization.Nothing{}},
	}
	for _, stage := range reviews {
		commands[len(commands)-1].opensTasks = true
		for _, r := range stage {
			commands = append(commands,
				command{name: "claim", person: r.person, task: r.task, input: struct{}{}},
				command{name: "decide", person: r.person, task: r.task, input: map[string]any{
					"outcome": review.Approve, "opinion": "材料齐全,用途与授权范围相符,同意。", "conditions": []string{"每季度报送一次数据使用情况。"},
				}})
		}
	}
	return append(commands, command{name: "withdraw", person: applicant, input: authorization.ReasonInput{Reason: "业务方向调整,撤回申请。"}})
}

// application is one of a usual size.
func application(finance string) authorization.Application {
	return authorization.Application{
		Title: "示范市道路交通数据授权运营(虚构)", Agency: demo.Agency, Plan: planID, Mode: "scenario", Resources: applied(), TermMonths: 36,
		Purpose: "汇聚路口流量、信号配时与停车余位数据,面向物流企业和公众提供通行时间预测与停车引导服务,降低空驶里程,服务城市治理。",
		Products: []authorization.Intended{
			{Name: "通行时间预测接口", Class: agreement.Industry, Form: "API", Scenario: "物流企业按路段和时段查询通行时间。"},
			{Name: "停车引导服务", Class: agreement.PublicBenefit, Form: "API", Scenario: "公众查询停车场余位。"},
		},
		Capabilities: authorization.Capabilities{
			Management: "设有数据治理委员会和专职数据安全负责人,制度健全(虚构)。", Technology: "具备数据汇聚、脱敏、建模和接口服务的平台能力(虚构)。",
			Security: "通过网络安全等级保护三级测评,原始数据不出域(虚构)。", Finance: finance,
		},
	}
}

package finance

import (
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
)

type (
	rule  = lifecycle.Rule[*Finance]
	guard = lifecycle.Guard[*Finance]
	from  = []lifecycle.State
	to    = []lifecycle.State
)

// table is the state table of prices and revenue: who may give which command in which states, and where it leads.
func table() lifecycle.Machine[*Finance] {
	return lifecycle.Machine[*Finance]{
		Name: Kind, Words: say("价格与收益", "prices and revenue"),
		New:    func() *Finance { return &Finance{} },
		Phases: phases, States: states, Due: whenDue, DueEmits: dueEvents, Recounts: lifecycle.By(administrator),
		Rules:  slices.Concat(following(), fixing(), stating(), reckoning(), sharing(), settling()),
		Events: folds(),
	}
}

// at is a row that leaves the state as it is.
func at(states []lifecycle.State, r rule) rule {
	r.From, r.To = states, states
	return r
}

func following() []rule {
	return []rule{
		{
			Command: authorization.OpenAccounts, Words: say("设立价格与收益账", "open the accounts"), Opens: true, From: open, To: open, By: lifecycle.By(lifecycle.TheSystem),
			Emits: lifecycle.Emits(Opened{}), Decide: lifecycle.Decide(openIt),
		},
		{
			Command: authorization.EndAccounts, Words: say("转入终结结算", "begin the final settlement"), From: open, To: to{Final}, By: lifecycle.By(lifecycle.TheSystem),
			Emits: lifecycle.Emits(AuthorizationEnded{}), Decide: lifecycle.Decide(endIt),
		},
	}
}

func fixing() []rule {
	return []rule{
		at(open, rule{
			Command: "hand-in-costs", Words: say("报送年度成本", "hand in a year's costs"), By: lifecycle.By(operator),
			Emits: lifecycle.Emits(CostsHanded{}),
			Decide: lifecycle.Needing(lifecycle.Decide(handInCosts), func(_ *Finance, in CostsInput) lifecycle.Needs {
				return lifecycle.Needs{Attachments: in.Evidence}
			}),
		}),
		at(from{Fixing, Ruled}, rule{
			Command: "record-allowance", Words: say("记录最高准许收入核定决定", "record the decision on the maximum allowed revenue"), By: lifecycle.By(officer, finance), Guards: []guard{noneProposed},
			Emits: lifecycle.Emits(AllowanceProposed{}),
			Decide: lifecycle.Needing(lifecycle.Decide(proposeAllowance), func(_ *Finance, in AllowanceInput) lifecycle.Needs {
				return lifecycle.Needs{Attachments: in.Evidence}
			}),
		}),
		{
			Command: "confirm-allowance", Words: say("确认核定决定", "confirm the decision"), From: open, To: to{Ruled, Final}, By: lifecycle.By(administrator, finance), Guards: []guard{proposed},
			Emits: lifecycle.Emits(AllowanceConfirmed{}), Decide: lifecycle.Decide(confirmAllowance),
		},
		at(open, rule{
			Command: "return-allowance", Words: say("退回核定决定", "return the decision"), By: lifecycle.By(administrator, finance), Guards: []guard{proposed},
			Emits: lifecycle.Emits(SentBack{}), Decide: lifecycle.Decide(sendBack(AnAllowance)),
		}),
		at(from{Fixing, Ruled}, rule{
			Command: "check-ceilings", Words: say("按预测用量测算上限", "check the ceilings at the forecast volume"), By: lifecycle.By(officer, finance),
			Emits: lifecycle.Emits(CeilingsChecked{}),
			Decide: lifecycle.Needing(lifecycle.Decide(checkCeilings), func(f *Finance, _ VolumesInput) lifecycle.Needs {
				return lifecycle.Needs{ProductsOf: []string{f.Applicant}}
			}),
		}),
	}
}

func stating() []rule {
	return []rule{
		at(open, rule{
			Command: "compile-statement", Words: say("编制收入报表", "state a period's income"), By: lifecycle.By(operator), Guards: []guard{ruleAgreed},
			Emits: lifecycle.Emits(StatementHanded{}),
			Decide: lifecycle.Needing(lifecycle.Decide(compileStatement), func(f *Finance, in StatementInput) lifecycle.Needs {
				n := f.needs()
				n.Attachments = in.Evidence
				return n
			}),
		}),
		at(open, rule{
			Command: "check-statement", Words: say("核对收入报表", "check a statement"), By: lifecycle.By(officer, finance), Guards: []guard{handed},
			Emits:  lifecycle.Emits(StatementChecked{}),
			Decide: lifecycle.Needing(lifecycle.Decide(checkStatement), func(f *Finance, _ PeriodInput) lifecycle.Needs { return f.needs() }),
		}),
		at(open, rule{
			Command: "return-statement", Words: say("退回收入报表", "return a statement"), By: lifecycle.By(officer, finance), Guards: []guard{handed},
			Emits: lifecycle.Emits(SentBack{}), Decide: lifecycle.Decide(returnStatement),
		}),
	}
}

func reckoning() []rule {
	return []rule{
		at(open, rule{
			Command: "reckon-year", Words: say("核算年度偏离", "reckon a year's deviation"), By: lifecycle.By(officer, finance), Guards: []guard{ruleAgreed},
			Emits: lifecycle.Emits(YearReckoned{}), Decide: lifecycle.Decide(reckonYear),
		}),
		at(running, rule{
			Command: "report-adjustment", Words: say("记录收费或者上限的调整", "say what was adjusted"), By: lifecycle.By(officer), Guards: []guard{deviates},
			Emits: lifecycle.Emits(AdjustmentReported{}), Decide: lifecycle.Decide(reportAdjustment),
		}),
		at(open, rule{
			Command: "report-year", Words: say("报告年度价格执行和运营情况", "report on a year to the price and data departments"), By: lifecycle.By(officer, finance),
			Emits:  lifecycle.Emits(YearReported{}),
			Decide: lifecycle.Needing(lifecycle.Decide(reportYear), func(f *Finance, _ ReportInput) lifecycle.Needs { return f.reportNeeds() }),
		}),
	}
}

func sharing() []rule {
	return []rule{
		at(open, rule{
			Command: "propose-rule", Words: say("提出收入分配规则", "propose the distribution rule"), By: lifecycle.By(officer), Guards: []guard{noRuleProposed},
			Emits:  lifecycle.Emits(RuleProposed{}),
			Decide: lifecycle.Needing(lifecycle.Decide(proposeRule), func(f *Finance, in RuleInput) lifecycle.Needs { return in.needs(f) }),
		}),
		at(open, rule{
			Command: "agree-rule", Words: say("同意收入分配规则", "agree to the distribution rule"), By: lifecycle.By(signatory), Guards: []guard{ruleProposed},
			Emits: lifecycle.Emits(RuleAgreed{}), Decide: lifecycle.Decide(agreeRule),
		}),
		at(open, rule{
			Command: "decline-rule", Words: say("不同意收入分配规则", "decline the distribution rule"), By: lifecycle.By(signatory), Guards: []guard{ruleProposed},
			Emits: lifecycle.Emits(SentBack{}), Decide: lifecycle.Decide(sendBack(ARule)),
		}),
	}
}

func settling() []rule {
	return []rule{
		at(open, rule{
			Command: "run-settlement", Words: say("编制结算", "run the settlement of a period"), By: lifecycle.By(officer, finance), Guards: []guard{ruleAgreed, notRunning},
			Emits: lifecycle.Emits(SettlementRun{}), Decide: lifecycle.Decide(runSettlement),
		}),
		at(open, rule{
			Command: "approve-settlement", Words: say("批准结算并入账", "approve the settlement and post it"), By: lifecycle.By(administrator, finance), Guards: []guard{wasRun},
			Emits: lifecycle.Emits(SettlementApproved{}), Decide: lifecycle.Decide(approveSettlement),
		}),
		at(open, rule{
			Command: "return-settlement", Words: say("退回结算", "return the settlement"), By: lifecycle.By(administrator, finance), Guards: []guard{wasRun},
			Emits: lifecycle.Emits(SentBack{}), Decide: lifecycle.Decide(sendBack(ASettlement)),
		}),
		at(open, rule{
			Command: "record-payment", Words: say("记录付款", "record a payment"), By: lifecycle.By(officer, finance), Guards: []guard{isOwed},
			Emits: lifecycle.Emits(WasPosted{}), Decide: lifecycle.Decide(recordPayment),
		}),
		at(open, rule{
			Command: "take-back", Words: say("冲销付款", "take a payment back"), By: lifecycle.By(administrator, finance), Guards: []guard{paid},
			Emits: lifecycle.Emits(WasPosted{}), Decide: lifecycle.Decide(takeBack),
		}),
		{
			Command: "close-accounts", Words: say("结清并办结", "close the accounts"), From: from{Final}, To: to{Closed}, By: lifecycle.By(administrator), Guards: []guard{done},
			Emits: lifecycle.Emits(AccountsClosed{}), Decide: lifecycle.Decide(closeAccounts),
		},
	}
}

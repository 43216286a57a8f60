package words

import (
	"datacharter/domain/grading"
	"datacharter/domain/text"
)

// choices are the values that people choose from, by the Go type of the value, or by struct and field where that is plain text.
var choices = map[string]map[string]text.Text{
	"agreement.Class": {
		"public-benefit": words("公共治理、公益事业", "public governance and benefit"),
		"industry":       words("产业发展、行业发展", "industry and sector development"),
	},
	"agreement.Bound.stage": {
		"supply":            words("资源供给", "supply of resources"),
		"processing":        words("加工", "processing"),
		"use":               words("使用", "use"),
		"product-operation": words("产品经营", "product operation"),
	},
	"agreement.Bound.unit": {
		"number":    words("产品数量", "number of products"),
		"times":     words("服务次数", "times"),
		"time":      words("服务时间（分钟）", "time in minutes"),
		"calls":     words("数据调用量", "calls"),
		"records":   words("数据条数", "records"),
		"megabytes": words("数据量（兆字节）", "megabytes"),
	},
	"agreement.Period": {
		"day":   words("每日", "day"),
		"month": words("每月", "month"),
		"year":  words("每年", "year"),
		"term":  words("全期", "term"),
	},
	"agreement.Way": {
		"negotiation":     words("协商", "negotiation"),
		"mediation":       words("调解", "mediation"),
		"reconsideration": words("行政复议", "administrative reconsideration"),
		"litigation":      words("行政诉讼", "litigation"),
		"arbitration":     words("仲裁", "arbitration"),
	},
	"registration.Object": {
		"resource": words("公共数据资源", "public data resource"),
		"product":  words("公共数据产品和服务", "product or service"),
	},
	"registration.Power": {
		"application": words("起草、提交和补正申请", "draft, hand in and complete applications"),
		"later":       words("变更、更正、续展及同意更正", "change, correction, renewal, and consent to corrections"),
		"ending":      words("撤回申请和注销", "withdraw applications and deregister"),
	},
	"registration.Type": {
		"first":          words("首次登记", "first registration"),
		"change":         words("变更登记", "change registration"),
		"correction":     words("更正登记", "correction registration"),
		"renewal":        words("续展", "renewal"),
		"deregistration": words("注销登记", "deregistration"),
	},
	"registration.Result": {
		"granted":      words("已办结", "granted"),
		"not-accepted": words("不予受理", "not accepted"),
		"not-passed":   words("审核不通过", "not passed"),
		"ended":        words("终止登记", "ended upon an objection"),
		"withdrawn":    words("已撤回", "withdrawn"),
		"dropped":      words("随登记终结", "fell away with the registration"),
	},
	"registration.Outcome": {
		"deleted":      words("草稿已删除", "draft deleted"),
		"withdrawn":    words("已撤回", "withdrawn"),
		"refused":      words("不予登记", "refused"),
		"ended":        words("终止登记", "ended upon an objection"),
		"deregistered": words("已注销", "deregistered"),
		"revoked":      words("已撤销", "revoked"),
	},
	"registration.Side": {
		"registrant": words("登记主体", "registrant"),
		"registry":   words("登记机构", "registry"),
	},
	"authorization.Side": {
		"agency":   words("实施机构", "agency"),
		"operator": words("运营机构", "operator"),
	},
	"authorization.Access": {
		"open":      words("开通", "open"),
		"suspended": words("暂停", "suspended"),
		"closed":    words("关闭", "closed"),
	},
	"review.Input.outcome": {
		"approve": words("符合，同意", "approve"),
		"return":  words("退回修改", "return for changes"),
		"reject":  words("不符合，不同意", "reject"),
	},
	"authorization.CeilingInput.unit": units,
	"product.Content.unit":            units,
	"agreement.Form":                  forms(),
	"complaint.About": {
		"operator": words("运营机构", "the operator"),
		"agency":   words("实施机构", "the implementing agency"),
		"other":    words("其他", "something else"),
	},
	"complaint.Outcome": {
		"upheld":      words("属实", "upheld"),
		"part-upheld": words("部分属实", "upheld in part"),
		"not-upheld":  words("不属实", "not upheld"),
		"passed-on":   words("移送有权机关", "passed on to the competent authority"),
	},
	"disclosure.DataWays": {
		"public":  words("公共数据", "public data"),
		"private": words("非公共数据", "other data"),
		"mixed":   words("公共数据和其他数据融合", "public and other data together"),
	},
	"pricing.CostKind": {
		"platform":    words("平台建设和运维", "platform"),
		"handling":    words("数据传输、归集、存储、治理", "transmission, collection, storage, governance"),
		"staff":       words("人员", "staff"),
		"acquisition": words("取得公共数据", "obtaining public data"),
		"period":      words("期间费用", "period expenses"),
	},
	"pricing.Task": {
		"none":            words("无需调整", "nothing to adjust"),
		"adjust-charges":  words("调整具体收费", "adjust the charges"),
		"adjust-ceilings": words("调整上限收费标准", "adjust the ceilings"),
	},
	"finance.Per": {
		"month":   words("按月", "a month"),
		"quarter": words("按季", "a quarter"),
		"year":    words("按年", "a year"),
	},
	"finance.Side": {
		"agency":   words("实施机构", "agency"),
		"supplier": words("数据提供单位", "data supplier"),
		"operator": words("运营机构", "operator"),
		"other":    words("其他", "other"),
	},
	"finance.What": {
		"allowance":  words("核定决定", "the decision on the allowance"),
		"rule":       words("分配规则", "the distribution rule"),
		"statement":  words("收入报表", "the statement"),
		"settlement": words("结算", "the settlement"),
	},
	"revenue.Kind": {
		"took":    words("收入", "income"),
		"shared":  words("分配", "distribution"),
		"paid":    words("付款", "payment"),
		"counter": words("冲销", "counter-entry"),
	},
	"finding.Found": {
		"inspection-planned":   words("计划内检查", "planned inspection"),
		"inspection-unplanned": words("计划外检查", "unplanned inspection"),
		"audit":                words("审计", "audit"),
		"complaint":            words("投诉举报", "complaint or report"),
		"ledger":               words("使用台账", "use ledger"),
	},
	"policy.DutySide": {
		"management": words("管理", "management"),
		"operation":  words("运营", "operation"),
	},
	"finding.Result": {
		"lifted":        words("合格，销号", "lifted"),
		"extended":      words("延长整改期限", "limit extended"),
		"suspended":     words("要求暂停运营", "suspension asked for"),
		"exit-proposed": words("建议退出", "exit proposed"),
	},
	"authorization.InspectionOutcome": {
		"clean": words("未发现问题", "nothing found"),
		"found": words("发现问题", "something found"),
	},
	"authorization.AuditResult": {
		"sound":   words("未发现缺陷", "no defects"),
		"defects": words("发现缺陷", "defects found"),
	},
	"policy.RenewalFlag": {
		"evaluation-failed":  words("成效评价不合格", "evaluation failed"),
		"evaluation-missing": words("没有按期评价", "not evaluated in time"),
		"audit-defects":      words("审计发现缺陷", "defects found by the audit"),
		"audit-missing":      words("没有按期提交审计报告", "audit not handed in on time"),
	},
	"policy.Consequence": {
		"refuse": words("不予邀请续约", "no renewal is invited"),
		"flag":   words("提示", "pointed out"),
	},
	"exit.JudgementOf": {
		"evaluation": words("年度成效评价", "yearly evaluation"),
		"audit":      words("内部控制审计", "internal-control audit"),
	},
	"authorization.IncidentResult": {
		"confirmed": words("维持暂停", "confirmed: stays suspended"),
		"lifted":    words("解除暂停", "lifted"),
	},
	"authorization.Asked": {
		"suspension": words("要求暂停运营", "asks for a suspension"),
		"exit":       words("建议退出", "proposes an exit"),
	},
	"product.TrialResult": {
		"passed": words("通过", "passed"),
		"failed": words("未通过，退回修改", "failed: returned for change"),
	},
	"product.Side": {
		"operator":      words("运营机构下架", "taken off by the operator"),
		"agency":        words("实施机构责令下架", "ordered off by the agency"),
		"authorization": words("随授权终止下架", "taken off with its authorisation"),
	},
	"product.Product.outcome": {
		"deleted":            words("草稿已删除", "draft deleted"),
		"withdrawn":          words("已撤回", "withdrawn"),
		"rejected-in-review": words("审核不通过", "rejected in review"),
		"lapsed":             words("因授权终止失效", "lapsed with its authorisation"),
		"delisted":           words("已下架", "delisted"),
	},
	"authorization.AnswerInput.answer": {
		"invited":  words("同意，请提交续约申请", "invited to apply"),
		"declined": words("不同意续约", "declined"),
	},
	"exit.Verdict": {
		"terminate": words("终止授权运营", "the authorisation ends"),
		"continue":  words("继续授权运营", "the authorisation goes on"),
	},
	"exit.Outcome": {
		"stopped":   words("已停止", "stopped"),
		"continued": words("继续运营", "goes on"),
		"closed":    words("已办结", "wound down"),

		"cured":      words("已改正，继续运营", "put right, goes on"),
		"reinstated": words("已恢复授权", "reinstated"),
	},
	"exit.MeasureName": {
		"interim": words("暂停数据访问", "access suspended"),
		"notice":  words("送达告知", "notice served"),

		"closing":   words("收回数据访问权限", "access closed"),
		"delisting": words("产品下架", "products delisted"),
	},
	"exit.ReviewKind": {
		"reconsideration": words("行政复议", "administrative reconsideration"),
		"suit":            words("行政诉讼", "suit in the people's court"),
	},
	"exit.ReviewResult": {
		"upheld":    words("维持", "upheld"),
		"annulled":  words("撤销", "annulled"),
		"changed":   words("变更", "changed"),
		"withdrawn": words("申请人撤回", "withdrawn by the operator"),
	},
	"policy.Money": {
		"none":         words("不予补偿", "nothing is owed"),
		"compensation": words("依法补偿", "compensation is owed"),
		"damages":      words("依法赔偿", "damages are owed"),
	},
	"exit.Noted": {
		"access-suspension-ordered": words("已责令暂停数据访问", "suspension of access ordered"),
		"access-restored":           words("已恢复数据访问", "access restored"),
		"notice-in-outbox":          words("告知已发出", "notice sent"),
		"notice-withdrawn":          words("告知已撤回", "notice withdrawn"),
		"products-relisted":         words("产品已恢复上架", "products listed again"),
		"done":                      words("已办理", "done"),
	},
	"exit.StepState": {
		"pending": words("未开始", "not begun"),
		"open":    words("办理中", "under way"),
		"done":    words("已完成", "done"),
	},
	"exit.Side": {
		"received": words("收入", "received"),
		"paid":     words("支出", "paid"),
	},
	"identity.Kind": {
		"agency": words("实施机构", "implementing agency"), "government": words("人民政府", "government"), "data-supplier": words("数据提供单位", "data supplier"),
		"operator": words("运营机构", "operator"), "supervisor": words("监督机构", "supervisor"), "public": words("社会公众（用户）", "the public (customers)"),
	},
	"lifecycle.TaskState": {
		"open":      words("待领取", "to be claimed"),
		"claimed":   words("办理中", "in hand"),
		"done":      words("已办结", "done"),
		"cancelled": words("已取消", "cancelled"),
	},
	"meeting.CallInput.decision": {
		"major-decision": words("政府集体决策（授权运营）", "major decision on the authorisation"),
		"agreement":      words("实施机构集体决策（协议）", "agency's decision on the agreement"),
		"plan":           words("政府集体决策（实施方案）", "government's decision on the plan"),
		"exit":           words("实施机构集体讨论（退出）", "agency's decision on an exit"),
	},
	"meeting.Capacity": {
		"observer": words("列席人员", "observer"),
		"expert":   words("特邀专家", "invited expert"),
	},
	"meeting.Office": {
		"chair":     words("主持人", "chair"),
		"member":    words("会议成员", "member"),
		"secretary": words("会议秘书", "secretary"),
	},
	"meeting.Why": {
		"no-quorum": words("未达法定人数", "no quorum"),
		"lapsed":    words("事项已不再待决", "lapsed: the case no longer waits"),
		"undecided": words("未作决定", "undecided"),
	},
	"policy.Mark": {
		"seen-full": words("已核对条文原文", "article read in full"),
		"seen":      words("见于节录或官方报道", "read in an excerpt"),
		"derived":   words("由已核对内容推得", "derived"),
		"known":     words("通行认识，未复核", "general knowledge, not re-read"),
		"default":   words("系统默认，规定未设数值", "this system's default"),
		"unsure":    words("未核实", "not verified"),
	},
	"policy.Trigger": {
		"administrator": words("由管理员启动", "opened by an administrator"),
		"operator":      words("由运营机构提出", "opened by the operator"),
		"agreement":     words("双方协商", "by agreement of both sides"),
		"expiry":        words("期满自动启动", "by the end of the term"),
	},
	"plan.Condition.capability": {
		"funds":      words("资金能力", "funds"),
		"management": words("管理能力", "management"),
		"technology": words("技术能力", "technology"),
		"service":    words("服务能力", "service"),
		"security":   words("安全保障能力", "security"),
	},
	"plan.ReviewInput.risk":       risks,
	"plan.Finding.risk":           risks,
	"plan.ReviewInput.conclusion": conclusions,
	"plan.Finding.conclusion":     conclusions,
	"plan.Plan.outcome": {
		"deleted":            words("草稿已删除", "draft deleted"),
		"withdrawn":          words("已撤回", "withdrawn"),
		"rejected-in-review": words("审查不通过", "rejected in review"),
		"refused-by-vote":    words("会议不予同意", "refused by the meeting"),
		"cancelled":          words("已终止", "ended"),
	},
	"policy.Stop": {
		"applications": words("停止受理申请", "no applications are taken"),
		"progress":     words("申请和协议停止办理", "applications and agreements go no further"),
		"listing":      words("新产品停止上架", "no product is listed"),
		"access":       words("暂停数据访问", "access is suspended"),
	},
	"grading.Object": ofGrading(grading.Objects(), grading.Object.Words),
	"grading.Degree": ofGrading(grading.Degrees(), grading.Degree.Words),
	"policy.Base": {
		"members": words("有表决权的全体成员", "all members entitled to vote"),
		"present": words("到会且未回避的成员", "members present and not recused"),
		"votes":   words("赞成与反对票", "votes for and against"),
	},
	"resolution.Choice": {
		"for":     words("同意", "for"),
		"against": words("不同意", "against"),
		"abstain": words("弃权", "abstain"),
	},
	"resolution.Proposal": {
		"agree": words("提请同意", "to agree"),
		"amend": words("提请修改", "to amend"),
		"defer": words("提请暂缓", "to defer"),
	},
	"resolution.Outcome": {
		"agreed":   words("同意", "agreed"),
		"amended":  words("修改后再议", "to be amended"),
		"deferred": words("暂缓", "deferred"),
		"refused":  words("不同意", "refused"),
	},
}

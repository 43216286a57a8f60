package words

import (
	"strings"

	"datacharter/domain/text"
)

// limits name the time limits of cases, by their names in the record.
var limits = map[string]text.Text{
	"completeness":         words("完整性审核", "completeness check"),
	"completion":           words("申请单位补正", "completion by the applicant"),
	"major-decision":       words("集体决策", "major decision"),
	"agreement-drafting":   words("协议起草", "drafting of the agreement"),
	"agreement-decision":   words("协议集体决策", "decision on the agreement"),
	"signing":              words("协议签署", "signing"),
	"filing":               words("协议备案", "filing of the agreement"),
	"start":                words("开始运营", "start of operation"),
	"operation-report":     words("年度运营报告", "yearly operation report"),
	"expiry":               words("授权期限", "term of the authorisation"),
	"expiry-at-latest":     words("授权期限上限", "longest possible term"),
	"expiry-warning":       words("到期预警", "warning before the end of the term"),
	"renewal-window":       words("续约申请", "request for renewal"),
	"statement":            words("陈述申辩", "statement and defence"),
	"cure":                 words("改正", "time to put it right"),
	"assessment":           words("核验改正", "assessment of the cure"),
	"hearing-request":      words("申请听证", "time to ask for a hearing"),
	"hearing":              words("举行听证", "holding the hearing"),
	"resolution":           words("集体讨论", "collective decision"),
	"reconsideration":      words("申请行政复议", "administrative reconsideration"),
	"suit":                 words("提起行政诉讼", "suit in the people's court"),
	"duty-logs":            words("保存日志", "keeping the logs"),
	"duty-confidentiality": words("保密义务", "confidentiality"),
	"duty-records":         words("保存记录", "keeping records"),
	"ban":                  words("禁止再次申请", "ban on re-entry"),
	"appeal":               words("答复申诉", "answering the appeal"),
	"decision":             words("退出决定", "decision on the exit"),
	"service":              words("决定送达", "service of the decision"),
	"meeting":              words("会议召开", "meeting"),

	"register-resources":   words("数据资源登记", "registration of the resources"),
	"register-products":    words("产品和服务登记", "registration of products and services"),
	"acceptance":           words("登记受理", "acceptance of the registration"),
	"formal-review":        words("形式审核", "formal review"),
	"notice":               words("公示", "public notice"),
	"recheck":              words("异议核验", "re-check of an objection"),
	"coding":               words("登记赋码", "assignment of the code"),
	"validity":             words("登记有效期", "validity of the registration"),
	"registration-renewal": words("续展申请期开始", "opening of the renewal"),
	"deregistration":       words("办理注销", "deregistration"),

	"concern-answer": words("答复反馈和需求", "answer to a report or demand"),

	"product-completion":   words("产品内容修改", "amending the product"),
	"product-trial":        words("试运行", "trial"),
	"product-trial-result": words("认定试运行结果", "result of the trial"),
	"product-ceiling":      words("设定上限收费标准", "setting of the ceiling"),

	"complaint-acceptance":  words("受理投诉举报", "acceptance of a complaint"),
	"complaint-answer":      words("答复投诉举报", "answer to a complaint"),
	"complaint-chase":       words("逾期投诉举报催办", "chasing of a late complaint"),
	"disclosure-year-end":   words("披露年度结束", "end of the year disclosed"),
	"yearly-disclosure":     words("年度授权运营信息披露", "yearly disclosure"),
	"disclosure-chase":      words("逾期披露催办", "chasing of a late disclosure"),
	"incident-review":       words("紧急暂停复核", "review of an emergency suspension"),
	"finding-handling":      words("监督问题处理", "dealing with a finding"),
	"rectification":         words("整改", "rectification"),
	"reinspection":          words("复查", "inspection after rectification"),
	"evaluation-due":        words("年度成效评价", "yearly evaluation"),
	"evaluation-view":       words("对评价陈述意见", "the operator's view of the evaluation"),
	"evaluation-conclusion": words("作出评价结论", "conclusion of the evaluation"),
	"audit-due":             words("年度内部控制审计报告", "yearly internal-control audit"),
	"finding-consequence":   words("办理要求的暂停或者退出", "suspension or exit that was asked for"),
	"complete-year":         words("首个完整运营年度", "first complete year of operation"),
	"allowance-review":      words("最高准许收入评估", "review of the allowance"),
	"price-adjustment":      words("调整收费或者上限", "adjusting charges or ceilings"),
	"price-report":          words("价格执行和运营情况报告", "report on prices and operation"),
	"final-settlement":      words("终结结算", "final settlement"),

	"plan-completion":   words("实施方案修改", "amending the plan"),
	"plan-decision":     words("实施方案集体决策", "decision on the plan"),
	"plan-filing":       words("实施方案备案", "filing of the plan"),
	"plan-publication":  words("实施方案公布", "publication of the plan"),
	"plan-comment":      words("公开征求意见", "public comment"),
	"plan-applications": words("受理申请", "taking of applications"),
}

// limitsOf name those of which there are many, by what their names begin with.
var limitsOf = []struct {
	prefix string
	words  text.Text
}{
	{"review:", words("审查", "review")},
	{"inspection:", words("计划内检查", "planned inspection")},
	{"recheck:", words("异议核验", "re-check of an objection")},
	{"step-", words("清退步骤", "step of the wind-down")},
	{"duty-making-good-", words("补偿、赔偿", "compensation or damages")},
	{"agency-step-", words("清退步骤（实施机构代为办理）", "step of the wind-down, taken over by the agency")},
}

// Limit returns the words of the name of a time limit; false when there are none.
func Limit(name string) (text.Text, bool) {
	if t, ok := limits[name]; ok {
		return t, true
	}
	for _, l := range limitsOf {
		if strings.HasPrefix(name, l.prefix) {
			return l.words, true
		}
	}
	return text.Text{}, false
}

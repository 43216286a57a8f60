package words

// oversightFields name the fields of the inputs of inspections, evaluations and audits.
var oversightFields = map[string]Label{
	"authorization.PlanInspectionInput.on":           label("检查日期", "day of the inspection").hint("安排后即告知运营机构；飞行检查不在此安排，检查后再记录。", "The operator is told at once. An unplanned inspection is not planned here but recorded afterwards."),
	"authorization.InspectionScope.subject":          label("检查事项类别", "subject").hint("类别及其依据由规则方案列出。", "The policy profile lists them with their articles."),
	"authorization.InspectionScope.about":            label("检查内容", "what is looked at"),
	"authorization.InspectionScope.resources":        label("涉及的数据资源", "resources").hint("不选即为全部。", "None chosen means all."),
	"authorization.InspectionScope.products":         label("涉及的产品和服务", "products and services").hint("不选即为全部。", "None chosen means all."),
	"authorization.InspectionScope.who":              label("检查单位", "which units inspect").hint("写明处室或者机构，不写个人姓名。", "Units, not the names of people."),
	"authorization.InspectionResultInput.inspection": label("计划内检查", "planned inspection"),
	"authorization.CancelInspectionInput.inspection": label("计划内检查", "planned inspection"),
	"authorization.Held.held_on":                     label("实际检查日期", "day on which it was held"),
	"authorization.Held.outcome":                     label("检查结果", "result"),
	"authorization.Held.report":                      label("检查情况", "what was found").hint("运营机构可以看到。", "The operator sees it."),

	"authorization.EvaluateInput.year":    label("评价年度", "year"),
	"authorization.EvaluateInput.scores":  label("评分", "points").hint("每项指标都要评分，分值由规则方案规定。", "Every criterion; the policy profile says how many points each has at most."),
	"authorization.EvaluateInput.reasons": label("评分说明", "reasons"),
	"authorization.Score.criterion":       label("指标", "criterion"),
	"authorization.Score.points":          label("得分", "points"),
	"authorization.ViewInput.view":        label("意见", "your view").hint("在期限内陈述一次。", "Stated once, within the limit."),
	"authorization.ConcludeInput.opinion": label("评价结论", "conclusion").hint("写明对运营机构意见的处理；等次按得分由规则方案确定。", "What is made of the operator's view; the grade follows from the points by the policy profile."),

	"authorization.AuditInput.year":            label("审计年度", "year"),
	"authorization.AuditInput.auditor":         label("审计单位", "who audited").hint("会计师事务所或者内部审计部门的名称。", "The firm or the unit."),
	"authorization.AuditInput.summary":         label("审计情况", "summary"),
	"authorization.AuditInput.outcome":         label("审计结论", "result"),
	"authorization.AuditInput.defects":         label("发现的缺陷", "defects found").hint("结论为发现缺陷的填写。", "Where any were found."),
	"authorization.AffiliatesInput.affiliates": label("关联方", "affiliates").hint("列出本单位已知的全部关联方，替换本单位原有名单；没有的留空。控制运营机构、受其控制或者与其同受控制的单位。", "All that your organisation knows of, in place of its list before; leave it empty when there are none. Whoever controls the operator, is controlled by it, or together with it."),
	"authorization.Affiliate.name":             label("名称", "name"),
	"authorization.Affiliate.credit_code":      label("统一社会信用代码", "unified social credit code"),
	"authorization.Affiliate.relation":         label("关联关系", "how the two are connected"),

	"authorization.AuditInput.attachments": label("审计报告", "report of the audit"),
}

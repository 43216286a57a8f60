package words

// findingFields name the fields of the inputs of findings.
var findingFields = map[string]Label{
	"finding.RaiseInput.authorization": label("授权运营", "authorisation").hint("在运营或者已暂停的授权运营。", "One in operation, or suspended."),
	"finding.RaiseInput.subject":       label("问题类别", "subject").hint("类别及其依据由规则方案列出。", "The policy profile lists them with their articles."),
	"finding.RaiseInput.found_by":      label("发现方式", "how it came to light"),
	"finding.RaiseInput.facts":         label("事实", "facts").hint("写明时间、事项和涉及的数据、产品；运营机构可以看到。", "When, what, and which data or products; the operator sees it."),
	"finding.RaiseInput.origin":        label("所依据的记录", "what it follows from").hint("检查、评价、审计的序号或者年度，或者公平竞争指标；没有的不填。", "An inspection, evaluation or audit on record, or an indicator of fair competition; left empty for none."),
	"finding.RaiseInput.evidence":      label("证据材料", "evidence"),

	"finding.ReasonInput.reason":       label("理由", "reason"),
	"finding.OrderInput.measures":      label("整改要求", "what is to be mended").hint("写明改什么、提交什么材料证明已经改好。", "What is to be mended, and what shows that it was."),
	"finding.HandInInput.statement":    label("整改情况说明", "what was done"),
	"finding.HandInInput.evidence":     label("整改证明材料", "evidence of rectification"),
	"finding.OpinionInput.opinion":     label("复查意见", "opinion of the inspection"),
	"finding.ConsequenceInput.ground":  label("依据", "ground"),
	"finding.ConsequenceInput.opinion": label("复查意见", "opinion of the inspection"),
}

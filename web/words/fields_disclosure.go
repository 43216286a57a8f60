package words

// disclosureFields name the fields of the inputs of yearly disclosures.
var disclosureFields = map[string]Label{
	"disclosure.Entered.address":     label("地址", "address"),
	"disclosure.Entered.postcode":    label("邮编", "postcode"),
	"disclosure.Entered.email":       label("邮箱", "e-mail").hint("单位的公开邮箱，不填个人邮箱。", "The organisation's own, not a person's."),
	"disclosure.Entered.phone":       label("固定电话", "landline").hint("单位的公开电话，不填个人电话。", "The organisation's own, not a person's."),
	"disclosure.Entered.departments": label("数据管理部门", "data departments"),
	"disclosure.Entered.ways":        label("产品和服务方式", "what products rest on"),
	"disclosure.Entered.note":        label("说明", "note").hint("向公众说明，将原样公布。", "For the public, published as it is."),

	"disclosure.Department.unit":    label("单位名称", "name of the department"),
	"disclosure.Department.contact": label("联系人或者联系处室", "contact person or office").hint("将公布。", "It is published."),
	"disclosure.Department.phone":   label("联系电话", "telephone"),
	"disclosure.Way.product":        label("产品和服务", "product or service"),
	"disclosure.Way.data":           label("所用数据", "data it rests on"),

	"disclosure.ReturnInput.reason":         label("退回理由", "why it is returned").hint("不公布。", "Not published."),
	"disclosure.CorrectInput.public_reason": label("更正理由", "why it is corrected").hint("随更正后的内容一并公布。", "Published with the correction."),
	"disclosure.WithdrawInput.public_reason": label("撤下理由（公布）", "why it is withdrawn, for the public").
		hint("公布在原处。", "It stands in its place."),
	"disclosure.WithdrawInput.records": label("内部说明", "for the records").hint("不公布。", "Not published."),
}

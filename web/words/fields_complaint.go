package words

// complaintFields name the fields of the inputs of complaints.
var complaintFields = map[string]Label{
	"complaint.LodgeInput.about":          label("投诉举报对象", "whom or what it is about").hint("投诉实施机构的，由监督部门办理，该机构看不到。", "A complaint about the agency is handled by the supervisors; the agency does not see it."),
	"complaint.LodgeInput.authorization":  label("授权运营编号", "number of the authorisation").hint("公开登记里的编号；对象是运营机构或者实施机构的必须填写。", "As in the public register; needed when it is about an operator or an agency."),
	"complaint.LodgeInput.facts":          label("事实和诉求", "what happened, and what you ask for").hint("写明时间、事项和依据，不超过4000字。", "When, what, and how you know; at most 4000 characters."),
	"complaint.LodgeInput.name":           label("姓名", "your name").hint("可以不填（匿名）；只有办理人员看得到。", "May be left empty; only those who handle it see it."),
	"complaint.LodgeInput.contact":        label("联系方式", "how you can be reached").hint("可以不填；只有办理人员看得到。", "May be left empty; only those who handle it see it."),
	"complaint.RefuseInput.public_reason": label("不予受理的理由", "why it is refused").hint("投诉举报人凭编号可以看到，不写他人的个人信息。", "Whoever has the number reads it: name nobody."),
	"complaint.AnswerInput.outcome":       label("核查结果", "what it came to"),
	"complaint.AnswerInput.text":          label("答复", "answer").hint("投诉举报人凭编号可以看到，不写他人的个人信息。", "Whoever has the number reads it: name nobody."),
	"complaint.Lodging.secret":            label("查询码", "secret part of the number"),
	"complaint.Lodging.about":             label("投诉举报对象", "whom or what it is about"),
	"complaint.Lodging.authorization":     label("授权运营编号", "number of the authorisation"),
	"complaint.Lodging.facts":             label("事实和诉求", "what happened"),
	"complaint.Lodging.name":              label("姓名", "name"),
	"complaint.Lodging.contact":           label("联系方式", "how to reach the complainant"),
}

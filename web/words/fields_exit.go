package words

// exitFields name the fields of the inputs of exits in full.
var exitFields = map[string]Label{
	"exit.CureInput.text": label("改正情况", "what was done to put it right"),

	"exit.CallInput.date":              label("听证日期", "day of the hearing"),
	"exit.CallInput.time":              label("时间", "time of day"),
	"exit.CallInput.place":             label("地点", "place"),
	"exit.CallInput.closed_door":       label("不公开的理由", "why it is not public").hint("公开听证的不填；涉及秘密的写明是哪一类。", "Left empty for a public hearing; otherwise which secret keeps the public out."),
	"exit.ObjectionAnswerInput.upheld": label("更换主持人", "the chair is replaced"),
	"exit.RecordInput.record":          label("听证笔录", "record of the hearing"),
	"exit.RecordInput.attended":        label("参加人及身份", "who took part, and as what").hint("每行一人。", "One person a line."),
	"exit.RecordInput.summary":         label("听证要点", "what was said, in short"),

	"exit.DecisionInput.ban_months": label("禁止再次申请（月）", "ban on re-entry, in months").hint("不得长于告知载明的期限。", "No longer than the notice announced."),
	"exit.DecisionInput.harm":       label("认定撤销将对公共利益造成重大损害", "to annul would do great harm to the public interest").hint("认定的，不予撤销。", "Where this is found the authorisation goes on."),
	"exit.FinishInput.nothing":      label("本步骤无事可办", "there is nothing to do in this step").hint("在说明中写明为什么。", "The note says why."),

	"exit.ReviewInput.kind":   label("途径", "way"),
	"exit.ReviewInput.body":   label("受理机关", "body"),
	"exit.ReviewInput.number": label("案号", "number"),
	"exit.ReviewInput.date":   label("申请或者起诉日期", "day of the application or suit"),

	"exit.StayInput.review": label("哪一项复议或者诉讼", "which review"),
	"exit.StayInput.body":   label("决定机关", "who ordered it"),
	"exit.StayInput.proof":  label("停止执行决定", "the order"),

	"exit.ReviewResultInput.review":   label("哪一项复议或者诉讼", "which review"),
	"exit.ReviewResultInput.result":   label("结果", "result"),
	"exit.ReviewResultInput.date":     label("日期", "day"),
	"exit.ReviewResultInput.document": label("文书编号", "number of the decision or judgment"),
	"exit.ReviewResultInput.proof":    label("决定书或者判决书", "the decision or judgment"),

	"exit.CarryInput.review":    label("执行哪一项复议或者诉讼的结果", "which review is carried out"),
	"exit.CarryInput.reference": label("本机关决定的编号", "number of the agency's own decision"),
	"exit.CarryInput.reasons":   label("事实、理由和依据", "facts, reasons and basis"),

	"exit.DischargeInput.duty":  label("义务", "duty"),
	"exit.DischargeInput.proof": label("履行证明", "proof that it was met"),
	"exit.DischargeInput.note":  label("说明", "note"),

	"exit.AppealAnswerInput.strike": label("撤销列入", "strike the entry off"),
}

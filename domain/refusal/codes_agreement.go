package refusal

// Codes of the agreement.
var (
	ArbitrationVoid  = define("arbitration-void", Invalid, "授权运营协议属于行政协议，仲裁条款无效（法释〔2019〕17号第二十六条），请删除。", "The agreement is an administrative agreement: an arbitration clause is void (法释〔2019〕17号 Art. 26). Remove it.")
	BeyondDecision   = define("beyond-decision", Invalid, "超出已决定的范围。", "This goes beyond what was decided.")
	TermTooLong      = define("term-too-long", Invalid, "运营期限原则上最长不超过{months}个月（27号第十四条）;确需更长的，应当说明理由。", "The term may not exceed {months} months in principle (27号 Art. 14); a longer one needs a documented reason.")
	StartInPast      = define("start-in-past", Invalid, "起始日不得早于今天。", "The term may not start before today.")
	StartTooFar      = define("start-too-far", Invalid, "起始日不得晚于今天起{months}个月。", "The term may not start later than {months} months from today.")
	EndBeforeStart   = define("end-before-start", Invalid, "截止日应当晚于起始日。", "The term must end after it starts.")
	RedevelopmentBan = define("redevelopment-ban", Invalid, "协议应当载明运营机构不得参与再开发（27号第六条、第十四条）。", "The agreement must bar the operator from re-development (27号 Art. 6, 14).")
	NotAShare        = define("not-a-share", Invalid, "分成比例应在0至10000（万分之一）之间。", "A share lies between 0 and 10000 hundredths of a percent.")
	SharesDoNotAddUp = define("shares-do-not-add-up", Invalid, "各方分成合计应为100%。", "The shares must add up to 100 %.")
	PaperMissing     = define("paper-missing", Invalid, "须附齐规则要求的全部文件，方可启动运营。", "Every paper that the rules demand is handed in before operation starts.")
	ConditionMissing = define("condition-missing", Invalid, "协议应当逐字载明审查意见所附的条件。", "The agreement must repeat every condition attached to a review's approval.")
)

package refusal

// Codes of the exit.
var (
	ExitOwnRequest   = define("exit-own-request", Forbidden, "不得决定本人提出或者同意的退出事项。", "Nobody decides an exit that he asked for or agreed to.")
	ExitNotRequested = define("exit-not-requested", Conflict, "该授权没有与此对应的退出请求。", "The authorisation has no request for this exit.")
	ExitTrigger      = define("exit-trigger", Invalid, "该退出情形不能以这种方式启动。", "An exit on this ground cannot be started in this way.")
	ExitNotAgreed    = define("exit-not-agreed", Conflict, "协商退出须经对方同意。", "An exit by agreement needs the other side's consent.")
	ExitOfExpiry     = define("exit-of-expiry", Conflict, "运营期限已届满，退出不能停止。", "The term has ended: this exit cannot be stopped.")
	ExitNoInterim    = define("exit-no-interim", Conflict, "该退出情形不中止数据访问。", "Access is not suspended on this ground.")
	ExitNoted        = define("exit-noted", Conflict, "已有记录，不得重复。", "This is on record already.")
	ExitUndoOrder    = define("exit-undo-order", Conflict, "应当按相反次序恢复：后做的先恢复。", "Undo in reverse order: what was done last comes first.")
	ExitNotUndone    = define("exit-not-undone", Conflict, "尚有措施未恢复。", "Some measures have not been undone yet.")
	ExitStepOrder    = define("exit-step-order", Conflict, "清退步骤应当依次办理，现在不是这一步。", "The steps of the wind-down come in order; this one is not next.")
	ExitStepDoer     = define("exit-step-doer", Conflict, "该步骤由任务承办人完成，不由系统记录。", "This step is a task of people; the system does not note it as done.")
	ExitStepsLeft    = define("exit-steps-left", Conflict, "尚有清退步骤未完成。", "Some steps of the wind-down are not done.")
)

// Codes of single fields of the exit.
var (
	ExitServiceDate    = define("exit-service-date", Invalid, "送达日期不得早于决定之日，也不得晚于今天。", "The date of service lies between the day of the decision and today.")
	ExitAmountTooLarge = define("exit-amount-too-large", Invalid, "金额超出上限。", "The amount is too large.")
	ExitUnbalanced     = define("exit-unbalanced", Invalid, "收付不平，相差{difference}分。", "What was received and what was paid out differ by {difference} fen.")
)

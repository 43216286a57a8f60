package refusal

// Codes shared by every kind of case.
var (
	InvalidInput     = define("invalid-input", Invalid, "所填内容有误，请按字段提示更正。", "Some fields are not right; see each field's message.")
	UnknownCommand   = define("unknown-command", NotFound, "没有这项操作。", "There is no such command.")
	NotFoundHere     = define("not-found", NotFound, "未找到，或您无权查看。", "Not found, or not for you to see.")
	NotInState       = define("not-in-state", Conflict, "事项当前状态不能进行此操作。", "This is not possible in the case's present state.")
	CaseClosed       = define("case-closed", Conflict, "事项已办结。", "The case is closed.")
	NotEntitled      = define("not-entitled", Forbidden, "您的岗位无权进行此操作。", "Your role does not entitle you to do this.")
	OwnOrganization  = define("own-organisation", Forbidden, "不得审查或决定本人或本单位的申请。", "Nobody reviews or decides an application of his own or of his organisation.")
	ActedBefore      = define("acted-before", Forbidden, "您已在本事项的另一审查或表决环节履职，同一人只能参与一个环节。", "You have already acted in another review or voting step of this case; one person acts in one step only.")
	InterestDeclared = define("interest-declared", Forbidden, "您已申报利害关系，应当回避本事项。", "You declared an interest in this case and stay away from it.")
	StaleVersion     = define("stale-version", Precondition, "事项已有更新，请刷新后重试。", "The case has changed since you read it; read it again.")
	KeyReused        = define("idempotency-key-reused", Invalid, "同一幂等键已用于内容不同的请求。", "This idempotency key was used for a request with other content.")
	PolicyUnknown    = define("policy-unknown", Invalid, "未找到该规则方案。", "There is no such policy profile.")
)

// NothingToRecount refuses to count limits anew when the calendar in force gives the same days.
var NothingToRecount = define("nothing-to-recount", Conflict, "按现行日历，各项期限均无变动。", "With the calendar in force no limit of this case changes.")

// Codes of single fields.
var (
	Required         = define("required", Invalid, "必填。", "This is required.")
	TooLong          = define("too-long", Invalid, "超过{max}个字符。", "Longer than {max} characters.")
	TooMany          = define("too-many", Invalid, "超过{max}项。", "More than {max} items.")
	NotAChoice       = define("not-a-choice", Invalid, "不在可选范围内：{choices}。", "Not one of: {choices}.")
	NotADate         = define("not-a-date", Invalid, "不是有效日期（年-月-日）。", "Not a date (YYYY-MM-DD).")
	Repeated         = define("repeated", Invalid, "与另一项重复。", "Repeats another item.")
	UnknownReference = define("unknown-reference", Invalid, "引用的对象不存在。", "What this refers to does not exist.")
	BadCreditCode    = define("bad-credit-code", Invalid, "统一社会信用代码不符合GB 32100。", "Not a valid unified social credit code (GB 32100).")
	NotNegative      = define("not-negative", Invalid, "不得为负。", "Must not be negative.")
	TooShort         = define("too-short", Invalid, "不足{min}个字符。", "Shorter than {min} characters.")
)

// Codes of tasks.
var (
	TaskClaimed    = define("task-claimed", Conflict, "该任务已由他人领取。", "Somebody else has claimed this task.")
	TaskNotClaimed = define("task-not-claimed", Conflict, "请先领取该任务。", "Claim the task first.")
	HoldsAnother   = define("holds-another-task", Conflict, "您已领取本事项另一环节的任务，同一人只能参与一个环节；请先退回该任务。", "You have claimed a task of another step of this case, and one person acts in one step only; release that task first.")
	TaskOver       = define("task-over", Conflict, "该任务已结束。", "This task is over.")
)

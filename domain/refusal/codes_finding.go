package refusal

// Codes of findings.
var (
	NotASubject      = define("not-a-subject", Invalid, "不是规则方案所列的问题类别。", "Not one of the policy profile's subjects.")
	NotOperating     = define("not-operating", Conflict, "该授权没有在运营，不能提出监督问题。", "The authorisation is not in operation, so nothing can be found of it.")
	OtherSideRaised  = define("other-side-raised", Forbidden, "由提出问题的一方处理。", "Whoever raised the finding deals with it.")
	HandedInByHim    = define("handed-in-by-him", Forbidden, "不得由提交整改材料的人复查。", "Nobody inspects what he handed in himself.")
	ExtendedBefore   = define("extended-before", Conflict, "整改期限已延长过一次。", "The limit was extended once already.")
	NotOverdue       = define("rectification-not-over", Conflict, "整改期限未满，运营机构也还没有提交材料。", "The limit of rectification has not run out, and nothing was handed in.")
	ConsequenceTaken = define("consequence-taken", Conflict, "要求的暂停已经办理，不能再退回。", "The suspension that was asked for is in force, so it cannot be sent back any more.")
	FindingsNotRuled = define("findings-not-ruled", Conflict, "该规则方案没有监督问题的规定。", "The policy profile has no rules of findings.")
	NotAnOrigin      = define("not-an-origin", Invalid, "该授权没有以这种方式发现问题的此项记录。", "The authorisation has no such record that came to light in this way and found something.")
)

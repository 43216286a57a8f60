package refusal

// Codes of inspections, evaluations and audits.
var (
	SupervisionNotRuled = define("supervision-not-ruled", Conflict, "规则方案没有此项监督的规定，或者尚未开始运营。", "The policy profile has no rules of this, or operation has not started.")
	NoInspection        = define("no-inspection", Conflict, "没有本机构安排的待进行检查。", "No inspection that this organisation planned is to be held.")
	TooManyInspections  = define("too-many-inspections", Conflict, "检查次数已达上限{max}次。", "There are {max} inspections, which is the most.")
	NoYearOver          = define("no-year-over", Conflict, "还没有结束的运营年度。", "No year of operation is over yet.")
	NothingToConclude   = define("nothing-to-conclude", Conflict, "没有待作出结论的评价。", "No evaluation is to be concluded.")
	OwnEvaluation       = define("own-evaluation", Forbidden, "评价结论由评分人以外的人作出。", "Whoever scored a year does not conclude its evaluation.")
	ViewPending         = define("view-pending", Conflict, "运营机构陈述意见的期限未满。", "The time for the operator's view has not run out.")
	EvaluationOpen      = define("evaluation-open", Invalid, "另一年度的评价尚未作出结论。", "The evaluation of another year is not concluded.")
	NotACriterion       = define("not-a-criterion", Invalid, "不是规则方案所列的评价指标。", "Not one of the policy profile's criteria.")
	PointsOutOfRange    = define("points-out-of-range", Invalid, "超出该指标的分值。", "Beyond the points of the criterion.")
	NoDefects           = define("no-defects", Invalid, "结论为未发现缺陷的，不填写缺陷。", "There are no defects to state where none were found.")
	RenewalBarred       = define("renewal-barred", Conflict, "不能邀请续约：{rule_zh}。", "A renewal cannot be invited: {rule_en}.")
)

package refusal

// Codes of who answers for what.
var (
	ManagesAndOperates     = define("manages-and-operates", Invalid, "同一机构不能既管理又运营同一项授权（管运适度分离）。", "No organisation both manages and operates under the same authorisation.")
	ResponsibilityNotRuled = define("responsibility-not-ruled", Conflict, "该规则方案没有责任清单。", "The policy profile has no matrix of responsibilities.")
)

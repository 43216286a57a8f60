package refusal

// Codes of classification and grading.
var (
	HarmRequired      = define("harm-required", Invalid, "请至少填写一个影响对象及其影响程度，或者声明不造成危害。", "State at least one impact object with its degree, or that there is no harm.")
	HarmContradicted  = define("harm-contradicted", Invalid, "已填写影响对象，不能同时声明不造成危害。", "Harm to an object is stated, so it cannot be stated that there is none.")
	GradedBelowSource = define("graded-below-source", Invalid, "衍生数据的级别低于来源数据，或者不再作为个人信息，须填写所作处理（脱敏、汇聚统计）和理由。", "A derivation that is graded lower than a source, or is personal information no longer, needs its processing (desensitised, aggregated) and the reasons.")
	SourceUngraded    = define("source-ungraded", Invalid, "来源数据尚未分级，请先为其分级。", "This source is not graded yet; grade it first.")
	DerivedFromItself = define("derived-from-itself", Invalid, "数据不能衍生自其本身。", "Data is not derived from itself.")
	GradingSuperseded = define("grading-superseded", Precondition, "该资源已另行分级，请按现行分级重新办理。", "The resource has been graded again meanwhile; look at the grading that counts now.")
)

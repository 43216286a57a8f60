package refusal

// Codes of emergency suspensions.
var (
	IncidentNotRuled = define("incident-not-ruled", Forbidden, "规则方案没有允许该岗位紧急暂停或者复核。", "The policy profile does not let this role suspend at once or review it.")
	NoIncident       = define("no-incident", Conflict, "没有待复核的紧急暂停。", "There is no emergency suspension to be reviewed.")
	OwnIncident      = define("own-incident", Forbidden, "紧急暂停由作出暂停以外的人复核。", "Whoever suspended at once does not review it.")
	IncidentOpen     = define("incident-open", Conflict, "紧急暂停尚待复核，只能经复核解除。", "The emergency suspension waits for its review, by which alone it is lifted.")
)

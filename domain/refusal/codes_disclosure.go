package refusal

// Codes of yearly disclosures.
var (
	DisclosureStale = define("disclosure-stale", Conflict, "编制后相关记录有变动，请退回重新编制后再核对公布。", "The records changed since it was compiled: return it, and compile it anew before it is published.")
	PreparedByHim   = define("prepared-by-him", Forbidden, "编制披露内容的人员不得自行核对。", "Whoever prepared a disclosure does not check it.")
	DisclosureSame  = define("disclosure-same", Conflict, "内容与已公布的相同。", "The content is the same as what is published.")
	WaysOfOperator  = define("ways-of-operator", Invalid, "产品和服务方式只由运营机构披露。", "The operator alone discloses what its products rest on.")
)

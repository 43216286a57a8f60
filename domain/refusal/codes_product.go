package refusal

// Codes of products and services, and of authorisations whose products are cases of their own.
var (
	ProductIsCase     = define("product-is-case", Conflict, "该授权运营的产品和服务各有单独事项：定价、上架、调价和下架请在产品和服务事项中办理。", "This authorisation's products and services are cases of their own: set ceilings, list, charge and delist there.")
	ProductNotCase    = define("product-not-case", Conflict, "该授权运营适用较早的规则方案，产品和服务在授权运营事项内直接上架。", "This authorisation goes by an older policy profile: its products and services are listed on the authorisation itself.")
	ProductNotOffered = define("product-not-offered", Conflict, "该产品和服务未在架。", "This product or service is not on offer.")
	ProductHeld       = define("product-held", Conflict, "所属授权运营不在正常运营中（未开始、已暂停、退出办理中或者数据访问已关闭），暂不能办理。", "The authorisation it rests on is not in normal operation – not begun, suspended, in exit or without access to the data – so this has to wait.")
	ProductElsewhere  = define("product-elsewhere", Conflict, "同一产品和服务已有另一事项在架。", "Another case has the same product or service on offer.")
	ProductNotPriced  = define("product-not-priced", Conflict, "该产品和服务此时不能定价：审核尚未通过。", "This product or service cannot be priced now: its reviews have not passed.")
	ProductFree       = define("product-free", Conflict, "公共治理、公益类产品和服务免费提供，不设收费标准（65号第一部分）。", "Products and services for public governance and benefit are free: no ceiling and no charge is set (65号 part 1).")
	ProductNoCeiling  = define("product-no-ceiling", Conflict, "尚未设定上限收费标准，待实施机构设定后再确定收费标准（65号第二、三部分）。", "The agency has not set the ceiling yet; the charge comes after it (65号 parts 2–3).")
	ProductSame       = define("product-same", Conflict, "内容与在架版本相同。", "The content is the same as that of the version on offer.")
	ProductChargeSame = define("product-charge-same", Conflict, "收费标准与现行的相同。", "The charge is the same as the present one.")
	ProductTrialEarly = define("product-trial-early", Invalid, "试运行期未满，不能认定通过。", "The trial is not over: it cannot be passed yet.")
	ProductTrialLong  = define("product-trial-long", Invalid, "试运行超过规则方案允许的最长期限。", "The trial is longer than the policy profile allows.")
	OutsideAgreement  = define("outside-agreement", Invalid, "超出已签署协议的范围（27号第十四条）。", "Outside the scope of the signed agreement (27号 Art. 14).")
	AuthorizationOver = define("authorization-over", Invalid, "该授权运营尚未备案、正在退出或者已经终止。", "This authorisation is not filed yet, is in exit or has ended.")
	FixedWhileListed  = define("fixed-while-listed", Invalid, "在架产品和服务变更内容时，名称、类别和计费单位不得改变；需要改变的请另行起草。", "What is on offer keeps its name, class and unit when it changes; draft another one instead.")
	NotATariff        = define("not-a-tariff", Invalid, "分档标准应逐档递增，且只有最后一档不设上限。", "The steps must rise, and the last one alone has no end.")
	NotADiscount      = define("not-a-discount", Invalid, "优惠幅度应大于0且不超过100%。", "A discount is more than 0 and at most 100 %.")
)

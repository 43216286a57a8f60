package refusal

// Codes of the use ledger.
var (
	TimeInFuture      = define("time-in-future", Invalid, "时间晚于现在。", "The time is later than now.")
	BadKey            = define("bad-public-key", Invalid, "不是PEM格式的Ed25519或者SM2公钥。", "Not a public key of Ed25519 or SM2 in PEM.")
	OtherPlatform     = define("other-platform", Invalid, "批次写明的平台不是本接口地址中的平台。", "The batch names another platform than the address does.")
	BadEventID        = define("bad-event-id", Invalid, "编号为1至64个字符，限字母、数字和 . _ : -。", "An ID has 1 to 64 characters: letters, digits and . _ : -.")
	ReportedBefore    = define("reported-before", Invalid, "该编号的事件已在另一批次报送。", "An event of this ID was reported in another batch.")
	SignatureMissing  = define("signature-missing", Forbidden, "请在DataCharter-Signature标头给出对请求体原文的签名（Base64）。", "Give the signature over the exact body, in base64, in the header DataCharter-Signature.")
	SignatureWrong    = define("signature-wrong", Forbidden, "签名与请求体原文和平台登记的公钥不符。", "The signature does not fit the exact body and the platform's registered key.")
	PlatformRevoked   = define("platform-revoked", Forbidden, "该平台的公钥已停用。", "The platform's key is revoked.")
	TooManyPlatforms  = define("too-many-platforms", Conflict, "本授权在用的平台已达{max}个，请先停用一个。", "This authorisation has {max} platforms in use; revoke one first.")
	BatchChanged      = define("batch-changed", Conflict, "该批次编号已用于内容不同的批次。", "A batch with other content was sent under this ID.")
	NumberTaken       = define("batch-number-taken", Conflict, "该流水号已用于另一批次。", "The running number belongs to another batch.")
	NumberTooFarAhead = define("batch-number-too-far", Invalid, "流水号比已报送的最大号超出{max}以上。", "The running number is more than {max} beyond the greatest so far.")
	AgreementNeeded   = define("agreement-needed", Conflict, "协议签署备案后才能登记平台。", "Platforms are registered once the agreement is signed and filed.")
	BoundRepeated     = define("bound-repeated", Invalid, "同一环节、产品、计量单位和期间只写一个上限。", "State one bound for the same stage, product, unit and period.")
)

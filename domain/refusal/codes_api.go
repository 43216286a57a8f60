package refusal

// Codes of requests that never reach a case.
var (
	Unauthenticated      = define("unauthenticated", Forbidden, "请提供有效的访问令牌。", "Give a valid access token.")
	BadRequest           = define("bad-request", Invalid, "请求无法解析。", "The request cannot be read.")
	BadJSON              = define("bad-json", Invalid, "请求体不是有效的UTF-8编码JSON。", "The body is not valid JSON in UTF-8.")
	NoSuchRoute          = define("no-such-route", NotFound, "没有这个接口。", "There is nothing at this address.")
	MethodNotAllowed     = define("method-not-allowed", Invalid, "该接口不支持此方法。", "This address does not support the method.")
	UnsupportedMediaType = define("unsupported-media-type", Invalid, "不支持该内容类型。", "This content type is not supported.")
	BodyTooLarge         = define("body-too-large", Invalid, "请求体过大。", "The body is too large.")
	RequestTimeout       = define("request-timeout", Invalid, "请求体未在时限内到达。", "The body did not arrive in time.")
	TooManyRequests      = define("too-many-requests", Unavailable, "请求过于频繁，请稍后再试。", "Too many requests; try again in a while.")
	RequestCancelled     = define("request-cancelled", Unavailable, "请求已由调用方取消。", "The caller gave the request up.")
	InternalError        = define("internal-error", Unavailable, "系统内部错误，请凭请求编号联系管理员。", "Something went wrong inside; tell an administrator the request's ID.")
	NotAvailable         = define("unavailable", Unavailable, "系统暂时不可用，请稍后用同一幂等键重试。", "Not available now; try again later with the same idempotency key.")
)

// Codes of single fields of a request's form.
var (
	UnknownField = define("unknown-field", Invalid, "没有这个字段。", "There is no such field.")
	WrongType    = define("wrong-type", Invalid, "类型应为{type}。", "The type must be {type}.")
	Malformed    = define("malformed", Invalid, "格式不正确。", "Not of the right form.")
	TooSmall     = define("too-small", Invalid, "不得小于{min}。", "Must not be less than {min}.")
	TooLarge     = define("too-large", Invalid, "不得大于{max}。", "Must not be more than {max}.")
	TooFew       = define("too-few", Invalid, "不足{min}项。", "Fewer than {min} items.")
	NotANumber   = define("not-a-number", Invalid, "请填写整数。", "Fill in a whole number.")
	NotATime     = define("not-a-time", Invalid, "不是有效时间（RFC 3339）。", "Not a time (RFC 3339).")
	BadCursor    = define("bad-cursor", Invalid, "不是本列表的游标。", "Not a cursor of this list.")
)

// Codes of people, organisations and tokens.
var (
	Taken           = define("taken", Conflict, "已被使用。", "In use already.")
	PartyClosed     = define("party-closed", Conflict, "该人员或者机构已停用。", "The person or organisation is closed.")
	RoleNotPossible = define("role-not-possible", Invalid, "该类机构不能授予此岗位。", "An organisation of this kind cannot give this role.")
	TwoSides        = define("two-sides", Conflict, "同一人不得同时服务于实施机构和运营机构。", "Nobody serves an implementing agency and an operator at once.")
	TokenShownOnce  = define("token-shown-once", Conflict, "该请求已经签发过令牌，令牌只显示一次；如未收到，请作废后另行签发。", "This request has issued a token already, and a token is shown once; if it did not reach you, revoke it and issue another.")
)

// Codes of attachments.
var (
	FileEmpty    = define("file-empty", Invalid, "文件为空。", "The file is empty.")
	FileTooLarge = define("file-too-large", Invalid, "文件超过{max}字节。", "The file is larger than {max} bytes.")
	FileName     = define("file-name", Invalid, "文件名应为1至200个字符，不含路径和控制字符。", "A file name has 1 to 200 characters, without path or control characters.")
	FileType     = define("file-type", Invalid, "文件类型不在允许范围内：{types}。", "Not one of the file types allowed: {types}.")
	FileMismatch = define("file-mismatch", Invalid, "文件的扩展名、声明的类型和实际内容不一致。", "The file's extension, declared type and content do not agree.")
)

package refusal

// Codes of signing in with a password. An unknown name, a wrong password and a lock give the same answer, so that nobody learns which it is.
var (
	SignInFailed      = define("sign-in-failed", Forbidden, "用户名或者密码不正确；多次输入有误的，账户会暂时锁定，请稍后再试。", "The user name or the password is wrong; after several failures an account is locked for a while, so try again later.")
	PasswordWrong     = define("password-wrong", Forbidden, "密码不正确；多次输入有误的，账户会暂时锁定。", "The password is wrong; after several failures the account is locked for a while.")
	AccountLocked     = define("account-locked", Forbidden, "账户因多次输入有误暂时锁定，请于{minutes}分钟后再试。", "The account is locked for a while after several failures; try again in {minutes} minutes.")
	TemporaryExpired  = define("temporary-password-expired", Forbidden, "临时密码已过期，请联系管理员重新设置。", "The temporary password has expired; ask an administrator for another.")
	SignInBusy        = define("sign-in-busy", Unavailable, "登录人数较多，请稍后再试。", "Many people are signing in; try again in a moment.")
	PasswordShownOnce = define("password-shown-once", Conflict, "该请求已经生成过临时密码，临时密码只显示一次；如未收到，请再次重置。", "This request has set a temporary password already, and it is shown once; if it did not reach you, reset it again.")
	NoAccount         = define("no-account", Conflict, "该人员没有本地账户。", "This person has no local account.")
	CodeWrong         = define("code-wrong", Forbidden, "动态口令不正确、已过期或者已使用过，请输入新的动态口令。", "The one-time code is wrong, over or used; enter a new one.")
	CodeOn            = define("code-on", Conflict, "动态口令已启用。", "One-time codes are in use already.")
	NoReentry         = define("no-reentry", Conflict, "当前登录方式无法重新验证，请退出后重新登录。", "There is no way to enter anew as you signed in; sign out and sign in again.")
	CodeOff           = define("code-off", Conflict, "动态口令未启用，也没有待确认的动态口令。", "One-time codes are not in use and none wait to be confirmed.")
)

// Codes of single fields of an account.
var (
	UsernameForm       = define("username-form", Invalid, "用户名应为{min}至{max}个字符，由字母、数字、汉字和符号“.”“-”“_”“@”组成。", "A user name has {min} to {max} characters: letters, digits and the signs . - _ @.")
	PasswordCharacters = define("password-characters", Invalid, "密码含有不能使用的字符。", "The password has characters that cannot be used.")
	PasswordIsName     = define("password-is-name", Invalid, "密码不得包含用户名。", "The password must not contain the user name.")
	PasswordCommon     = define("password-common", Invalid, "该密码过于常见或者过于简单，请更换。", "This password is too common or too simple; choose another.")
	PasswordRepeat     = define("password-repeat", Invalid, "两次输入的新密码不一致。", "The two entries of the new password differ.")
	PasswordUnchanged  = define("password-unchanged", Invalid, "新密码不得与原密码相同。", "The new password must differ from the present one.")
)

// Codes of signing in through an identity provider.
var (
	ProviderUnavailable = define("provider-unavailable", Unavailable, "统一身份认证服务暂时不可用，请稍后再试。", "The identity provider is not available now; try again later.")
	ProviderDeclined    = define("provider-declined", Forbidden, "统一身份认证服务未同意本次登录。", "The identity provider did not let you sign in.")
	ProviderNotTrusted  = define("provider-not-trusted", Forbidden, "统一身份认证服务返回的信息未通过校验，请重新登录；仍不成功的，请联系管理员。", "What the identity provider answered did not pass the checks; sign in again, and tell an administrator if it fails again.")
	ProviderNoName      = define("provider-no-name", Forbidden, "统一身份认证服务未提供姓名，请联系管理员。", "The identity provider gave no name; tell an administrator.")
	SignInInterrupted   = define("sign-in-interrupted", Conflict, "登录已中断或者超时，请重新登录。", "Signing in was interrupted or took too long; begin again.")
	NotEnteredAnew      = define("not-entered-anew", Forbidden, "统一身份认证服务未重新验证您的身份，请重试。", "The identity provider did not ask you to sign in anew; try again.")
	OtherPerson         = define("other-person", Forbidden, "重新验证的不是当前登录的人员。", "Whoever signed in anew is not the person of this session.")
)

// Codes of a person's preferences.
var (
	NoticeCompulsory = define("notice-compulsory", Invalid, "该类通知不能拒收。", "Notices of this group cannot be refused.")
)

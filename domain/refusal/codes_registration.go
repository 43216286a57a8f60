package refusal

// Codes of registrations.
var (
	RegistrationNoContent   = define("registration-no-content", Conflict, "该申请没有可修改的登记内容，请以补充说明重新提交。", "This application has no content to edit; resubmit it with a statement.")
	RegistrationOthers      = define("registration-others", Conflict, "该事项不是登记主体自己提出的，不能撤回或者退回补正。", "The registrant did not ask for this: it can be neither withdrawn nor returned for completion.")
	RegistrationUnexplained = define("registration-unexplained", Conflict, "形式审核已超期，应当先向登记主体说明（26号第十一条）。", "The formal review is overdue: explain that to the registrant first (26号 Art. 11).")
	RegistrationInTime      = define("registration-in-time", Conflict, "形式审核尚未超期。", "The formal review is not overdue.")
	RegistrationUnproved    = define("registration-unproved", Conflict, "更正须有登记主体书面同意或者证明材料（26号第九条）。", "A correction needs the registrant's written consent or proof (26号 Art. 9).")
	RegistrationObjections  = define("registration-objections", Conflict, "该公示的异议数量已达上限，请直接联系登记机构。", "There are too many objections to this notice; please turn to the registry.")
	RegistrationDisputed    = define("registration-disputed", Conflict, "尚有未结异议，不得赋码（26号第十三条）。", "An objection is open: no code is assigned (26号 Art. 13).")
	RegistrationWindow      = define("registration-window", Conflict, "续展自{on}起可以申请（有效期届满前60日内，26号第十五条）。", "Renewal can be applied for from {on} on, within the days before the validity ends (26号 Art. 15).")
	MandateExceeded         = define("mandate-exceeded", Forbidden, "超出委托权限，应由登记主体办理。", "This is beyond the agent's mandate: the registrant does it.")
	NoMandate               = define("no-mandate", Conflict, "没有在系统中办理的代理人。", "There is no agent who acts in the system.")
	JointUnconfirmed        = define("joint-unconfirmed", Conflict, "下列联合登记主体尚未签认现有内容：{organizations}。", "These joint registrants have not confirmed the application as it stands: {organizations}.")
	NothingToConfirm        = define("nothing-to-confirm", Conflict, "没有待本单位签认的内容。", "There is nothing for your organisation to confirm.")
	RegistrationNoFinding   = define("registration-no-finding", Conflict, "撤销登记须有他人记录并核实的违规行为（26号第二十条）。", "A registration is revoked for misconduct that somebody else put on record (26号 Art. 20).")
)

// Codes of single fields of registrations.
var (
	RegistrationDigest   = define("registration-digest", Invalid, "存证摘要应为sha256:或者sm3:加64位十六进制数。", "A preserved digest is sha256: or sm3: with 64 hexadecimal digits.")
	RegistrationScope    = define("registration-scope", Invalid, "不在该授权的范围内。", "Not within the scope of the authorisation.")
	RegistrationLate     = define("registration-late", Invalid, "申请晚于提供资源或者交付产品后的期限，应当说明原因（26号第九条）。", "The application comes after the limit from supply or delivery; state why (26号 Art. 9).")
	MandateOfAnother     = define("mandate-of-another", Invalid, "代他人起草时，代理人应为您所在的单位。", "Who drafts for a registrant names his own organisation as its agent.")
	MandateByRegistrant  = define("mandate-by-registrant", Invalid, "委托代理由登记主体修改，代理人不能变更自己的委托。", "The registrant alone changes the mandate; an agent cannot change its own.")
	RegistrationTooEarly = define("registration-too-early", Invalid, "赋码日期应当在公示期满之后（26号第十三条）。", "The code is assigned after the notice is over (26号 Art. 13).")
)

package refusal

// Codes of plans, and of authorisations that rest on one.
var (
	PlanNotCommenting = define("plan-not-commenting", Conflict, "该实施方案不在公开征求意见期内。", "This plan is not open to public comment.")
	PlanComments      = define("plan-comments", Conflict, "对该实施方案的意见数量已达上限，请直接联系实施机构。", "There are too many comments on this plan; please turn to the agency.")
	PlanCommentOpen   = define("plan-comment-open", Conflict, "公开征求意见期尚未届满（713号令第十五条）。", "Public comment is not over yet (713号令 Art. 15).")
	PlanMajor         = define("plan-major", Conflict, "该变更属于重大变更，须按原程序重新决策（27号第十一条）。", "This is a major change: it goes the original way again (27号 Art. 11).")
	PlanSame          = define("plan-same", Conflict, "内容与现行版本相同。", "The content is the same as that of the version in force.")
	PlanOpened        = define("plan-opened", Conflict, "已在受理申请。", "It takes applications already.")
	PlanClosed        = define("plan-closed", Conflict, "未在受理申请。", "It takes no applications.")
	StoppedByGrade    = define("stopped-by-grade", Conflict, "因所涉资源重新定级，该事项已停止办理；须先补齐所缺材料或者将资源移出范围。", "A resource it rests on was graded anew: this stops until what is lacking is there or the resource is out of scope.")
)

// Codes of single fields of plans.
var (
	DateBeforeDecision = define("date-before-decision", Invalid, "日期不得早于决策之日。", "The date must not be before the decision.")
	DatePast           = define("date-past", Invalid, "日期不得早于今天。", "The date must not be before today.")
	PlanCapability     = define("plan-capability", Invalid, "选择条件须涵盖资金、管理、技术、服务和安全能力（27号第十条）。", "The conditions speak of funds, management, technology, service and security (27号 Art. 10).")
	PlanExpression     = define("plan-expression", Invalid, "条件表达式无法使用，请核对可用事实及写法。", "The expression cannot be used; see which facts there are and how it is written.")
	PlanShares         = define("plan-shares", Invalid, "各方分配比例合计应为100%。", "The shares must add up to 100 %.")
	PlanCommentShorter = define("plan-comment-shorter", Invalid, "征求意见期短于30日的须说明理由（713号令第十五条）。", "A comment period of less than 30 days needs its reason (713号令 Art. 15).")
	PlanRisk           = define("plan-risk", Invalid, "风险不可控的不得同意，应当调整方案（713号令第二十四条）。", "Uncontrollable risk cannot be approved: the plan is changed first (713号令 Art. 24).")
	PlanViolation      = define("plan-violation", Invalid, "违反审查标准的不得同意（公平竞争审查条例第十八条）。", "What violates the review's standards cannot be approved (公平竞争审查条例 Art. 18).")
	PlanExclusive      = define("plan-exclusive", Invalid, "方案含排他安排，只能依例外规定作出结论（公平竞争审查条例第八条、第十二条）。", "The plan has exclusive terms: only an exception can justify them (公平竞争审查条例 Art. 8, 12).")
	PlanNamesSomebody  = define("plan-names-somebody", Invalid, "归纳和答复将公开，不得写出提出意见的人的姓名。", "This becomes public: leave out the name of who gave the opinion.")
	PlanUnanswered     = define("plan-unanswered", Invalid, "须逐项说明对每条公众意见的处理。", "Every opinion of the public is answered.")

	ResourceUngraded       = define("resource-ungraded", Invalid, "该资源尚未分类分级（27号第二十一条）。", "This resource is not graded (27号 Art. 21).")
	ResourceCore           = define("resource-core", Invalid, "核心数据不得列入实施方案（数据安全法第二十一条）。", "Core data may not enter a plan (数据安全法 Art. 21).")
	ResourceUnassessed     = define("resource-unassessed", Invalid, "重要数据须先完成风险评估（网络数据安全管理条例第三十一条）。", "Important data needs its risk assessment first (网络数据安全管理条例 Art. 31).")
	ResourceImpact         = define("resource-impact", Invalid, "个人信息须先完成保护影响评估（个人信息保护法第五十五条）。", "Personal information needs its impact assessment first (个人信息保护法 Art. 55).")
	ResourceBasis          = define("resource-basis", Invalid, "提供个人信息须有单独同意或者已匿名化（个人信息保护法第二十三条）。", "Personal information needs separate consent, or to be anonymised (个人信息保护法 Art. 23).")
	ResourceConsent        = define("resource-consent", Invalid, "共享取得的数据须有提供单位同意（27号第五条）。", "Shared data needs its supplier's consent (27号 Art. 5).")
	AssociationUnassessed  = define("association-unassessed", Invalid, "多项资源合并提供须评估关联汇聚风险（27号第二十一条）。", "Several resources together need their association risk assessed (27号 Art. 21).")
	AssociationCore        = define("association-core", Invalid, "这些资源合并后构成核心数据，不得列入实施方案。", "Together these resources are core data and may not enter a plan.")
	AssociationUnaccounted = define("association-important", Invalid, "这些资源合并后构成重要数据，须附风险评估。", "Together these resources are important data: attach the risk assessment.")

	SecurityLevel    = define("security-level", Invalid, "等级保护级别应为0至5。", "The level of protection is 0 to 5.")
	PlanNotInForce   = define("plan-not-in-force", Invalid, "该实施方案未生效、已终止或者未受理申请（27号第十二条）。", "This plan is not in force, has ended or takes no applications (27号 Art. 12).")
	PlanOtherAgency  = define("plan-other-agency", Invalid, "该实施方案属于另一实施机构。", "This plan is another agency's.")
	OutsidePlan      = define("outside-plan", Invalid, "超出实施方案的范围（27号第十二条、第十四条）。", "Outside the scope of the plan (27号 Art. 12, 14).")
	ConditionFailed  = define("condition-failed", Invalid, "不符合选择条件：{condition}。", "This condition for operators is not met: {condition}.")
	ConditionNotTold = define("condition-untested", Invalid, "选择条件无法检验：{condition}。", "This condition for operators cannot be tested: {condition}.")
)

// Package notice holds the words of what people are told: one entry for every subject that a case sends out.
package notice

import (
	"strings"

	"datacharter/domain/text"
)

// Words returns a subject's wording with its parameters filled in; false for a subject that is not listed.
// A parameter with a wording of its own comes as two, ending in _zh and _en, and stands in the text without the ending.
func Words(subject string, params map[string]string) (text.Text, bool) {
	s, ok := subjects[subject]
	if !ok {
		return text.Text{}, false
	}
	return text.Text{ZH: fill(s.words.ZH, params, "_zh"), EN: fill(s.words.EN, params, "_en")}, true
}

func fill(words string, params map[string]string, ending string) string {
	for name, value := range params {
		words = strings.ReplaceAll(words, "{"+strings.TrimSuffix(name, ending)+"}", value)
	}
	return words
}

// subject is what a notice can be about.
type subject struct {
	group Group
	words text.Text
}

// subjects are stored with notices: never rename one.
var subjects = map[string]subject{
	"task-opened":       {Tasks, text.Text{ZH: "有新任务待领取：{task}。", EN: "A new task waits to be claimed: {task}."}},
	"deadline-reminder": {Deadlines, text.Text{ZH: "事项{case}的期限“{deadline}”将于{due}届满。", EN: "The limit “{deadline}” of case {case} ends on {due}."}},
	"deadline-passed":   {Overdue, text.Text{ZH: "事项{case}的期限“{deadline}”已于{due}届满，尚未办结。", EN: "The limit “{deadline}” of case {case} ended on {due} without being met."}},

	"deadline-recounted": {Deadlines, text.Text{
		ZH: "因工作日历调整，事项{case}的期限“{deadline}”由{from}改为{due}届满。",
		EN: "With a changed calendar of working days the limit “{deadline}” of case {case} ends on {due}, no longer on {from}.",
	}},

	"application-accepted":  {Applications, text.Text{ZH: "申请{case}已受理，进入审查。", EN: "Application {case} was accepted; the reviews are open."}},
	"application-returned":  {Applications, text.Text{ZH: "申请{case}被退回，请按所列事项补正后重新提交。", EN: "Application {case} was returned; complete what is named and resubmit."}},
	"application-refused":   {Applications, text.Text{ZH: "申请{case}不予受理，理由见事项页。", EN: "Application {case} was refused; the case states the reasons."}},
	"application-rejected":  {Applications, text.Text{ZH: "申请{case}审查不通过。", EN: "Application {case} was rejected in review."}},
	"application-withdrawn": {Applications, text.Text{ZH: "申请{case}已由申请单位撤回。", EN: "Application {case} was withdrawn by the applicant."}},
	"question-asked":        {Applications, text.Text{ZH: "申请{case}有新的提问，请答复。", EN: "There is a question on application {case}; please answer it."}},
	"question-answered":     {Applications, text.Text{ZH: "申请{case}的提问已有答复。", EN: "A question on application {case} was answered."}},
	"reviews-passed":        {Applications, text.Text{ZH: "申请{case}各项审查已通过，待集体决策。", EN: "Application {case} passed its reviews and awaits the major decision."}},
	"decision-awaited":      {Meetings, text.Text{ZH: "事项{case}待集体决策，请安排上会。", EN: "Case {case} awaits a collective decision; please call a meeting."}},
	"resolution-recorded":   {Applications, text.Text{ZH: "事项{case}已有集体决策结果。", EN: "A collective decision on case {case} has been recorded."}},

	"agreement-proposed":  {Agreements, text.Text{ZH: "事项{case}有新的协议文本。", EN: "There is a new version of the agreement of case {case}."}},
	"agreement-concluded": {Agreements, text.Text{ZH: "事项{case}的协议双方均已签署。", EN: "Both sides have signed the agreement of case {case}."}},

	"operation-started":   {Operation, text.Text{ZH: "授权运营{case}已开始。", EN: "Operation of {case} has started."}},
	"operation-suspended": {Operation, text.Text{ZH: "授权运营{case}已暂停，各项期限停止计算。", EN: "Operation of {case} is suspended; its clocks are held."}},
	"operation-resumed":   {Operation, text.Text{ZH: "授权运营{case}已恢复，各项期限继续计算。", EN: "Operation of {case} has resumed; its clocks run on."}},
	"ceiling-set":         {Operation, text.Text{ZH: "授权运营{case}的产品上限收费标准已设定，高于上限的收费随之下调。", EN: "A ceiling was set for a product of {case}; a charge above it is lowered to it."}},
	"expiry-near":         {Operation, text.Text{ZH: "授权运营{case}即将到期。", EN: "The term of {case} is about to end."}},
	"renewal-window-open": {Operation, text.Text{ZH: "授权运营{case}可以申请续约。", EN: "Renewal of {case} can be requested now."}},
	"renewal-requested":   {Operation, text.Text{ZH: "授权运营{case}的运营机构申请续约。", EN: "The operator of {case} requests renewal."}},
	"renewal-answered":    {Operation, text.Text{ZH: "授权运营{case}的续约申请已有答复。", EN: "The renewal request for {case} was answered."}},

	"exit-opened":            {Exits, text.Text{ZH: "授权运营{case}的退出已启动。", EN: "An exit of {case} has been opened."}},
	"exit-proposed":          {Exits, text.Text{ZH: "对方提议协商结束授权运营{case}。", EN: "The other side proposes to end {case} by agreement."}},
	"exit-ended":             {Exits, text.Text{ZH: "授权运营{case}的退出已有结果。", EN: "The exit of {case} has ended."}},
	"exit-access-suspended":  {Exits, text.Text{ZH: "退出{case}办理期间，数据访问暂停。", EN: "Access to the data is suspended while exit {case} is pending."}},
	"exit-access-restored":   {Exits, text.Text{ZH: "退出{case}已停止，数据访问已恢复。", EN: "Exit {case} was stopped and access to the data restored."}},
	"exit-notice":            {Exits, text.Text{ZH: "退出告知:{case},情形:{ground}。", EN: "Notice of exit {case} on the ground: {ground}."}},
	"exit-notice-adverse":    {Exits, text.Text{ZH: "退出告知：{case}，情形：{ground}。可在{due}前陈述申辩。", EN: "Notice of exit {case} on the ground: {ground}. You may state your defence until {due}."}},
	"exit-notice-expiry":     {Exits, text.Text{ZH: "授权期满，退出{case}进入清退。", EN: "The term has ended; exit {case} winds it down."}},
	"exit-notice-withdrawn":  {Exits, text.Text{ZH: "退出告知{case}已撤回。", EN: "The notice of exit {case} was withdrawn."}},
	"exit-defence-stated":    {Exits, text.Text{ZH: "运营机构已就退出{case}陈述申辩。", EN: "The operator has stated a defence in exit {case}."}},
	"exit-defence-closed":    {Exits, text.Text{ZH: "退出{case}的陈述申辩期已结束。", EN: "The period for defence in exit {case} has ended."}},
	"exit-decision-due":      {Exits, text.Text{ZH: "退出{case}待决定，期限{due}。", EN: "Exit {case} is to be decided by {due}."}},
	"exit-decision-to-serve": {Exits, text.Text{ZH: "退出{case}的决定应于{due}前送达。", EN: "The decision in exit {case} is to be served by {due}."}},
	"exit-decided-continue":  {Exits, text.Text{ZH: "退出{case}:决定继续授权运营。", EN: "Exit {case}: it was decided that the authorisation goes on."}},
	"exit-decision-served":   {Exits, text.Text{ZH: "退出决定{case}已于{served}送达。{remedies}", EN: "The decision in exit {case} was served on {served}. {remedies}"}},
	"exit-wind-down":         {Exits, text.Text{ZH: "退出{case}进入清退。", EN: "Exit {case} is being wound down."}},
	"exit-stop-ordered":      {Exits, text.Text{ZH: "退出{case}被停止，正在恢复原状。", EN: "Exit {case} was stopped and is being undone."}},
	"exit-stopped":           {Exits, text.Text{ZH: "退出{case}已停止，继续运营。", EN: "Exit {case} ended without exit; operation goes on."}},
	"exit-closed":            {Exits, text.Text{ZH: "退出{case}已办结。", EN: "Exit {case} is closed."}},
	"exit-public-notice":     {Exits, text.Text{ZH: "授权运营退出公告", EN: "Public notice of exit"}},

	"exit-duty-ended":        {Exits, text.Text{ZH: "退出{case}的一项后续义务已结束。", EN: "A duty that outlived exit {case} has ended."}},
	"exit-blacklisted":       {Exits, text.Text{ZH: "因退出{case}，贵单位被列入失信名单，可以申诉。", EN: "After exit {case} your organisation was entered into the blacklist; you may appeal."}},
	"exit-listing-appealed":  {Exits, text.Text{ZH: "运营机构就退出{case}的列入提出申诉，请于{due}前答复。", EN: "The operator appeals against its entry after exit {case}; answer by {due}."}},
	"exit-appeal-answered":   {Exits, text.Text{ZH: "退出{case}的列入申诉已有答复。", EN: "The appeal against the entry after exit {case} was answered."}},
	"exit-hearing-requested": {Exits, text.Text{ZH: "运营机构就退出{case}申请听证，应于{due}前举行。", EN: "The operator asks for a hearing in exit {case}, to be held by {due}."}},
	"exit-hearing-called":    {Exits, text.Text{ZH: "退出{case}的听证定于{on} {time}在{place}举行。", EN: "The hearing in exit {case} is on {on}, {time}, at {place}."}},
	"exit-chair-objected":    {Exits, text.Text{ZH: "运营机构申请退出{case}的听证主持人回避，请答复。", EN: "The operator objects to the chair of the hearing in exit {case}; please answer."}},
	"exit-chair-replaced":    {Exits, text.Text{ZH: "退出{case}的听证主持人回避，听证另行通知。", EN: "The chair of the hearing in exit {case} is replaced; it will be called anew."}},
	"exit-chair-stays":       {Exits, text.Text{ZH: "退出{case}的回避申请未获同意，理由见事项页。", EN: "The objection to the chair in exit {case} was not upheld; the case states the reason."}},
	"exit-hearing-recorded":  {Exits, text.Text{ZH: "退出{case}的听证笔录已提交，请核对并确认。", EN: "The hearing in exit {case} is on record; please check and sign the record."}},
	"exit-notice-cure":       {Exits, text.Text{ZH: "违约告知：退出{case}，情形：{ground}。请在{due}前改正并报告。", EN: "Notice of default, exit {case}, on the ground: {ground}. Put it right and report by {due}."}},
	"exit-cure-reported":     {Exits, text.Text{ZH: "运营机构报告退出{case}所涉问题已改正，请于{due}前核验。", EN: "The operator reports in exit {case} that it has put things right; assess it by {due}."}},
	"exit-cure-accepted":     {Exits, text.Text{ZH: "退出{case}的改正已获认可，退出终结，授权继续。", EN: "The cure in exit {case} was accepted: the exit ends and the authorisation goes on."}},
	"exit-cure-rejected":     {Exits, text.Text{ZH: "退出{case}的改正未获认可，理由见事项页。", EN: "The cure in exit {case} was not accepted; the case states the reason."}},
	"exit-review-noted":      {Exits, text.Text{ZH: "退出{case}的第{no}项复议或者诉讼已登记。", EN: "Review no. {no} of exit {case} was noted."}},
	"exit-review-against":    {Exits, text.Text{ZH: "退出{case}的决定被撤销或者变更，请作出处理决定。", EN: "The decision in exit {case} was annulled or changed; decide how it is carried out."}},
	"exit-review-decided":    {Exits, text.Text{ZH: "退出{case}的复议或者诉讼已有结果。", EN: "A review of exit {case} has its result."}},
	"exit-stayed":            {Exits, text.Text{ZH: "退出{case}的决定暂缓执行，清退暂停。", EN: "The effect of exit {case} is stayed; the wind-down pauses."}},
	"exit-stay-lifted":       {Exits, text.Text{ZH: "退出{case}的决定恢复执行。", EN: "The stay in exit {case} is lifted."}},
	"exit-proceeds":          {Exits, text.Text{ZH: "退出{case}按变更后的决定继续执行。", EN: "Exit {case} goes on as the decision was changed."}},
	"exit-reinstated":        {Exits, text.Text{ZH: "退出{case}：决定恢复授权。", EN: "Exit {case}: the authorisation is reinstated."}},
	"exit-money-owed":        {Exits, text.Text{ZH: "退出{case}的决定被撤销或者变更而无法恢复，实施机构负有补偿或者赔偿义务。", EN: "Exit {case} can no longer be undone: the agency owes compensation or damages."}},

	"use-beyond-scope": {Supervision, text.Text{ZH: "授权运营{case}的使用台账报送了超出授权范围的使用，见事项页。", EN: "Use beyond the scope of {case} was reported to its use ledger; see the case."}},

	"finding-raised":               {Supervision, text.Text{ZH: "监督问题{case}待处理。", EN: "Finding {case} waits to be dealt with."}},
	"rectification-ordered":        {Supervision, text.Text{ZH: "监督问题{case}责令整改，要求和期限见事项页。", EN: "Rectification was ordered in finding {case}; the case says of what and by when."}},
	"rectification-handed-in":      {Supervision, text.Text{ZH: "监督问题{case}的整改材料已提交，待复查。", EN: "Evidence of rectification was handed in for finding {case}; it waits for inspection."}},
	"rectification-inspected":      {Supervision, text.Text{ZH: "监督问题{case}已有复查结果。", EN: "Finding {case} was inspected again."}},
	"suspended-at-once":            {Supervision, text.Text{ZH: "授权运营{case}已被一人紧急暂停，理由见事项页，待另一人复核。", EN: "One person suspended {case} at once; the case states the reason, and another person is to review it."}},
	"incident-reviewed":            {Supervision, text.Text{ZH: "授权运营{case}的紧急暂停已经复核，结果见事项页。", EN: "The emergency suspension of {case} was reviewed; the case states the result."}},
	"inspection-planned":           {Supervision, text.Text{ZH: "授权运营{case}安排了检查，日期和事项见事项页。", EN: "An inspection of {case} is planned; the case states day and subject."}},
	"inspection-held":              {Supervision, text.Text{ZH: "授权运营{case}的检查结果已记录。", EN: "The result of an inspection of {case} was recorded."}},
	"inspection-cancelled":         {Supervision, text.Text{ZH: "授权运营{case}的一次检查已取消。", EN: "An inspection of {case} was called off."}},
	"year-evaluated":               {Supervision, text.Text{ZH: "授权运营{case}的年度成效评价已评分，可以在期限内陈述意见。", EN: "A year of {case} was scored; you may state your view within the limit."}},
	"evaluation-viewed":            {Supervision, text.Text{ZH: "运营机构已对授权运营{case}的评价陈述意见，请作出结论。", EN: "The operator stated its view of the evaluation of {case}; please conclude it."}},
	"evaluation-concluded":         {Supervision, text.Text{ZH: "授权运营{case}的年度成效评价已有结论。", EN: "The yearly evaluation of {case} is concluded."}},
	"audit-handed-in":              {Supervision, text.Text{ZH: "授权运营{case}的内部控制审计报告已提交。", EN: "The internal-control audit of {case} was handed in."}},
	"finding-consequence-declined": {Supervision, text.Text{ZH: "监督问题{case}所要求的暂停或者退出未获采纳，理由见事项页，请再次复查。", EN: "What finding {case} asked for was sent back, with the reason in the case; inspect again."}},
	"finding-concluded":            {Supervision, text.Text{ZH: "授权运营已终止，监督问题{case}随之办结。", EN: "The authorisation has ended, and finding {case} was concluded with it."}},
	"finding-consequence":          {Supervision, text.Text{ZH: "监督问题{case}要求暂停运营或者建议退出，请办理。", EN: "Finding {case} asks for operation to be suspended or proposes an exit; please act."}},

	"authorization-entry": {Operation, text.Text{ZH: "授权运营公开登记变更", EN: "Change in the public register of authorisations"}},

	"registration-agent-drafted":      {Registrations, text.Text{ZH: "代理人以贵单位名义起草了登记申请{case}；委托可随时撤销。", EN: "An agent drafted registration {case} in your organisation's name; its mandate can be withdrawn at any time."}},
	"registration-mandate-withdrawn":  {Registrations, text.Text{ZH: "登记{case}的委托已由登记主体撤销。", EN: "The registrant withdrew your mandate in registration {case}."}},
	"registration-to-confirm":         {Registrations, text.Text{ZH: "登记申请{case}待贵单位作为联合登记主体签认。", EN: "Registration {case} waits for your confirmation as a joint registrant."}},
	"registration-joint-confirmed":    {Registrations, text.Text{ZH: "联合登记主体已签认登记申请{case}。", EN: "A joint registrant confirmed registration {case}."}},
	"registration-returned":           {Registrations, text.Text{ZH: "登记{case}被退回，请按所列事项补正后重新提交。", EN: "Registration {case} was returned; complete what is named and resubmit."}},
	"registration-accepted":           {Registrations, text.Text{ZH: "登记申请{case}已受理。", EN: "The application in registration {case} was accepted."}},
	"registration-delayed":            {Registrations, text.Text{ZH: "登记{case}的形式审核超期，登记机构已说明原因，见事项页。", EN: "The formal review of registration {case} takes longer; the registry has explained why in the case."}},
	"registration-noticed":            {Registrations, text.Text{ZH: "登记{case}进入公示。", EN: "Registration {case} is under public notice."}},
	"registration-objected":           {Registrations, text.Text{ZH: "登记{case}在公示期内收到异议，正在核验。", EN: "An objection was raised to registration {case} and is being re-checked."}},
	"registration-objection-answered": {Registrations, text.Text{ZH: "对登记{case}的异议已有核验结果。", EN: "An objection to registration {case} was answered."}},
	"registration-coded":              {Registrations, text.Text{ZH: "登记{case}已赋码，登记生效。", EN: "Registration {case} has its code and is valid."}},
	"registration-done":               {Registrations, text.Text{ZH: "登记{case}的申请已办结。", EN: "The application in registration {case} was granted."}},
	"registration-failed":             {Registrations, text.Text{ZH: "登记{case}的申请未获通过，理由见事项页。", EN: "The application in registration {case} was not granted; the case states the reasons."}},
	"registration-withdrawn":          {Registrations, text.Text{ZH: "登记{case}的申请已由登记主体撤回。", EN: "The registrant withdrew the application in registration {case}."}},
	"registration-renewable":          {Registrations, text.Text{ZH: "登记{case}可以申请续展，期满未续展的将被注销。", EN: "Renewal of registration {case} can be applied for; without it the registration ends."}},
	"registration-misconduct":         {Registrations, text.Text{ZH: "登记{case}记录了登记主体的违规行为。", EN: "Misconduct of the registrant was put on record in registration {case}."}},
	"registration-registry-conduct":   {Registrations, text.Text{ZH: "监督机构就登记{case}记录了登记机构的违规行为。", EN: "A supervisor put misconduct of the registry on record in registration {case}."}},
	"registration-closed":             {Registrations, text.Text{ZH: "登记{case}已终结，见事项页。", EN: "Registration {case} has ended; see the case."}},
	"registration-notice":             {Registrations, text.Text{ZH: "公共数据资源登记公示", EN: "Public notice of a registration"}},
	"registration-entry":              {Registrations, text.Text{ZH: "公共数据资源登记结果", EN: "Result of a registration"}},

	"complaint-lodged": {Supervision, text.Text{ZH: "收到投诉举报{case}，待受理。", EN: "Complaint {case} was lodged and waits to be accepted."}},
	"complaint-late":   {Overdue, text.Text{ZH: "投诉举报{case}逾期未办。", EN: "Complaint {case} is late."}},

	"disclosure-due":       {Operation, text.Text{ZH: "{year}年度授权运营信息披露{case}待编制，请于3月底前公布。", EN: "The disclosure of {year}, {case}, is to be compiled; publish it by the end of March."}},
	"disclosure-to-check":  {Operation, text.Text{ZH: "{year}年度授权运营信息披露{case}待核对公布。", EN: "The disclosure of {year}, {case}, waits to be checked and published."}},
	"disclosure-returned":  {Operation, text.Text{ZH: "{year}年度授权运营信息披露{case}核对退回，理由见事项页。", EN: "The disclosure of {year}, {case}, was returned by its check; the case states the reason."}},
	"disclosure-published": {Operation, text.Text{ZH: "{year}年度授权运营信息披露{case}已公布。", EN: "The disclosure of {year}, {case}, is published."}},
	"disclosure-withdrawn": {Operation, text.Text{ZH: "{year}年度授权运营信息披露{case}已撤下，应当重新公布。", EN: "The disclosure of {year}, {case}, was withdrawn and is to be published anew."}},
	"disclosure-late":      {Overdue, text.Text{ZH: "{year}年度授权运营信息披露{case}逾期未公布。", EN: "The disclosure of {year}, {case}, is late."}},

	"finance-allowance-due":         {Operation, text.Text{ZH: "{case}：可以报送成本、申请核定最高准许收入了。", EN: "{case}: costs can be handed in, and the maximum allowed revenue applied for."}},
	"finance-costs":                 {Operation, text.Text{ZH: "{case}：运营机构已报送{year}年成本。", EN: "{case}: the operator has handed in the costs of {year}."}},
	"finance-allowance-to-confirm":  {Operation, text.Text{ZH: "{case}：最高准许收入核定决定待确认。", EN: "{case}: the decision on the allowance waits to be confirmed."}},
	"finance-allowance-fixed":       {Operation, text.Text{ZH: "{case}：最高准许收入已核定。", EN: "{case}: the maximum allowed revenue is fixed."}},
	"finance-ceilings-beyond":       {Operation, text.Text{ZH: "{case}：{year}年按预测用量和上限收费标准计算的收入超过最高准许收入，请调整上限。", EN: "{case}: at the forecast volume the ceilings of {year} bring more than the allowance; adjust them."}},
	"finance-statement-to-check":    {Operation, text.Text{ZH: "{case}：{period}收入报表待核对。", EN: "{case}: the statement of {period} waits to be checked."}},
	"finance-adjust-charges":        {Operation, text.Text{ZH: "{case}：{year}年收入偏离不超过10%，请调整具体收费。", EN: "{case}: the income of {year} deviates by no more than 10 %; adjust the charges."}},
	"finance-adjust-ceilings":       {Operation, text.Text{ZH: "{case}：{year}年收入偏离超过10%，请调整上限收费标准。", EN: "{case}: the income of {year} deviates by more than 10 %; adjust the ceilings."}},
	"finance-reported":              {Operation, text.Text{ZH: "{case}：{year}年报告已送价格、数据主管部门。", EN: "{case}: the report on {year} was sent to the price and data departments."}},
	"finance-rule-proposed":         {Operation, text.Text{ZH: "{case}：收入分配规则待确认。", EN: "{case}: the distribution rule waits for your agreement."}},
	"finance-rule-agreed":           {Operation, text.Text{ZH: "{case}：收入分配规则已由双方确认。", EN: "{case}: both sides agreed on the distribution rule."}},
	"finance-settlement-to-approve": {Operation, text.Text{ZH: "{case}：{period}结算待批准。", EN: "{case}: the settlement of {period} waits to be approved."}},
	"finance-settled":               {Operation, text.Text{ZH: "{case}：结算已批准入账。", EN: "{case}: a settlement was approved and posted."}},
	"finance-posted":                {Operation, text.Text{ZH: "{case}：账上新增付款或者冲销分录。", EN: "{case}: a payment or a counter-entry was posted."}},
	"finance-sent-back":             {Operation, text.Text{ZH: "{case}：有内容被退回，理由见事项页。", EN: "{case}: something was sent back; the case states the reason."}},
	"finance-final":                 {Operation, text.Text{ZH: "{case}：授权已终止，请完成最后一次结算和支付。", EN: "{case}: the authorisation has ended; draw up and pay the last settlement."}},
	"finance-closed":                {Operation, text.Text{ZH: "{case}：账目已结清。", EN: "{case}: the accounts are settled for good."}},

	"product-returned":        {Operation, text.Text{ZH: "产品和服务{case}被审核退回，请修改后重新提交。", EN: "Product {case} was returned by review; change it and resubmit."}},
	"product-rejected":        {Operation, text.Text{ZH: "产品和服务{case}或者其变更审核不通过，理由见事项页。", EN: "Product {case}, or a change of it, was rejected in review; the case states the reasons."}},
	"product-withdrawn":       {Operation, text.Text{ZH: "产品和服务{case}或者其变更已由运营机构撤回。", EN: "Product {case}, or a change of it, was withdrawn by the operator."}},
	"product-trial-asked":     {Operation, text.Text{ZH: "产品和服务{case}审核已通过，请开始试运行。", EN: "Product {case} passed its reviews; begin its trial."}},
	"product-trial-begun":     {Operation, text.Text{ZH: "产品和服务{case}已开始试运行。", EN: "The trial of product {case} has begun."}},
	"product-trial-over":      {Operation, text.Text{ZH: "产品和服务{case}试运行期满，请认定结果。", EN: "The trial of product {case} is over; say what came of it."}},
	"product-trial-ended":     {Operation, text.Text{ZH: "产品和服务{case}的试运行已有结果。", EN: "There is a result of the trial of product {case}."}},
	"product-admitted":        {Operation, text.Text{ZH: "产品和服务{case}已准许上架；产业、行业类的先定价。", EN: "Product {case} is admitted; one for industry is priced before it is listed."}},
	"product-ceiling-awaited": {Operation, text.Text{ZH: "产品和服务{case}待设定上限收费标准。", EN: "Product {case} waits for its ceiling."}},
	"product-ceiling-set":     {Operation, text.Text{ZH: "产品和服务{case}的上限收费标准已设定，高于上限的收费随之下调。", EN: "The ceiling of product {case} was set; a charge above it is lowered to it."}},
	"product-charge-changed":  {Operation, text.Text{ZH: "在架产品和服务{case}的收费标准已调整。", EN: "The charge of product {case}, which is on offer, has changed."}},
	"product-on-offer":        {Operation, text.Text{ZH: "产品和服务{case}已上架。", EN: "Product {case} is on offer."}},
	"product-delisted":        {Operation, text.Text{ZH: "产品和服务{case}已下架，理由见事项页。", EN: "Product {case} is off offer; the case states the reasons."}},
	"product-suspended":       {Operation, text.Text{ZH: "所属授权运营已暂停，产品和服务{case}随之标注暂停。", EN: "The authorisation is suspended, and product {case} is marked so."}},
	"product-lapsed":          {Operation, text.Text{ZH: "所属授权运营已终止，产品和服务{case}不再办理。", EN: "The authorisation has ended, and product {case} with it."}},

	"plan-reviews-passed":      {Plans, text.Text{ZH: "实施方案{case}各项审查已通过，待政府集体决策。", EN: "Plan {case} passed its reviews and awaits the government's decision."}},
	"plan-returned":            {Plans, text.Text{ZH: "实施方案{case}被审查退回，请修改后重新提交。", EN: "Plan {case} was returned by review; amend it and resubmit."}},
	"plan-came-to-nothing":     {Plans, text.Text{ZH: "实施方案{case}或者其变更未获通过，理由见事项页。", EN: "Plan {case}, or a change of it, came to nothing; the case states the reasons."}},
	"plan-withdrawn":           {Plans, text.Text{ZH: "实施方案{case}或者其变更已撤回。", EN: "Plan {case}, or a change of it, was withdrawn."}},
	"plan-ended":               {Plans, text.Text{ZH: "实施方案{case}已终止，不再受理申请。", EN: "Plan {case} has ended and takes no more applications."}},
	"plan-applications-closed": {Plans, text.Text{ZH: "实施方案{case}已停止受理申请。", EN: "Plan {case} takes no more applications."}},
	"plan-opinion-answered":    {Plans, text.Text{ZH: "您对实施方案{case}提出的意见已有答复。", EN: "Your opinion on plan {case} was answered."}},
	"resource-regraded":        {Plans, text.Text{ZH: "事项{case}所涉资源重新定级，缺什么、停止什么见事项页。", EN: "A resource of case {case} was graded anew; the case says what is lacking and what stops."}},
	"plan-comment":             {Plans, text.Text{ZH: "实施方案公开征求意见", EN: "Public comment on an implementation plan"}},
	"plan-entry":               {Plans, text.Text{ZH: "实施方案公布", EN: "Published implementation plan"}},
	"report-raised":            {Resources, text.Text{ZH: "收到对资源“{title}”的质量反馈，请答复。", EN: "Something was reported to be wrong with “{title}”; please answer."}},
	"report-confirmed":         {Resources, text.Text{ZH: "您对资源“{title}”的质量反馈经核实属实。", EN: "What you reported of “{title}” was confirmed."}},
	"report-not-confirmed":     {Resources, text.Text{ZH: "您对资源“{title}”的质量反馈经核实不属实，理由见反馈页。", EN: "What you reported of “{title}” was not confirmed; the report states the reasons."}},
	"report-mended":            {Resources, text.Text{ZH: "您反馈的资源“{title}”的质量问题已修正。", EN: "What you reported of “{title}” has been mended."}},
	"demand-raised":            {Resources, text.Text{ZH: "有新的数据需求“{title}”，请答复。", EN: "There is a new demand for data, “{title}”; please answer."}},
	"demand-promised":          {Resources, text.Text{ZH: "数据需求“{title}”已答复：将提供。", EN: "The demand “{title}” was answered: the data will be supplied."}},
	"demand-available":         {Resources, text.Text{ZH: "数据需求“{title}”已答复：目录中已有。", EN: "The demand “{title}” was answered: the catalogue has the data."}},
	"demand-declined":          {Resources, text.Text{ZH: "数据需求“{title}”已答复：不能提供，理由见需求页。", EN: "The demand “{title}” was answered: the data cannot be supplied; the demand states the reasons."}},
	"demand-withdrawn":         {Resources, text.Text{ZH: "您附议的数据需求“{title}”已由提出人撤回。", EN: "The demand “{title}”, which you support, was withdrawn."}},

	"resolution": {Meetings, text.Text{ZH: "集体决策结果公布", EN: "Published result of a collective decision"}},

	"meeting-called":         {Meetings, text.Text{ZH: "会议{case}已召集。", EN: "Meeting {case} has been called."}},
	"meeting-agenda-amended": {Meetings, text.Text{ZH: "会议{case}的议程已变更。", EN: "The agenda of meeting {case} has changed."}},
	"meeting-cancelled":      {Meetings, text.Text{ZH: "会议{case}已取消。", EN: "Meeting {case} was cancelled."}},
	"meeting-opened":         {Meetings, text.Text{ZH: "会议{case}已开始。", EN: "Meeting {case} has opened."}},
	"meeting-inquorate":      {Meetings, text.Text{ZH: "会议{case}未达法定人数，未作决议。", EN: "Meeting {case} lacked its quorum and decided nothing."}},
	"meeting-item-decided":   {Meetings, text.Text{ZH: "会议{case}已就事项{item}作出决议。", EN: "Meeting {case} has decided on {item}."}},
	"meeting-closed":         {Meetings, text.Text{ZH: "会议{case}已结束。", EN: "Meeting {case} has ended."}},
	"meeting-minutes-due":    {Meetings, text.Text{ZH: "会议{case}的纪要待签署。", EN: "The minutes of meeting {case} wait to be signed."}},
	"meeting-minutes-signed": {Meetings, text.Text{ZH: "会议{case}的纪要已签署。", EN: "The minutes of meeting {case} have been signed."}},
}

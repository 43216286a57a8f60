package api

import (
	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/text"
)

func words(zh, en string) text.Text { return text.Text{ZH: zh, EN: en} }

// routes is every route with the right that it needs. A command names its input and those who may give it; the state table says the same, or
// the program does not start. Reading a case needs no more than a token: the store shows everybody what he may see, and nothing else is there for him.
func (s *server) routes() {
	s.engine.GET("/healthz", s.healthy) // public
	s.engine.GET("/readyz", s.ready)    // public
	s.engine.GET(base+"/openapi.json", s.openAPI)
	s.engine.GET(base+"/reference", s.reference)
	get(s, "/problems", "list-problems", words("列出全部错误代码", "list the codes of problems"), public, s.listCodes)
	get(s, "/problems/{code}", "get-problem", words("解释一个错误代码", "explain the code of a problem"), public, s.getCode)

	a := s.collect(authorization.Machine, "authorizations")
	create[authorization.DraftInput](a, "draft", applicant)
	command[authorization.Application](a, "edit", applicant)
	command[authorization.Nothing](a, "delete-draft", applicant)
	command[authorization.Nothing](a, "submit", applicant)
	command[authorization.Nothing](a, "accept", officer)
	command[authorization.ReturnInput](a, "return", officer)
	command[authorization.ReasonInput](a, "refuse", officer)
	command[authorization.Nothing](a, "resubmit", applicant)
	command[authorization.ReasonInput](a, "withdraw", applicant)
	command[authorization.InterestInput](a, "declare-interest", anyone)
	command[authorization.QuestionInput](a, "ask-question", officer)
	command[authorization.ReplyInput](a, "answer-question", applicant)
	command[agreement.Agreement](a, "propose-agreement", officer, applicant)
	command[authorization.HashInput](a, "agree-text", officer, applicant)
	command[authorization.HashInput](a, "sign", agencySigns, operatorSigns)
	command[authorization.FilingInput](a, "file", officer)
	command[authorization.CeilingInput](a, "set-ceiling", officer)
	command[authorization.ListingInput](a, "list-product", applicant)
	command[authorization.ListingInput](a, "change-price", applicant)
	command[authorization.ProductInput](a, "delist-product", applicant)
	command[authorization.ReportInput](a, "report-operation", applicant)
	command[authorization.SuspendInput](a, "suspend", agencyAdmin)
	command[authorization.ReasonInput](a, "resume", agencyAdmin)
	command[authorization.RenewalInput](a, "request-renewal", applicant)
	command[authorization.AnswerInput](a, "answer-renewal", officer)
	command[authorization.ExitInput](a, "open-exit", agencyAdmin)
	command[authorization.ExitInput](a, "waive", operatorSigns)
	command[authorization.ExitInput](a, "propose-exit", officer, applicant)
	command[authorization.Nothing](a, "consent-exit", agencySigns, operatorSigns)
	command[authorization.ReasonInput](a, "decline-exit", officer, applicant)

	m := s.collect(meeting.Machine, "meetings")
	create[meeting.CallInput](m, "call", secretary)
	command[meeting.AgendaInput](m, "amend-agenda", secretary)
	command[meeting.ReasonInput](m, "cancel", secretary)
	command[meeting.Nothing](m, "open", secretary)
	command[meeting.PersonInput](m, "mark-present", secretary, chair, member)
	command[meeting.PersonInput](m, "mark-absent", secretary)
	command[meeting.HearInput](m, "hear", secretary)
	command[meeting.RecuseInput](m, "recuse", chair, member)
	command[meeting.PutInput](m, "put-question", chair, secretary)
	command[meeting.VoteInput](m, "vote", chair, member)
	command[meeting.ConcludeInput](m, "conclude", chair, secretary)
	command[meeting.Nothing](m, "close", chair, secretary)
	command[meeting.Nothing](m, "sign-minutes", chair, secretary, member)

	e := s.collect(exit.Machine, "exits")
	command[exit.DefenceInput](e, "state-defence", applicant, operatorSigns)
	command[exit.Nothing](e, "waive-defence", applicant, operatorSigns)
	command[exit.DecisionInput](e, "decide", exitDecider)
	command[exit.ServiceInput](e, "serve-decision", officer)
	command[exit.ReasonInput](e, "stop", agencyAdmin)

	get(s, "/tasks", "list-tasks", words("列出任务", "list tasks"), only(anyone), s.listTasks)
	get(s, "/tasks/{id}", "get-task", words("查看任务", "read a task"), only(anyone), s.getTask)
	onTask[lifecycle.TaskInput](s, "claim", only(tasked), a, e)
	onTask[lifecycle.TaskInput](s, "release", only(agencyAdmin, tasked), a, e)
	onTask[authorization.ReviewInput](s, "decide", only(tasked), a)
	onTask[authorization.TaskQuestionInput](s, "ask-in-review", only(tasked), a)
	onTask[exit.FinishInput](s, "finish-step", only(tasked), e)
	get(s, "/commands/{id}", "get-command", words("查询自己所下达命令的结果", "ask what became of a command of one's own"), only(anyone), s.getCommand)

	get(s, "/resources", "list-resources", words("查询公共数据资源目录", "search the catalogue of public data resources"), only(anyone), s.listResources)
	get(s, "/resources/{id}", "get-resource", words("查看公共数据资源", "read a public data resource"), only(anyone), s.getResource)
	get(s, "/policies", "list-policies", words("列出规则方案", "list policy profiles"), only(anyone), s.listPolicies)
	get(s, "/policies/{ref}", "get-policy", words("查看规则方案及其依据", "read a policy profile with its sources"), only(anyone), s.getPolicy)
	get(s, "/publications", "list-publications", words("列出公开记录", "list the public record"), only(anyone), s.listPublications)
	get(s, "/register", "list-register", words("查询授权运营公开登记", "search the public register of authorisations"), public, s.listRegister)
	get(s, "/register/counts", "count-register", words("统计公开登记", "count the public register"), public, s.countRegister)
	get(s, "/register/products", "list-register-products", words("查询公开登记的产品和服务", "search the register's products and services"), public, s.listRegisterProducts)
	get(s, "/register/releases", "list-releases", words("列出公开登记的变更", "list the changes of the register"), public, s.listReleases)
	get(s, "/register/releases.atom", "feed-releases", words("订阅公开登记的变更", "follow the changes of the register"), public, s.feedReleases)
	get(s, "/register/{id}", "get-register-entry", words("查看登记及其变更", "read an entry with its history"), public, s.getRegisterEntry)
	get(s, "/register/{id}/jsonld", "get-register-jsonld", words("以关联数据形式查看登记", "read an entry as linked data"), public, s.getRegisterJSONLD)
	get(s, "/notices", "list-notices", words("列出本人的通知", "list one's own notices"), only(anyone), s.listNotices)
	post(s, "/notices/read", "read-notices", 200, words("将本人的通知标为已读", "mark one's own notices as read"), only(anyone), s.readNotices)
	post(s, "/attachments", "upload-attachment", 201, words("上传附件", "upload an attachment"), only(anyone), s.upload)
	get(s, "/attachments/{digest}", "get-attachment", words("下载附件", "download an attachment"), only(anyone), s.download)
	get(s, "/tokens", "list-tokens", words("列出本人的令牌", "list one's own tokens"), only(anyone), s.listTokens)
	post(s, "/tokens", "issue-token", 201, words("为本人签发令牌", "issue a token for oneself"), only(anyone), s.issueToken)
	post(s, "/tokens/{id}/revoke", "revoke-token", 200, words("作废本人的令牌", "revoke a token of one's own"), only(anyone), s.revokeToken)

	get(s, "/organizations", "list-organizations", words("列出机构", "list organisations"), only(anyone), s.listOrganizations)
	get(s, "/organizations/{id}", "get-organization", words("查看机构", "read an organisation"), only(anyone), s.getOrganization)
	post(s, "/organizations", "create-organization", 201, words("登记机构", "add an organisation"), only(administrator), s.createOrganization)
	get(s, "/people", "list-people", words("列出人员", "list people"), only(administrator), s.listPeople)
	get(s, "/people/{id}", "get-person", words("查看人员及其岗位", "read a person with the roles held"), only(administrator), s.getPerson)
	post(s, "/people", "create-person", 201, words("登记人员", "add a person"), only(administrator), s.createPerson)
	post(s, "/people/{id}/grant", "grant-role", 200, words("授予岗位", "grant a role"), only(administrator), s.grant)
	post(s, "/people/{id}/revoke", "revoke-role", 200, words("收回岗位", "take a role away"), only(administrator), s.revoke)
}

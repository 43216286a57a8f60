package web

import (
	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/text"
)

// authorizationTabs are the parts of the page of an authorization.
func (s *server) authorizationTabs() []tab {
	return []tab{
		stand,
		{name: "application", words: text.Text{ZH: "申请内容", EN: "Application"}, show: s.applicationTab},
		{name: "differences", words: text.Text{ZH: "变更对比", EN: "Differences"}, when: sentBackEver, show: s.differencesTab},
		{name: "questions", words: text.Text{ZH: "往来问答", EN: "Questions and answers"}, when: handedIn, show: s.questionsTab},
		{name: "resolutions", words: text.Text{ZH: "决议", EN: "Resolutions"}, when: decided, show: s.resolutionsTab},
		{name: "agreement", words: text.Text{ZH: "协议", EN: "Agreement"}, when: contractBegun, show: s.agreementTab},
		{name: "operation", words: text.Text{ZH: "运营", EN: "Operation"}, when: operated, show: s.operationTab},
		{name: "supervision", words: text.Text{ZH: "监督", EN: "Supervision"}, when: supervised, show: s.supervisionTab},
		{name: "use", words: text.Text{ZH: "使用台账", EN: "Use ledger"}, when: ledgered, show: s.useTab},
	}
}

// handedIn reports whether the application was handed in: before that nobody else knows of it.
func handedIn(v *casework.View) bool { return len(authorizationOf(v).Submissions) > 0 }

// besides are the parts of the page of an authorization beside which a command is given; what concerns the whole stands beside the first.
var besides = map[string]string{
	"accept": "application", "return": "application", "refuse": "application",
	"ask-question": "questions", "answer-question": "questions",
	"agree-text": "agreement", "sign": "agreement", "file": "agreement",
	"set-ceiling": "operation", "list-product": "operation", "change-price": "operation", "delist-product": "operation", "report-operation": "operation",
	"suspend": "operation", "resume": "operation", "request-renewal": "operation", "answer-renewal": "operation",
	"propose-exit": "operation", "consent-exit": "operation", "decline-exit": "operation",
	"suspend-at-once": "supervision", "confirm-incident": "supervision", "lift-incident": "supervision",
	"plan-inspection": "supervision", "record-inspection": "supervision", "record-unplanned-inspection": "supervision", "cancel-inspection": "supervision",
	"evaluate": "supervision", "view-evaluation": "supervision", "conclude-evaluation": "supervision", "hand-in-audit": "supervision", "list-affiliates": "supervision",
	"withdraw": "stand", "declare-interest": "stand", "delete-draft": "application",
}

// authorizationCommand is the page that asks for a command on an authorization: nil for those that stand on a page of their own.
func (s *server) authorizationCommand(a *act) (*casePage, error) {
	beside, ok := besides[a.command]
	if a.view == nil || a.task != nil || a.place.def.Kind() != authorization.Kind || !ok {
		return nil, nil //nolint:nilnil // the command has another page, which is no fault
	}
	page, err := s.newCasePage(a.visit, a.place, a.view)
	if err != nil {
		return nil, err
	}
	page.choose(beside)
	page.doing = true
	return page, nil
}

// partOf is the part of the page of an authorization that a command belongs to.
func partOf(a *act) string {
	if a.command == "propose-agreement" {
		return "agreement"
	}
	return besides[a.command]
}

// commandAbout says what a command does, where its words alone leave that open.
var commandAbout = map[string]text.Text{
	"accept":          {ZH: "受理后各项审查同时开始。", EN: "The reviews open at once."},
	"agree-text":      {ZH: "同意本页显示的最新文本；随后由实施机构集体决策。", EN: "You agree to the newest version, shown on this page; the agency then decides on it."},
	"sign":            {ZH: "签署的是本页显示的最新文本，以其内容指纹为准。双方签署后协议成立。", EN: "You sign the newest version, shown on this page, by its hash. Once both sides have signed the agreement is concluded."},
	"submit":          {ZH: "提交后不能再修改，除非被退回。", EN: "What is handed in cannot be changed any more unless it is returned."},
	"resubmit":        {ZH: "提交后不能再修改，除非被退回。", EN: "What is handed in cannot be changed any more unless it is returned."},
	"ask-question":    {ZH: "提问不停止计时；需要停钟补正的，请退回。", EN: "A question stops no clock; return the application where time is needed."},
	"suspend-at-once": {ZH: "立即暂停运营，不经通常的决定；有关各方同时收到通知，由另一人在期限内复核，记录永久保留。", EN: "Operation is suspended now, without the ordinary decision. Everyone concerned is told at once, another person reviews it in time, and the mark stays for good."},
	"plan-inspection": {ZH: "安排后即告知运营机构日期和事项；飞行检查不在此安排，检查后再记录。", EN: "The operator is told day and subject at once. An unplanned inspection is not planned here but recorded afterwards."},
	"evaluate":        {ZH: "评分后运营机构可以在期限内陈述意见，再由另一人作出结论；作出结论前可以重新评分。", EN: "The operator may then state its view within the limit, and another person concludes; until then it can be scored anew."},
	"delist-product":  {ZH: "下架后公开登记同时更新。", EN: "The public register changes with it."},
}

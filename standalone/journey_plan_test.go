package main

import (
	"strings"
	"time"
)

// commentWithin is more than 30 days of business time.
const commentWithin = 3 * time.Minute

const (
	said   = "建议增加夜间停车数据。"  // by the public
	summed = "建议补充夜间时段的数据。" // by the agency, of what the public said
)

// wholePlan takes an implementation plan from its first word to the day when it takes applications.
func wholePlan(s *stage) {
	title := s.T("停车数据授权运营实施方案", "Plan of parking data")
	s.plans(title)
	s.heard(title)
	s.argued(title)
	s.adopted(title)
	s.announced(title)
}

// plans begins at the page of a resource, fills the twelve items in and hands the plan in.
func (s *stage) plans(title string) {
	s.t.Helper()
	p := s.as("丁十一")
	p.resource()
	p.goTo("为这项资源起草实施方案", "Draft a plan for it")
	p.fill("授权运营名称", "name of the authorised operation", title)
	p.press("起草实施方案", "draft a plan")
	for i, capability := range [][2]string{{"资金能力", "funds"}, {"管理能力", "management"}, {"技术能力", "technology"}, {"服务能力", "service"}, {"安全保障能力", "security"}} {
		if i > 0 {
			p.another("选择条件", "conditions for operators")
		}
		p.row("选择条件", "conditions for operators", i, func() {
			p.fill("能力", "capability", s.T(capability[0], capability[1]))
			p.fill("条件", "condition in words", "具备"+capability[0]+"。")
		})
	}
	for _, f := range [][2]string{
		{"必要性", "necessity"},
		{"服务能力", "service"},
		{"社会需求", "social demand"},
		{"市场规模", "market size"},
		{"预期成效", "expected effect"},
		{"风险防控", "risk control"},
		{"建设内容", "construction"},
		{"技术保障", "technical support"},
		{"进度安排", "schedule"},
		{"评价标准", "evaluation"},
		{"退出机制", "exit"},
		{"资产管理", "assets"},
		{"成本核算", "costs"},
		{"收入核算", "income"},
		{"收益分配机制", "sharing of revenue"},
		{"数据安全", "data security"},
		{"个人信息保护", "personal information"},
		{"应急处置", "emergencies"},
		{"实施机构的权利义务", "of the agency"},
		{"运营机构的权利义务", "of the operator"},
		{"监督管理", "supervision"},
		{"考核评价要求", "assessment"},
		{"其他事项", "other matters"},
		{"公平竞争初审意见", "the drafter's own"},
	} {
		p.fill(f[0], f[1], "已论证。")
	}
	p.pick("公开招标", "open tender")
	p.pick("整体授权", "as a whole")
	p.row("数据资源", "resources", 0, func() {
		p.fill("更新频率", "update frequency", "每天")
		p.fill("数据质量", "quality", "完整率百分之九十九")
	})
	p.fill("运营期限（月）", "term in months", "36")
	p.row("拟形成的产品和服务", "intended products and services", 0, func() {
		p.fill("名称", "name", product)
		p.pick("产业发展、行业发展", "industry and sector development")
		p.fill("形态", "form", "接口")
	})
	p.press("保存", "Save")
	p.goTo("提交论证审查", "submit for review")
	p.press("提交论证审查", "submit for review")
}

// row does something in a row of a list.
func (v *visitor) row(zh, en string, at int, do func()) {
	v.stage.t.Helper()
	v.Within("group", v.stage.T(zh, en), func() {
		rows := []string{v.stage.T("第 1 项", "No. 1"), v.stage.T("第 2 项", "No. 2"), v.stage.T("第 3 项", "No. 3"), v.stage.T("第 4 项", "No. 4"), v.stage.T("第 5 项", "No. 5")}
		v.Within("group", rows[at], do)
	})
}

// another adds a row to a list.
func (v *visitor) another(zh, en string) {
	v.stage.t.Helper()
	before := v.Page()
	v.Within("group", v.stage.T(zh, en), func() { v.Click("button", v.stage.T("再加一项", "Add another")) })
	v.Arrived(before)
}

// heard has a member of the public, who found the plan without signing in, comment on it.
func (s *stage) heard(title string) {
	s.t.Helper()
	anybody := s.stranger("anybody")
	anybody.Visit(s.url + "/register/plans/heard")
	anybody.Follow("link", title)
	anybody.Follow("link", s.T("登录并提出意见", "Sign in and comment"))
	anybody.Follow("button", s.T("以 ", "Enter as ")+"壬一 ")
	anybody.fill("意见", "opinion", said)
	anybody.press("提出意见", "comment on the plan")
	anybody.WaitFor(title)
}

// argued has every review claimed from the inbox and approved; what the public said is answered once it has been heard.
func (s *stage) argued(title string) {
	s.t.Helper()
	review := func(name string, find func(r *visitor)) {
		s.t.Helper()
		r := s.as(name)
		r.claim(title)
		r.pick("符合，同意", "approve")
		r.fill("审查意见", "opinion", "经审查，同意。")
		find(r)
		r.press("提交审查意见", "decide the review")
	}
	plain := func(*visitor) {}
	for _, name := range []string{"丁二", "己一", "丁十二"} {
		review(name, plain)
	}
	review("丁三", func(r *visitor) { r.pick("风险可控", "controllable") })
	s.over(title)
	review("丁一", func(r *visitor) {
		r.reads(said, said)
		r.fill("意见归纳", "summary of the opinion", summed)
		r.tick("采纳", "taken up")
		r.fill("采纳情况和理由", "answer with its reasons", "已增加。")
	})
	review("庚八", func(r *visitor) { r.pick("符合公平竞争审查标准", "it meets the standards") })
	review("庚七", plain)
}

// over waits until the public has been heard.
func (s *stage) over(title string) {
	s.t.Helper()
	v := s.stranger("somebody who waits")
	v.within(commentWithin, "the end of public comment", func() bool {
		v.Visit(s.url + "/register/plans/heard")
		v.Follow("link", title)
		return !v.Has("link", s.T("登录并提出意见", "Sign in and comment"))
	})
}

// adopted has the government decide.
func (s *stage) adopted(title string) {
	s.t.Helper()
	meeting := s.T("常务会议：", "Meeting on ") + title
	v := s.as("庚一")
	v.goTo("会议", "Meetings")
	v.goTo("召集会议", "Call a meeting")
	v.pick("政府集体决策（实施方案）", "government's decision on the plan")
	v.fill("会议名称", "title", meeting)
	on := dayAfter(s.t, v.today(), 20)
	v.fill("时间", "time", on+"T09:00")
	v.fill("地点", "place", "第一会议室")
	v.Click("checkbox", title)
	v.press("召集会议", "call a meeting")
	v.within(commentWithin, "the day of the meeting", func() bool {
		v.enterRoom(meeting)
		return v.today() > on
	})
	v.press("开会", "open the meeting")
	s.agreed(v, meeting, "庚二", "庚三", "庚四")
}

// announced has the plan filed, published and opened to applications, which anybody can read.
func (s *stage) announced(title string) {
	s.t.Helper()
	p, anybody := s.as("丁十一"), s.stranger("anybody else")
	p.until("a plan to be filed", func() bool {
		p.open(title)
		return p.Has("link", s.T("登记备案", "record the filing"))
	})
	p.goTo("登记备案", "record the filing")
	p.fill("备案机关", "filed with", "示范省数据局（虚构）")
	p.fill("备案回执号", "receipt", "备方字001号")
	p.press("登记备案", "record the filing")
	p.goTo("公布实施方案", "publish the plan")
	p.press("公布实施方案", "publish the plan")
	p.goTo("开始受理申请", "open to applications")
	p.fill("受理公告", "notice to applicants", "请通过本系统申请。")
	p.press("开始受理申请", "open to applications")
	anybody.Visit(s.url + "/register/plans")
	anybody.Follow("link", title)
	for _, words := range []string{"请通过本系统申请。", wanted, product, summed} {
		anybody.WaitForText(words)
	}
	if strings.Contains(anybody.Text(), said) {
		s.t.Errorf("what somebody said is published in his own words: %s", anybody)
	}
}

package main

const (
	planName = "示范市公共数据资源整体授权运营实施方案（虚构）" // in force from the beginning, and taking applications
	wanted   = "停车场余位（虚构）"               // one of its resources
	product  = "停车位数据接口"                 // one of its products
	required = "原始数据不出域。"                // the condition of a review
)

// wholeCase takes an authorisation from its draft to the end of its wind-down.
func wholeCase(s *stage) {
	title := s.T("停车查询授权运营", "Parking data service")
	s.applies(title)
	s.returned(title)
	s.reviewed(title)
	s.decided(title)
	s.agreement(title)
	s.deliberated(title)
	s.signed(title)
	s.operates(title)
	s.leaves(title)
}

// drafts fills an application in, step by step, up to the attachments.
func (s *stage) drafts(title string) *visitor {
	s.t.Helper()
	a := s.as("甲一")
	a.goTo("首页", "Home")
	a.goTo("申请授权运营", "Apply for an authorised operation")
	a.fill("授权运营名称", "name of the authorised operation", title)
	a.press("开始填写", "Begin")
	a.WaitFor(s.T("基本情况", "Basics"))
	a.fill("用途", "purpose", "为车主提供停车位查询。")
	a.pick("整体授权", "as a whole")
	a.Click("button", s.T("选用 ：", "Add : ")+planName)
	a.until("the plan in the form", func() bool { return a.Has("button", s.T("移出 ：", "Remove : ")+planName) })
	a.press("保存并继续", "Save and continue")
	a.fill("关键词", "Words", "停车场余位")
	add := s.T("加入申请 ：", "Add to application : ") + wanted
	a.until("what was found", func() bool { return a.URL().Query().Get("text") == "停车场余位" && a.Has("button", add) })
	a.Follow("button", add)
	a.goTo("继续下一步", "Continue")
	a.fill("名称", "name", product)
	a.pick("产业发展、行业发展", "industry and sector development")
	a.fill("形态", "form", "接口")
	a.press("保存并继续", "Save and continue")
	a.fill("运营期限（月）", "term in months", "36")
	a.press("保存并继续", "Save and continue")
	a.fill("经营管理能力", "management", "设有数据管理制度。")
	a.fill("技术能力", "technology", "自有加工平台。")
	a.fill("数据安全保障能力", "data security", "通过三级测评。")
	a.fill("财务状况", "finance", "经营正常。")
	a.press("保存并继续", "Save and continue")
	a.WaitFor(s.T("附件", "Attachments"))
	return a
}

// applies drafts an application and hands it in.
func (s *stage) applies(title string) {
	s.t.Helper()
	a := s.drafts(title)
	a.attach("上传文件", "Upload files")
	a.press("保存并继续", "Save and continue")
	a.press("提交申请", "submit the application")
	a.reads("待完整性审核", "awaiting completeness check")
}

// returned has the officer send it back once with what is missing, and accept it when it comes back with that.
func (s *stage) returned(title string) {
	s.t.Helper()
	officer, a := s.as("丁一"), s.as("甲一")
	officer.open(title)
	officer.goTo("退回补正", "return for completion")
	officer.fill("所在内容", "part of the application", s.T("财务状况", "finance"))
	officer.fill("缺什么，怎样补", "what is missing", "请补充近三年财务状况。")
	officer.press("退回补正", "return for completion")
	a.open(title)
	a.goTo("修改申请", "edit the application")
	a.reads("请补充近三年财务状况。", "请补充近三年财务状况。")
	a.goTo("财务状况", "finance")
	a.fill("财务状况", "finance", "近三年资产负债率低于百分之五十。")
	a.press("保存并继续", "Save and continue")
	a.goTo("核对并提交", "Check and submit")
	a.reads("与上次提交的不同", "Differences from the last submission")
	a.press("重新提交", "resubmit")
	officer.open(title)
	officer.goTo("变更对比", "Differences")
	officer.reads("经营正常。", "经营正常。")
	officer.reads("近三年资产负债率低于百分之五十。", "近三年资产负债率低于百分之五十。")
	officer.goTo("受理", "accept as complete")
	officer.press("受理", "accept as complete")
}

// reviewed has every review claimed from the inbox and approved, one with a condition.
func (s *stage) reviewed(title string) {
	s.t.Helper()
	for _, name := range []string{"丁二", "丁三", "丁五", "己一", "庚八", "庚七"} {
		r := s.as(name)
		r.claim(title)
		r.pick("符合，同意", "approve")
		r.fill("审查意见", "opinion", "经审查，同意。")
		if name == "丁三" {
			r.fill("附加条件", "conditions", required)
		}
		r.press("提交审查意见", "decide the review")
	}
}

package main

import "strings"

// leaves has the administrator start an exit, which is decided, served and wound down.
func (s *stage) leaves(title string) {
	s.t.Helper()
	administrator, a, decider, officer := s.as("丁九"), s.as("甲一"), s.as("丁八"), s.as("丁一")
	exit := title + "(退出)"
	administrator.open(title)
	administrator.goTo("启动退出", "open an exit")
	administrator.pick("直接或者间接参与再开发", "the operator took part in re-development")
	administrator.fill("事实与理由", "facts and reasons", "经查，运营机构参与了再开发。")
	administrator.attach("上传文件", "Upload files")
	administrator.press("下一步：查看将关闭的内容", "Next: see what it will close")
	for _, words := range []string{product, wanted} {
		administrator.WaitForText(words)
	}
	administrator.tick("我已核对以上内容", "I have checked all this")
	administrator.press("启动退出", "open an exit")
	a.until("the hearing", func() bool {
		a.open(exit)
		return a.Has("link", s.T("放弃剩余陈述申辩期", "waive the rest of the period for defence"))
	})
	a.goTo("放弃剩余陈述申辩期", "waive the rest of the period for defence")
	a.press("放弃剩余陈述申辩期", "waive the rest of the period for defence")
	decider.open(exit)
	decider.goTo("作出退出决定", "decide on the exit")
	decider.pick("终止授权运营", "the authorisation ends")
	decider.fill("事实、理由和依据", "facts, reasons and basis", "事实清楚，决定终止。")
	decider.press("作出退出决定", "decide on the exit")
	officer.open(exit)
	officer.goTo("登记决定送达", "record service of the decision")
	officer.fill("送达日期", "day of service", officer.today())
	officer.fill("送达方式", "way of service", "直接送达")
	officer.attach("上传文件", "Upload a file")
	officer.press("登记决定送达", "record service of the decision")
	for _, of := range []struct {
		who    *visitor
		zh, en string
	}{
		{a, "告知数据产品和服务的用户", "tell the customers of the products"},
		{officer, "向承接运营机构移交", "hand over to a successor"},
		{a, "封存运行日志并确定保存期限", "put the logs under seal"},
		{a, "返还或者删除数据并提交证明", "return or delete the data and certify it"},
		{officer, "办理资源、产品和服务的登记注销", "deregister resources, products and services"},
		{officer, "退出审计", "final audit"},
	} {
		of.who.takesStep(exit, of.zh, of.en)
		of.who.attach("上传文件", "Upload files")
		of.who.press("完成清退步骤", "finish a step of the wind-down")
	}
	officer.takesStep(exit, "清算成本、收入和收益分配", "settle cost, income and shares")
	officer.settles()
	officer.until("the end of the wind-down", func() bool {
		officer.open(title)
		return officer.Has("heading", s.T("已办结", "Closed"))
	})
}

// takesStep takes a step of the wind-down over as soon as it is ready: several are open at once.
func (v *visitor) takesStep(exit, zh, en string) {
	v.stage.t.Helper()
	v.until("the step "+en, func() bool {
		v.open(exit)
		return strings.Contains(v.Text(), v.stage.T("您可以办理", "What you can do")) && v.Offers("link", v.stage.T(zh, en))
	})
	v.goTo(zh, en)
	v.Click("button", v.stage.T("领取任务", "Claim the task"))
	v.reads("完成清退步骤", "finish a step of the wind-down")
}

// settles lists what was received and paid, with proof.
func (v *visitor) settles() {
	v.stage.t.Helper()
	s := v.stage
	v.press("再加一项", "Add another")
	for i, line := range [][2][2]string{
		{{"收入", "received"}, {"社会公众（用户）", "the public (customers)"}}, {{"支出", "paid"}, {"运营机构", "operator"}},
	} {
		rows := []string{s.T("第 1 项", "No. 1"), s.T("第 2 项", "No. 2")}
		v.Within("group", rows[i], func() {
			v.fill("收支", "side", s.T(line[0][0], line[0][1]))
			v.fill("对方", "party", s.T(line[1][0], line[1][1]))
			v.fill("事由", "item", "运营收入")
			v.fill("金额（分）", "amount in fen", "900000")
		})
	}
	v.attach("上传文件", "Upload files")
	v.press("完成清退步骤", "finish a step of the wind-down")
}

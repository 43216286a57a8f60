package main

// leaves has the administrator start an exit, which is decided, served and wound down.
func (s *stage) leaves(title string) {
	s.t.Helper()
	administrator, a, decider, officer := s.as("丁九"), s.as("甲一"), s.as("丁八"), s.as("丁一")
	exit := title + "(退出)"
	administrator.open(title)
	administrator.goTo("启动退出", "open an exit")
	administrator.pick("不执行政府指导价", "the guided price was not kept")
	administrator.fill("事实与理由", "facts and reasons", "经查，收费高于上限。")
	administrator.attach("上传文件", "Upload files")
	administrator.press("下一步：查看将关闭的内容", "Next: see what it will close")
	for _, words := range []string{s.product(), wanted} {
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
	a.claim(exit)
	a.attach("上传文件", "Upload files")
	a.fill("证明编号", "number of the certificate", "删字001号")
	a.press("完成清退步骤", "finish a step of the wind-down")
	officer.claim(exit)
	officer.press("再加一项", "Add another")
	for i, line := range [][2][2]string{
		{{"收入", "received"}, {"社会公众（用户）", "the public (customers)"}}, {{"支出", "paid"}, {"运营机构", "operator"}},
	} {
		rows := []string{s.T("第 1 项", "No. 1"), s.T("第 2 项", "No. 2")}
		officer.Within("group", rows[i], func() {
			officer.fill("收支", "side", s.T(line[0][0], line[0][1]))
			officer.fill("对方", "party", s.T(line[1][0], line[1][1]))
			officer.fill("事由", "item", "运营收入")
			officer.fill("金额（分）", "amount in fen", "900000")
		})
	}
	officer.attach("上传文件", "Upload files")
	officer.press("完成清退步骤", "finish a step of the wind-down")
	officer.until("the end of the wind-down", func() bool {
		officer.open(title)
		return officer.Has("heading", s.T("已办结", "Closed"))
	})
}

package main

// agreement has the officer propose an agreement that begins tomorrow, and the operator agree to it.
func (s *stage) agreement(title string) {
	s.t.Helper()
	officer, a := s.as("丁一"), s.as("甲一")
	officer.open(title)
	officer.goTo("提出协议文本", "propose a version of the agreement")
	for _, f := range [][3]string{
		{"技术标准", "technical standard", "符合国家标准接口规范。"},
		{"安全审核", "security review", "上线前安全测评。"},
		{"业务合规审核", "business-compliance review", "上线前审核。"},
		{"四、", "4. ", "示范市平台（虚构）"},
		{"五、", "5. ", "各归各方。"},
		{"公开要求", "what is disclosed", "每年披露。"},
		{"核算与分配规则", "rules of accounting", "单独核算。"},
		{"分配对象", "party", "运营机构"},
		{"比例（万分之一）", "share in hundredths", "10000"},
		{"八、", "8. ", "数据不出域。"},
		{"九、", "9. ", "每年评价。"},
		{"十、", "10. ", "赔偿损失。"},
		{"约定内容", "text", "协商不成的依法诉讼。"},
		{"十二、", "12. ", "书面同意。"},
		{"十三、", "13. ", "无"},
	} {
		officer.fill(f[0], f[1], f[2])
	}
	officer.tick("协商", "negotiation")
	officer.tick("行政诉讼", "litigation")
	if got := officer.Value(s.T("审查附加条件", "conditions of the reviews")); got != required {
		s.t.Errorf("the condition of the review stands in the agreement as %q", got)
	}
	begins := dayAfter(s.t, officer.today(), 1)
	officer.fill("起始日", "first day", begins)
	officer.fill("终止日", "last day", dayAfter(s.t, begins, 364))
	officer.press("提出协议文本", "propose a version of the agreement")
	a.open(title)
	a.goTo("同意协议文本", "agree to the other side's version")
	a.reads(required, required)
	a.press("同意协议文本", "agree to the other side's version")
}

// signed has both sides sign, who have to show first who they are, and the officer file the agreement.
func (s *stage) signed(title string) {
	s.t.Helper()
	for name, person := range map[string]string{"丁七": "agency-signatory", "甲二": "spruce-signatory"} {
		v := s.as(name)
		v.until("the agreement to be signed", func() bool {
			v.open(title)
			return v.Has("link", s.T("签署协议", "sign the agreement"))
		})
		s.longAgo(person)
		v.Follow("link", s.T("签署协议", "sign the agreement"))
		if !v.stepUp() {
			s.t.Errorf("%s may sign long after entering", person)
		} else {
			v.reenter()
		}
		v.press("签署协议", "sign the agreement")
	}
	officer := s.as("丁一")
	officer.open(title)
	officer.goTo("登记备案", "record the filing")
	officer.fill("备案日期", "day of filing", officer.today())
	officer.fill("备案机关", "filed with", "示范省数据局（虚构）")
	officer.fill("备案回执号", "receipt", "备字001号")
	officer.attach("上传文件", "Upload files")
	officer.press("登记备案", "record the filing")
}

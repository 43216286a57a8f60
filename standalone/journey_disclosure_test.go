package main

// disclosed has the operator compile and complete its disclosure of the year that is over, a second person check and publish it, and anybody read it.
func (s *stage) disclosed(o operation) {
	s.t.Helper()
	a, signatory, anybody := s.as(o.applies), s.as(o.signs), s.stranger("anybody")
	title := s.yearOfStart(o) + "年度授权运营信息披露（运营机构）"
	a.open(title)
	disclosure := a.URL().Path
	a.sees(disclosure, "待编制", "to be compiled")
	a.goTo("从记录汇编", "compile from the records")
	a.press("从记录汇编", "compile from the records")
	a.goTo("填写披露信息", "complete the disclosure")
	a.fill("地址", "address", "示范市示范路1号（虚构）")
	a.fill("邮编", "postcode", "000000")
	a.fill("邮箱", "e-mail", "office@example.org")
	a.fill("固定电话", "landline", "000-00000000")
	a.fill("说明", "note", "运营机构披露（虚构）。")
	a.press("填写披露信息", "complete the disclosure")
	a.goTo("提交核对", "hand in for the check")
	a.press("提交核对", "hand in for the check")
	signatory.Visit(s.url + disclosure)
	signatory.goTo("核对无误并公布", "check and publish")
	signatory.press("核对无误并公布", "check and publish")
	anybody.Visit(s.url + "/register/disclosures/operators")
	anybody.fill("机构名称或者年度", "Name of the organisation, or year", o.operator)
	anybody.press("查找", "Search")
	anybody.Follow("link", o.operator)
	anybody.reads("运营机构披露（虚构）。", "运营机构披露（虚构）。")
}

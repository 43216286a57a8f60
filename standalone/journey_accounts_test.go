package main

// accounted has both sides agree on the distribution, the operator state the income of the year that is over, finance check it, one run the settlement
// and another approve it, and everybody paid.
func (s *stage) accounted(o operation) {
	s.t.Helper()
	officer, finance, administrator := s.as("丁一"), s.as("丁五"), s.as("丁九")
	a, signatory := s.as(o.applies), s.as(o.signs)
	officer.opens(o, "运营", "Operation")
	officer.goTo("价格与收益：准许收入、收入报表、结算和账簿", "Prices and revenue: ")
	account := officer.URL().Path
	year := s.yearOfStart(o)
	officer.goTo("提出收入分配规则", "propose the distribution rule")
	officer.pick("按年", "a year")
	officer.fill("自哪一结算期起适用", "first period to which it applies", year)
	officer.row("分配各方", "parties", 0, func() {
		officer.fill("名称", "name", "运营机构")
		officer.pick("运营机构", "operator")
		officer.fill("比例（万分之几）", "share (hundredths of a percent)", "8000")
	})
	officer.row("分配各方", "parties", 1, func() {
		officer.fill("名称", "name", "实施机构")
		officer.pick("实施机构", "agency")
		officer.fill("比例（万分之几）", "share (hundredths of a percent)", "2000")
	})
	officer.press("提出收入分配规则", "propose the distribution rule")
	signatory.Visit(s.url + account)
	signatory.goTo("同意收入分配规则", "agree to the distribution rule")
	signatory.press("同意收入分配规则", "agree to the distribution rule")
	a.until("the end of the year", func() bool {
		a.Visit(s.url + account)
		return a.today()[:4] > year
	})
	a.goTo("编制收入报表", "state a period's income")
	a.fill("结算期", "period", year)
	a.another("按合同开单的收入", "income billed by contract")
	a.row("按合同开单的收入", "income billed by contract", 0, func() {
		a.fill("产品和服务", "product or service", o.products[1])
		a.fill("开单金额（元）", "billed (yuan)", "1234.57")
		a.fill("合同编号", "contract numbers", "示合001（虚构）")
		a.fill("差异原因", "why it differs", "按合同包年（虚构）。")
	})
	a.press("编制收入报表", "state a period's income")
	finance.Visit(s.url + account)
	finance.goTo("核对收入报表", "check a statement")
	finance.fill("结算期", "period", year)
	finance.press("核对收入报表", "check a statement")
	officer.Visit(s.url + account)
	officer.goTo("编制结算", "run the settlement of a period")
	officer.fill("结算期", "period", year)
	officer.press("编制结算", "run the settlement of a period")
	administrator.Visit(s.url + account)
	administrator.goTo("批准结算并入账", "approve the settlement and post it")
	administrator.press("批准结算并入账", "approve the settlement and post it")
	for i, party := range []string{"运营机构", "实施机构"} {
		finance.Visit(s.url + account)
		finance.goTo("记录付款", "record a payment")
		finance.fill("收款方", "paid to", party)
		finance.fill("付款日期", "paid on", finance.today())
		finance.fill("银行回单号", "bank reference", []string{"回单一（虚构）", "回单二（虚构）"}[i])
		finance.press("记录付款", "record a payment")
	}
	a.Visit(s.url + account)
	a.part("分配和结算", "Distribution and settlements")
	for _, fen := range []string{"987.66", "246.91"} { // 80 and 20 % of 1,234.57 yuan
		a.reads(fen, fen)
	}
	a.part("账簿", "Book of entries")
	a.reads("回单二（虚构）", "回单二（虚构）")
}

// yearOfStart is the year in which operation began.
func (s *stage) yearOfStart(o operation) string {
	s.t.Helper()
	for _, e := range events(s.t, s.dir, s.url, o.id) {
		if e.Type == "operation-started" {
			return e.At.Format("2006")
		}
	}
	s.t.Fatal("operation has not begun")
	return ""
}

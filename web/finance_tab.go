package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/finance"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/revenue"
	"datacharter/domain/text"
	"datacharter/web/words"
)

// financeTabs are the parts of the page of an authorisation's prices and revenue.
func (s *server) financeTabs() []tab {
	return []tab{
		{name: "prices", words: text.Text{ZH: "准许收入和上限", EN: "Allowance and ceilings"}, show: s.financeTab(financePricesPage)},
		{name: "statements", words: text.Text{ZH: "收入报表和偏离", EN: "Statements and deviation"}, show: s.financeTab(financeStatementsPage)},
		{name: "sharing", words: text.Text{ZH: "分配和结算", EN: "Distribution and settlements"}, show: s.financeTab(financeSharingPage)},
		{name: "book", words: text.Text{ZH: "账簿", EN: "Book of entries"}, when: wasPosted, show: s.financeTab(financeBookPage)},
		stand,
	}
}

func financeOf(v *casework.View) *finance.Finance {
	return v.Subject.(*finance.Finance) //nolint:forcetypeassert // by its kind
}

func wasPosted(v *casework.View) bool { return len(financeOf(v).Postings) > 0 }

// financeView is an authorisation's prices and revenue as its page shows them.
type financeView struct {
	*casePage
	f     *finance.Finance
	files known
}

// financeTab makes a part of the page, with the names of all who did something, and the files.
func (s *server) financeTab(show func(financeView) templ.Component) func(*casePage) (templ.Component, error) {
	return func(c *casePage) (templ.Component, error) {
		v := financeView{casePage: c, f: financeOf(c.view)}
		var err error
		if v.files.files, err = s.Store.Attachments(c.ctx, c.actor, v.f.AttachmentDigests()); err != nil {
			return nil, err
		}
		people, organizations := actorsOf(v.f)
		return show(v), s.alsoName(c, people, organizations)
	}
}

// actorsOf lists who did what in the accounts.
func actorsOf(f *finance.Finance) (people, organizations []string) {
	add := func(all ...*identity.By) {
		for _, by := range all {
			if by != nil {
				people, organizations = append(people, by.Person), append(organizations, by.Organization)
			}
		}
	}
	for _, x := range f.Allowances {
		add(&x.By, x.Confirmed)
	}
	for _, x := range f.Checks {
		add(&x.By)
	}
	for _, x := range slices.Concat(f.Statements, f.Handed) {
		add(&x.By, x.Checked)
	}
	for _, x := range f.Rules {
		add(&x.By, x.Agreed)
	}
	for _, x := range f.Reports {
		add(&x.By)
	}
	for _, x := range f.Returned {
		add(&x.By)
	}
	if f.Proposed != nil {
		add(&f.Proposed.By)
	}
	if f.Rule != nil {
		add(&f.Rule.By)
	}
	if f.Run != nil {
		add(&f.Run.By)
	}
	if f.Closing != nil {
		add(&f.Closing.By)
	}
	return people, organizations
}

// returned are those things that were sent back.
func (v financeView) returned(what ...string) []finance.Returned {
	return slices.DeleteFunc(slices.Clone(v.f.Returned), func(r finance.Returned) bool { return !slices.Contains(what, string(r.What)) })
}

// figures is a table of figures. The first column names the row.
type figures struct {
	caption  string
	headings []string
	texts    []int // columns beside the first that hold text; all others hold figures
	rows     [][]string
}

func (f figures) number(i int) bool { return i > 0 && !slices.Contains(f.texts, i) }

func years(from, to int) string {
	if from == to {
		return strconv.Itoa(from)
	}
	return fmt.Sprintf("%d–%d", from, to)
}

func (v financeView) allowances() figures {
	out := figures{caption: v.T("各年度最高准许收入（元）", "Allowances of the years, in yuan"), headings: []string{
		v.T("年度", "Year"), v.T("成本", "Costs"), v.T("收益", "Return"), v.T("税金", "Taxes"), v.T("扣减超出部分", "Excess deducted"), v.T("最高准许收入", "Allowance"),
	}}
	for _, fixed := range v.f.Allowances {
		for year := fixed.From; year <= fixed.To; year++ {
			if a, ok := v.f.AllowedIn(year); ok {
				out.rows = append(out.rows, []string{strconv.Itoa(year), a.Cost.String(), a.Profit.String(), a.Taxes.String(), a.Excess.String(), a.Total.String()})
			}
		}
	}
	return out
}

// basis shows from what an allowance was reckoned.
func (v financeView) basis(fixed finance.Fixed) figures {
	b := fixed.Basis
	out := figures{caption: v.T("核定依据，", "Basis of ") + years(fixed.From, fixed.To), headings: []string{v.T("项目", "Item"), v.T("数额", "Figure")}}
	row := func(name, value string) { out.rows = append(out.rows, []string{name, value}) }
	for _, c := range b.Costs {
		row(v.page.In(words.Value(c.Kind)), c.Amount.String())
	}
	row(v.T("减：财政补贴", "less government subsidy"), b.Subsidy.String())
	row(v.T("准许成本", "costs net of subsidy"), fixed.Amounts.Cost.String())
	row(v.T("十年期国债平均收益率", "average yield of ten-year bonds"), b.BondYield.String()+"%")
	row(v.T("准许收益率（最高", "return (at most ")+b.BondYield.Plus(pricing.MaxSpread).String()+"%"+v.T("）", ")"), b.Return.String()+"%")
	row(v.T("准许收益", "return on the costs"), fixed.Amounts.Profit.String())
	row(v.T("税金", "taxes"), b.Taxes.String())
	row(v.T("年度最高准许收入", "allowance of a year"), fixed.Amounts.Total.String())
	return out
}

func (v financeView) costs() figures {
	out := figures{caption: v.T("各年度成本（元）", "Costs of the years, in yuan"), headings: []string{
		v.T("年度", "Year"), v.T("成本合计", "Costs"), v.T("财政补贴", "Subsidy"), v.T("净成本", "Net"), v.T("税金", "Taxes"), v.T("报送", "Handed in"),
	}, texts: []int{5}}
	for _, c := range slices.Backward(v.f.Costs) {
		out.rows = append(out.rows, []string{strconv.Itoa(c.Year), (c.Net() + c.Subsidy).String(), c.Subsidy.String(), c.Net().String(), c.Taxes.String(), v.page.DayOf(c.At)})
	}
	return out
}

func (v financeView) forecast(c finance.Check) figures {
	out := figures{caption: v.T("按预测用量的收入（元），", "Income at the forecast volume, in yuan, ") + strconv.Itoa(c.Year), headings: []string{
		v.T("产品和服务", "Product or service"), v.T("上限收费标准", "Ceiling"), v.T("预测用量", "Volume"), v.T("收入", "Income"),
	}, texts: []int{1}}
	for _, l := range c.Lines {
		out.rows = append(out.rows, []string{l.Product, strings.Join(tariffSteps(v.page, l.Ceiling, l.Unit), v.T("；", "; ")), strconv.FormatInt(l.Volume, 10), l.Income.String()})
	}
	return out
}

func (v financeView) years() figures {
	out := figures{caption: v.T("各年度收入和偏离（元）", "Income and deviation of the years, in yuan"), headings: []string{
		v.T("年度", "Year"), v.T("收入", "Income"), v.T("最高准许收入", "Allowance"), v.T("偏离", "Deviation"), v.T("偏离率", "Rate"), v.T("应办", "To do"), v.T("已办", "Done"),
	}, texts: []int{5, 6}}
	for _, y := range slices.Backward(v.f.Years) {
		row := []string{strconv.Itoa(y.Year), y.Income.String(), v.T("试行期", "trial tariff"), "–", "–", "–", "–"}
		if d := y.Deviation; d != nil {
			row[2], row[3], row[5] = y.Allowance.Total.String(), d.Amount.String(), v.page.In(words.Value(d.Task))
			if d.Rate != nil {
				row[4] = d.Rate.String() + "%"
			}
		}
		if y.Adjusted != nil {
			row[6] = y.Adjusted.What
		}
		out.rows = append(out.rows, row)
	}
	return out
}

func (v financeView) deductions() figures {
	out := figures{caption: v.T("超出部分的扣减（元）", "Deductions of excesses, in yuan"), headings: []string{v.T("扣减年度", "Deducted in"), v.T("评估周期截至", "Of the period up to"), v.T("金额", "Amount")}}
	for _, d := range v.f.Deductions {
		out.rows = append(out.rows, []string{strconv.Itoa(d.Year), strconv.Itoa(d.Of), d.Amount.String()})
	}
	return out
}

func (v financeView) report(r finance.Report) figures {
	out := figures{caption: v.T("成本、收入和利润（元），", "Cost, income and profit, in yuan, ") + strconv.Itoa(r.Year), headings: []string{v.T("项目", "Item"), v.T("金额", "Amount")}}
	for _, row := range []struct {
		name   string
		amount pricing.Amount
	}{{v.T("授权运营成本（净）", "cost, net of subsidy"), r.Cost}, {v.T("税金", "taxes"), r.Taxes}, {v.T("实际收入", "income"), r.Income}, {v.T("利润", "profit"), r.Profit}} {
		out.rows = append(out.rows, []string{row.name, row.amount.String()})
	}
	if r.Deviation != nil {
		out.rows = append(out.rows, []string{v.T("偏离最高准许收入", "deviation from the allowance"), r.Deviation.Amount.String()})
	}
	return out
}

func (v financeView) sold(r finance.Report) figures {
	out := figures{caption: v.T("各产品用量和收入，", "Volume and income of each product, ") + strconv.Itoa(r.Year), headings: []string{v.T("产品和服务", "Product or service"), v.T("用量", "Volume"), v.T("收入（元）", "Income (yuan)")}}
	for _, p := range r.Products {
		out.rows = append(out.rows, []string{p.Product, strconv.FormatInt(p.Volume, 10), p.Income.String()})
	}
	return out
}

func (v financeView) adjustments(r finance.Report) figures {
	out := figures{caption: v.T("收费标准的调整，", "Adjustments of tariffs, ") + strconv.Itoa(r.Year), headings: []string{
		v.T("产品和服务", "Product or service"), v.T("日期", "Date"), v.T("种类", "Kind"), v.T("标准（元）", "Tariff (yuan)"), v.T("理由", "Reason"),
	}, texts: []int{1, 2, 3, 4}}
	for _, a := range r.Adjustments {
		kind := v.T("具体收费", "charge")
		if a.Ceiling {
			kind = v.T("上限", "ceiling")
		}
		var steps []string
		for _, s := range a.Tariff {
			steps = append(steps, s.Price.String())
		}
		out.rows = append(out.rows, []string{a.Product, a.On.String(), kind, strings.Join(steps, " / "), a.Reason})
	}
	return out
}

func (v financeView) lines(s finance.Statement, title string) figures {
	out := figures{caption: v.T("各产品收入，", "Income of each product, ") + title + v.T("，", ", ") + string(s.Period), headings: []string{
		v.T("产品和服务", "Product or service"), v.T("用量", "Volume"), v.T("按收费标准（元）", "By the charges (yuan)"), v.T("开单（元）", "Billed (yuan)"), v.T("合同", "Contracts"), v.T("差异原因", "Why it differs"),
	}, texts: []int{4, 5}}
	for _, l := range s.Lines {
		out.rows = append(out.rows, []string{l.Product, strconv.FormatInt(l.Volume, 10), l.Reckoned.String(), l.Billed.String(), strings.Join(l.Contracts, v.T("、", ", ")), l.Reason})
	}
	out.rows = append(out.rows, []string{v.T("合计", "Total"), "", "", s.Income.String(), "", ""})
	return out
}

func (v financeView) sharers(r finance.Sharing, title string) figures {
	out := figures{caption: v.T("分配各方，", "Parties, ") + title, headings: []string{
		v.T("名称", "Name"), v.T("一方", "Side"), v.T("比例", "Share"), v.T("每期保底（元）", "Floor (yuan)"), v.T("每期封顶（元）", "Cap (yuan)"),
	}, texts: []int{1}}
	for i, p := range r.Rule.Parties {
		most := "–"
		if p.Cap != nil {
			most = p.Cap.String()
		}
		out.rows = append(out.rows, []string{p.Name, v.page.In(words.Value(r.Sharers[i].Side)), share(p.BasisPoints), p.Floor.String(), most})
	}
	return out
}

func (v financeView) tiers(r finance.Sharing, title string) figures {
	out := figures{caption: v.T("分档，", "Tiers, ") + title, headings: []string{v.T("收入至（元）", "Income up to (yuan)")}}
	for _, p := range r.Rule.Parties {
		out.headings = append(out.headings, p.Name)
	}
	for _, t := range r.Rule.Tiers {
		row := []string{v.T("以上全部", "all above")}
		if t.UpTo != 0 {
			row[0] = t.UpTo.String()
		}
		for _, s := range t.Shares {
			row = append(row, share(s))
		}
		out.rows = append(out.rows, row)
	}
	return out
}

// share writes hundredths of a percent in percent.
func share(basisPoints int) string {
	return fmt.Sprintf("%d.%02d%%", basisPoints/100, basisPoints%100)
}

func (v financeView) parts(r finance.Run) figures {
	out := figures{caption: v.T("各方所得（元），", "What falls to each, in yuan, ") + string(r.Period), headings: []string{v.T("名称", "Name"), v.T("金额", "Amount")}}
	for _, p := range r.Parts {
		out.rows = append(out.rows, []string{p.Party, p.Amount.String()})
	}
	return out
}

func (v financeView) owed() figures {
	out := figures{caption: v.T("各方应付和已付（元）", "Due, paid and owed, in yuan"), headings: []string{v.T("名称", "Name"), v.T("应得", "Due"), v.T("已付", "Paid"), v.T("尚欠", "Owed")}}
	paid := map[string]pricing.Amount{}
	for _, p := range v.f.Payments() {
		paid[p.Entry.Lines[0].Account.Party()] += p.Entry.Lines[0].Debit
	}
	b := v.f.Book()
	for _, p := range v.f.Parties() {
		owed := b.Owed(p.Name)
		out.rows = append(out.rows, []string{p.Name, (paid[p.Name] + owed).String(), paid[p.Name].String(), owed.String()})
	}
	return out
}

func (v financeView) balances() figures {
	b := v.f.Book()
	out := figures{caption: v.T("科目余额（元；贷方为正）", "Balances, in yuan; positive on the credit side"), headings: []string{v.T("科目", "Account"), v.T("余额", "Balance")}}
	accounts := []revenue.Account{revenue.Received, revenue.Income}
	for _, party := range b.Parties() {
		accounts = append(accounts, revenue.Payable(party))
	}
	var sum pricing.Amount
	for _, a := range accounts {
		sum += b.Balance(a)
		out.rows = append(out.rows, []string{v.page.In(words.Account(a)), b.Balance(a).String()})
	}
	out.rows = append(out.rows, []string{v.T("合计", "Total"), sum.String()})
	return out
}

// partOfFinance is the part of the page beside which a command is given.
var partOfFinance = map[string]string{
	"hand-in-costs": "prices", "record-allowance": "prices", "confirm-allowance": "prices", "return-allowance": "prices", "check-ceilings": "prices", "close-accounts": "prices",
	"compile-statement": "statements", "check-statement": "statements", "return-statement": "statements", "reckon-year": "statements", "report-adjustment": "statements", "report-year": "statements",
	"propose-rule": "sharing", "agree-rule": "sharing", "decline-rule": "sharing", "run-settlement": "sharing", "approve-settlement": "sharing", "return-settlement": "sharing", "record-payment": "sharing",
	"take-back": "book",
}

// financeCommand is the page that asks for a command on the accounts, beside what it is about.
func (s *server) financeCommand(a *act) (*casePage, error) {
	part, ok := partOfFinance[a.command]
	if a.view == nil || a.task != nil || a.command == lifecycle.Recount || !ok {
		return nil, nil //nolint:nilnil // the command has another page, which is no fault
	}
	page, err := s.newCasePage(a.visit, a.place, a.view)
	if err != nil {
		return nil, err
	}
	page.choose(part)
	page.doing = true
	return page, nil
}

// readsAccounts reports whether the visitor may read the prices and revenue of the authorisation, beside those who share in it.
func (v operationView) readsAccounts() bool {
	return v.a.Accounts && (v.actor.SeesEverything() || v.actor.In(v.a.Agency) || v.actor.In(v.a.Applicant))
}

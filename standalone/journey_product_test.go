package main

import "strings"

// operates drafts the product of the agreement, has it reviewed and priced, puts it on offer, and looks it up without signing in.
func (s *stage) operates(title string) {
	s.t.Helper()
	name := product
	officer, a, anybody := s.as("丁一"), s.as("甲一"), s.stranger("anybody")
	draft := s.T("起草产品和服务 ：", "Draft it : ") + name
	a.until("operation", func() bool {
		a.open(title)
		a.goTo("运营", "Operation")
		return strings.Contains(a.Text(), s.T("运营中", "in operation")) && a.Has("link", draft)
	})
	a.Follow("link", draft)
	a.fill("产品形态", "form", s.T("接口服务", "API"))
	a.pick("数据调用量", "volume of calls")
	a.press("起草产品和服务", "draft a product or service")
	a.fill("应用场景", "application scenario", "车主出行前查询停车位。")
	a.tick(wanted, wanted)
	a.fill("技术标准", "technical standard", "示例标准（虚构）")
	a.fill("能力清单", "list of capabilities", "按停车场查询")
	a.press("修改内容", "edit the content")
	a.goTo("提交审核", "submit for review")
	a.press("提交审核", "submit for review")
	for _, reviewer := range []string{"丁二", "丁三"} {
		r := s.as(reviewer)
		r.claim(name)
		r.pick("符合，同意", "approve")
		r.fill("审查意见", "opinion", "经审核，同意。")
		r.press("提交审核意见", "decide the review")
	}
	officer.open(name)
	officer.goTo("设定上限收费标准", "set the ceiling")
	officer.fill("本档单价（元）", "price of this step (yuan)", "0.05")
	officer.fill("测算依据", "on what it was reckoned", "按成本测算。")
	officer.press("设定上限收费标准", "set the ceiling")
	a.open(name)
	a.goTo("确定收费标准", "set the charge")
	a.fill("本档单价（元）", "price of this step (yuan)", "0.03")
	a.press("确定收费标准", "set the charge")
	a.goTo("上架", "put on offer")
	a.press("上架", "put on offer")
	a.reads("在架", "on offer")
	anybody.until("the product in the register", func() bool {
		anybody.Visit(s.url + "/register")
		anybody.Follow("link", title)
		anybody.WaitFor(title)
		return strings.Contains(anybody.Text(), name) && strings.Contains(anybody.Text(), "0.03")
	})
	for _, words := range []string{"0.05", wanted} {
		anybody.WaitForText(words)
	}
}

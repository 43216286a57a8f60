package main

import (
	"regexp"
	"strings"
)

// complaintNumber is the case's ID and the secret.
var complaintNumber = regexp.MustCompile(`(rep-([a-z2-7]{6})[a-z2-7]{10})-[a-z2-7]{26}`)

// complained has somebody who has no account find the authorisation in the register and report something, the agency answer, and him follow it by its number.
func (s *stage) complained(o operation) {
	s.t.Helper()
	anybody, officer := s.stranger("anybody"), s.as("丁一")
	anybody.Visit(s.url + "/register")
	anybody.Follow("link", o.title)
	anybody.WaitFor(o.title)
	for _, words := range o.products {
		anybody.WaitForText(words)
	}
	anybody.goTo("就本授权投诉举报", "Complain about or report on this authorisation")
	anybody.pick("运营机构", "the operator")
	anybody.fill("事实和诉求", "what happened, and what you ask for", "接口时常中断（虚构），请核查。")
	anybody.press("提出投诉举报", "lodge a complaint")
	number := complaintNumber.FindStringSubmatch(anybody.Text())
	if number == nil {
		s.t.Fatalf("no number: %s", anybody.Text())
	}
	officer.until("the complaint", func() bool {
		officer.goTo("案件", "Cases")
		officer.fill("种类", "Kind", s.T("投诉举报", "complaint or report"))
		officer.press("筛选", "Filter")
		return strings.Contains(officer.Text(), number[1])
	})
	officer.Follow("link", "投诉举报"+number[2])
	officer.reads("匿名", "anonymous")
	officer.goTo("受理", "accept")
	officer.press("受理", "accept")
	officer.goTo("答复", "answer")
	officer.pick("部分属实", "upheld in part")
	officer.fill("答复", "answer", "已要求运营机构改进（虚构）。")
	officer.press("答复", "answer")
	anybody.goTo("凭编号查询", "Follow by number")
	anybody.fill("提交时得到的编号", "The number that you were given", number[0])
	anybody.press("查询", "Look it up")
	anybody.reads("已要求运营机构改进（虚构）。", "已要求运营机构改进（虚构）。")
	if strings.Contains(anybody.Text(), "丁一") {
		s.t.Errorf("who complained is told who handled it: %s", anybody.Text())
	}
}

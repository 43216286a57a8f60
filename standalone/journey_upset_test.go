package main

import (
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp/kb"
)

// upsets is an application during which all kinds of things happen, and which is refused in the end.
func upsets(s *stage) {
	const title, reason = "屡遭打断的申请", "所申请的资源已整体授权其他机构运营。"
	a := s.drafts(title)

	// A file of a wrong type is refused in words, and the other one stays.
	dir := s.t.TempDir()
	a.Attach("上传文件", written(s.t, filepath.Join(dir, evidenceName), evidence), written(s.t, filepath.Join(dir, "program.exe"), "MZ\x90\x00\x03\x00\x00\x00"))
	a.reads("不接受此类文件", "")
	a.until("the file in the form", func() bool { return a.Has("checkbox", evidenceShown) })
	a.press("保存并继续", "")
	a.Scripts(false)
	a.goTo("附件", "")
	a.Attach("上传文件", written(s.t, filepath.Join(dir, "program.exe"), "MZ\x90\x00\x03\x00\x00\x00"))
	a.Follow("button", "保存并继续")
	a.reads("文件类型不在允许范围内：PDF、Word 文档", "")
	if !a.Has("checkbox", evidenceShown) {
		s.t.Error("the file that was there is gone")
	}
	a.Scripts(true)

	// The session ends while a form is filled in; what was typed is there after signing in.
	const typed = "打断之前写下的用途。"
	a.goTo("基本情况", "")
	a.fill("用途", "", typed)
	elsewhere := s.stranger("the same person elsewhere")
	elsewhere.enter("甲一")
	elsewhere.goTo("甲一", "")
	elsewhere.goTo("登录和会话", "")
	elsewhere.press("结束其他全部会话", "")
	a.Follow("button", "保存并继续")
	a.WaitFor("登录")
	a.reads("填写的内容已经保留", "")
	a.Follow("button", "以 甲一")
	a.until("the form as it was", func() bool { return a.Heading() == "基本情况" })
	if got := a.Value("用途"); got != typed {
		s.t.Errorf("after signing in again the form holds %q", got)
	}
	a.press("保存并继续", "")

	// Clicked twice, and once more after going back: handed in once.
	a.goTo("核对并提交", "")
	a.reads(typed, "")
	id, before := a.caseID(), a.Page()
	a.DoubleClick("button", "提交申请")
	a.Arrived(before)
	a.reads("待完整性审核", "")
	a.Back()
	if a.Has("button", "提交申请") {
		a.Follow("button", "提交申请")
	}
	a.open(title)
	a.reads("待完整性审核", "")
	if n := s.count(id, "submitted"); n != 1 {
		s.t.Errorf("submitted %d times", n)
	}

	// Refused, which the applicant sees with the reasons.
	officer := s.as("丁一")
	officer.open(title)
	officer.goTo("不予受理", "")
	officer.fill("理由", "", reason)
	officer.press("不予受理", "")
	a.open(title)
	a.reads("不予同意", "")
	a.reads(reason, "")
}

// inReview is an application whose reviews wait.
func (s *stage) inReview(title string) {
	s.t.Helper()
	s.applies(title)
	officer := s.as("丁一")
	officer.open(title)
	officer.goTo("受理", "accept as complete")
	officer.press("受理", "accept as complete")
}

// byKeyboard decides a review from signing in on without touching the mouse.
func byKeyboard(s *stage) {
	const title = "只用键盘审查的申请"
	s.inReview(title)
	r := s.stranger("keyboard")
	enter := func(role, name string) {
		s.t.Helper()
		r.TabTo(role, name)
		before := r.Page()
		r.Press(kb.Enter)
		r.Arrived(before)
	}
	r.Visit(s.url + "/sign-in")
	enter("button", "以 丁二")
	enter("link", "待办")
	enter("link", "可领取")
	enter("button", "领取 ："+title)
	r.TabTo("radio", "符合，同意")
	r.Press(" ")
	r.TabTo("textbox", "审查意见")
	r.Type("键盘上写的意见。")
	enter("button", "提交审查意见")
	r.reads("已办理：提交审查意见", "")
	officer := s.as("丁一")
	officer.open(title)
	officer.reads("键盘上写的意见。", "")
}

// withoutScripts decides a review where scripts are disabled; the button is clicked twice.
func withoutScripts(s *stage) {
	const title = "没有脚本审查的申请"
	s.inReview(title)
	r := s.stranger("without scripts")
	r.Scripts(false)
	r.enter("丁三")
	r.claim(title)
	task := strings.TrimPrefix(r.URL().Path, "/tasks/")
	id, _, _ := strings.Cut(task, ".")
	r.Follow("button", "提交审查意见")
	r.WaitFor("数据安全审查：" + title)
	if !r.Has("heading", "请更正以下内容") {
		s.t.Error("an empty form is complained of in no words")
	}
	r.pick("符合，同意", "")
	r.fill("审查意见", "", "没有脚本也能写意见。")
	before := r.Page()
	r.DoubleClick("button", "提交审查意见")
	r.Arrived(before)
	officer := s.as("丁一")
	officer.open(title)
	officer.reads("没有脚本也能写意见。", "")
	if n := s.count(id, "task-finished"); n != 1 {
		s.t.Errorf("decided %d times", n)
	}
}

package main

import (
	"slices"

	"github.com/chromedp/cdproto/cdp"
)

// call calls a meeting on a case for today and opens it.
func (s *stage) call(secretary, meeting, title, zh, en string) *visitor {
	s.t.Helper()
	v := s.as(secretary)
	v.until("a meeting called for its day", func() bool { // the day may pass while the form is filled in
		v.goTo("会议", "Meetings")
		v.goTo("召集会议", "Call a meeting")
		v.pick(zh, en)
		v.fill("会议名称", "title", meeting)
		v.fill("时间", "time", v.today()+"T23:59")
		v.fill("地点", "place", "第一会议室")
		v.Click("checkbox", title)
		v.Follow("button", s.T("召集会议", "call a meeting"))
		return v.Heading() == meeting
	})
	v.press("开会", "open the meeting")
	return v
}

// enterRoom goes to a meeting by the list of meetings.
func (v *visitor) enterRoom(meeting string) {
	v.stage.t.Helper()
	v.goTo("会议", "Meetings")
	v.Follow("link", meeting)
}

// ballot fills the form of a vote in.
func (v *visitor) ballot(zh, en string) {
	v.stage.t.Helper()
	vote := v.stage.T("发表意见并表决", "give an opinion and vote")
	v.until("a ballot", func() bool { return v.Has("button", vote) })
	v.pick(zh, en)
	v.fill("发表意见", "opinion", "已审阅材料。")
}

// decided has the government decide: five members in sessions of their own, who vote at the same time and the chair last, while somebody watches.
func (s *stage) decided(title string) {
	s.t.Helper()
	meeting := s.T("常务会议：", "Meeting on ") + title
	secretary := s.call("庚一", meeting, title, "政府集体决策（授权运营）", "major decision")
	watcher := s.as("辛一")
	watcher.goTo("案件", "Cases")
	watcher.Follow("link", meeting)
	chair := s.as("庚二")
	chair.enterRoom(meeting)
	members := []*visitor{s.as("庚三"), s.as("庚四"), s.as("庚五"), s.as("庚六")}
	for _, m := range members {
		m.enterRoom(meeting)
	}
	for _, name := range []string{"庚二", "庚三", "庚四", "庚五", "庚六"} {
		secretary.press("登记到会 ："+name, "Present : "+name)
	}
	watcher.reads("到会 5 / 5", "present 5 / 5")
	secretary.pick("提请同意", "to agree")
	secretary.press("提请表决", "put a question to the vote")
	for i, m := range members {
		if i == 0 {
			m.ballot("弃权", "abstain")
		} else {
			m.ballot("同意", "for")
		}
	}
	vote := s.T("发表意见并表决", "give an opinion and vote")
	if chair.Has("button", vote) {
		s.t.Error("the chair is asked before the others have spoken")
	}
	before := make([]cdp.LoaderID, len(members))
	for i, m := range members {
		before[i] = m.Page()
		m.Click("button", vote)
	}
	for i, m := range members {
		m.Arrived(before[i])
		if m.stepUp() {
			m.reenter()
			m.Follow("button", vote)
		}
	}
	watcher.reads("同意 3 · 不同意 0 · 弃权 1 · 待表态 1", "For 3 · against 0 · abstain 1 · awaited 1")
	chair.ballot("同意", "for")
	chair.press("发表意见并表决", "give an opinion and vote")
	chair.press("宣布表决结果", "announce the result of an item")
	watcher.reads("同意 4 · 不同意 0 · 弃权 1 · 待表态 0", "For 4 · against 0 · abstain 1 · awaited 0")
	chair.Click("DisclosureTriangle", s.T("散会", "close the meeting"))
	chair.press("散会", "close the meeting")
	chair.press("签署会议记录", "sign the minutes")
	secretary.enterRoom(meeting)
	secretary.press("签署会议记录", "sign the minutes")
	secretary.reads("会议记录已签署", "minutes signed")
}

// deliberated has the agency decide on the agreement, as many members as it takes.
func (s *stage) deliberated(title string) {
	s.t.Helper()
	meeting := s.T("协议审议会：", "Agreement meeting on ") + title
	secretary := s.call("戊一", meeting, title, "实施机构集体决策", "Agency's decision on the agreement")
	s.agreed(secretary, meeting, "戊二", "戊三", "戊四")
}

// agreed has as many as it takes vote to agree, the chair last, at a meeting that is open.
func (s *stage) agreed(secretary *visitor, meeting, chair string, members ...string) {
	s.t.Helper()
	all := append(slices.Clone(members), chair)
	for _, name := range all {
		secretary.press("登记到会 ："+name, "Present : "+name)
	}
	secretary.pick("提请同意", "to agree")
	secretary.press("提请表决", "put a question to the vote")
	for _, name := range all {
		m := s.as(name)
		m.enterRoom(meeting)
		m.ballot("同意", "for")
		m.press("发表意见并表决", "give an opinion and vote")
	}
	s.as(chair).press("宣布表决结果", "announce the result of an item")
}

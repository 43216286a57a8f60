package words

import (
	"slices"
	"strings"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/text"
)

// limit is a time limit that a kind of case sets itself; those of reviews and of wind-down steps are named by the profile that has them.
type limit struct {
	kind  lifecycle.Kind
	name  string
	words text.Text
	date  bool // a date that was agreed on or comes with the calendar, which nobody's work is measured by
}

// limits are in the order in which they run. One without words stands for all whose names begin like its own.
var limits = []limit{
	{kind: authorization.Kind, name: "completeness", words: words("齐全性审核", "completeness check")},
	{kind: authorization.Kind, name: "completion", words: words("申请人补正、修改", "completion by the applicant")},
	{kind: authorization.Kind, name: "review:"},
	{kind: authorization.Kind, name: "major-decision", words: words("集体决策", "major decision")},
	{kind: authorization.Kind, name: "agreement-drafting", words: words("协议拟定", "drafting of the agreement")},
	{kind: authorization.Kind, name: "agreement-decision", words: words("协议审议", "decision on the agreement")},
	{kind: authorization.Kind, name: "signing", words: words("协议签署", "signing")},
	{kind: authorization.Kind, name: "filing", words: words("协议备案", "filing")},
	{kind: authorization.Kind, name: "operation-report", words: words("年度运营报告", "yearly operation report")},
	{kind: authorization.Kind, name: "start", words: words("开始运营", "start of operation"), date: true},
	{kind: authorization.Kind, name: "renewal-window", words: words("可申请续约", "renewal window"), date: true},
	{kind: authorization.Kind, name: "expiry-warning", words: words("期满提醒", "warning before expiry"), date: true},
	{kind: authorization.Kind, name: "expiry", words: words("期限届满", "end of the term"), date: true},
	{kind: authorization.Kind, name: "expiry-at-latest", words: words("最长运营期限", "longest possible term"), date: true},
	{kind: exit.Kind, name: "statement", words: words("陈述申辩", "statement and defence")},
	{kind: exit.Kind, name: "decision", words: words("退出决定", "decision on the exit")},
	{kind: exit.Kind, name: "service", words: words("决定送达", "service of the decision")},
	{kind: exit.Kind, name: "step-"},
	{kind: exit.Kind, name: "agency-step-"},
	{kind: meeting.Kind, name: "meeting", words: words("会议召开", "day of the meeting"), date: true},
}

// Limit returns the words of a limit that a kind of case sets itself, and false for any other.
func Limit(kind lifecycle.Kind, name string) (text.Text, bool) {
	i := limitAt(kind, name)
	if i < 0 || limits[i].words == (text.Text{}) {
		return text.Text{}, false
	}
	return limits[i].words, true
}

// LimitOrder is a limit's place in the order in which the limits of a kind run.
func LimitOrder(kind lifecycle.Kind, name string) int {
	if i := limitAt(kind, name); i >= 0 {
		return i
	}
	return len(limits)
}

// LimitOfWork reports whether somebody's work is measured by a limit: it is no date that was agreed on or comes with the calendar.
func LimitOfWork(kind lifecycle.Kind, name string) bool {
	i := limitAt(kind, name)
	return i < 0 || !limits[i].date
}

func limitAt(kind lifecycle.Kind, name string) int {
	return slices.IndexFunc(limits, func(l limit) bool {
		return l.kind == kind && (l.name == name || l.words == (text.Text{}) && strings.HasPrefix(name, l.name))
	})
}

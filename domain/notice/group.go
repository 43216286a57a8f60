package notice

import "datacharter/domain/text"

// Group is a kind of notices that people can do without. It is stored with their choices: never rename one.
type Group string

// The groups.
const (
	Tasks         Group = "tasks"
	Deadlines     Group = "deadlines"
	Overdue       Group = "overdue"
	Applications  Group = "applications"
	Agreements    Group = "agreements"
	Operation     Group = "operation"
	Exits         Group = "exits"
	Meetings      Group = "meetings"
	Registrations Group = "registrations"
	Plans         Group = "plans"
	Resources     Group = "resources"
	Supervision   Group = "supervision"
)

// GroupInfo is a group with its words.
type GroupInfo struct {
	Group Group
	Words text.Text
	// Compulsory groups cannot be refused: they serve on people what they must be told, the steps of an exit, those of a registration, what a plan and the grades of its resources come to, what supervision finds, and time limits that were missed.
	Compulsory bool
}

// Groups lists every group in the order in which people are shown them.
var Groups = []GroupInfo{
	{Group: Tasks, Words: text.Text{ZH: "待领取的任务", EN: "Tasks to claim"}},
	{Group: Deadlines, Words: text.Text{ZH: "期限将至的提醒", EN: "Reminders of time limits"}},
	{Group: Overdue, Words: text.Text{ZH: "逾期提示", EN: "Time limits that were missed"}, Compulsory: true},
	{Group: Applications, Words: text.Text{ZH: "申请的受理、审查和决策", EN: "Applications: acceptance, review and decision"}},
	{Group: Agreements, Words: text.Text{ZH: "协议的提出和签署", EN: "Agreements: proposals and signing"}},
	{Group: Operation, Words: text.Text{ZH: "运营、暂停和续约", EN: "Operation, suspension and renewal"}},
	{Group: Exits, Words: text.Text{ZH: "退出的告知、决定和清退", EN: "Exits: notice, decision and wind-down"}, Compulsory: true},
	{Group: Registrations, Words: text.Text{ZH: "登记的受理、公示和结果", EN: "Registrations: acceptance, notice and results"}, Compulsory: true},
	{Group: Plans, Words: text.Text{ZH: "实施方案的审查、决策和实施，资源重新定级", EN: "Plans: review, decision and what follows; regraded resources"}, Compulsory: true},
	{Group: Supervision, Words: text.Text{ZH: "监督：超范围使用、问题和整改", EN: "Supervision: use beyond scope, findings and rectification"}, Compulsory: true},
	{Group: Resources, Words: text.Text{ZH: "数据质量反馈和数据需求", EN: "Quality reports and data demands"}},
	{Group: Meetings, Words: text.Text{ZH: "会议和集体决策", EN: "Meetings and collective decisions"}},
}

// Refusable reports whether there is such a group and people can do without it.
func Refusable(group Group) bool {
	for _, g := range Groups {
		if g.Group == group {
			return !g.Compulsory
		}
	}
	return false
}

// RefusableGroup returns the group of a subject if people can do without it, else the empty group: what is not listed reaches everybody.
func RefusableGroup(name string) Group {
	if group := subjects[name].group; Refusable(group) {
		return group
	}
	return ""
}

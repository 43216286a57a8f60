package web

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/domain/disclosure"
	"datacharter/domain/exit"
	"datacharter/domain/finance"
	"datacharter/domain/finding"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/plan"
	"datacharter/domain/product"
	"datacharter/domain/registration"
	"datacharter/domain/text"
)

// kindTabs are the parts of a case's page that its kind has of its own.
func (s *server) kindTabs() map[lifecycle.Kind][]tab {
	return map[lifecycle.Kind][]tab{
		authorization.Kind: s.authorizationTabs(), meeting.Kind: s.meetingTabs(), exit.Kind: s.exitTabs(), registration.Kind: s.registrationTabs(),
		plan.Kind: s.planTabs(), product.Kind: s.productTabs(), disclosure.Kind: s.disclosureTabs(), finding.Kind: s.findingTabs(),
		finance.Kind: s.financeTabs(), complaint.Kind: s.complaintTabs(),
	}
}

// stand is the part that every kind of case has: its tasks and time limits.
var stand = tab{name: "stand", words: text.Text{ZH: "办理情况", EN: "Where it stands"}, show: standTab}

func standTab(c *casePage) (templ.Component, error) { return standPage(c), nil }

// turn says whose turn it is: who has claimed the open tasks, or for whom they are, else the parties that the state table names.
func (s *server) turn(c *casePage) string {
	var who []string
	add := func(name string) {
		for _, w := range who {
			if w == name {
				return
			}
		}
		who = append(who, name)
	}
	for _, t := range c.view.Head.Tasks {
		switch {
		case t.State == lifecycle.TaskClaimed:
			add(c.names.person(c.page, t.Claimant) + c.T("（", " (") + c.page.In(t.Title) + c.T("）", ")"))
		case t.State == lifecycle.TaskOpen:
			add(c.page.In(t.Title) + c.T("（待领取）", " (to be claimed)"))
		}
	}
	if len(who) == 0 {
		for _, p := range c.view.State.Turn {
			add(c.page.In(p.Words()))
		}
	}
	return strings.Join(who, c.T("、", ", "))
}

// mine reports whether the case waits for the visitor himself: for a task of his, or for an act of one of those whose turn it is.
func (c *casePage) mine() bool {
	return len(c.myTasks()) > 0 || slices.ContainsFunc(c.mainActions(), func(a action) bool {
		return slices.ContainsFunc(c.place.table.Rows, func(r lifecycle.Row) bool {
			return r.Command == a.Command && slices.ContainsFunc(r.By, func(p lifecycle.Party) bool { return slices.Contains(c.view.State.Turn, p) })
		})
	})
}

// asides are the commands that are always there and move nothing on by themselves.
var asides = map[string]bool{
	"declare-interest": true, "withdraw": true, "delete-draft": true, "stop": true, "cancel": true, "waive": true, "propose-exit": true, "suspend": true, "suspend-at-once": true, "open-exit": true, "recount-deadlines": true, "ask-question": true,
	"lodge-objection": true, "open-deregistration": true, "report-misconduct": true, "revoke": true, "report-registry": true, "apply-deregistration": true,
	"propose-change": true, "propose-end": true, "amend": true, "close-applications": true,
	"delist": true, "order-delisting": true, "correct": true, "drop-correction": true,
	"object-to-chair": true, "note-review": true, "stay-effect": true, "lift-stay": true, "blacklist": true, "appeal-listing": true, "decline-consequence": true,
}

// mainActions are the visitor's commands that move the case on.
func (c *casePage) mainActions() []action { return c.sorted(false) }

// sideActions are the others.
func (c *casePage) sideActions() []action { return c.sorted(true) }

func (c *casePage) sorted(aside bool) []action {
	var out []action
	for _, a := range c.actions() {
		if asides[a.Command] == aside {
			out = append(out, a)
		}
	}
	return out
}

// myTasks are the tasks on which the visitor may act now.
func (c *casePage) myTasks() []lifecycle.Task {
	var out []lifecycle.Task
	for _, t := range c.view.Head.Tasks {
		if len(c.view.OnTasks[t.ID]) > 0 {
			out = append(out, t)
		}
	}
	return out
}

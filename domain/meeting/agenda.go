package meeting

import (
	"strings"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
	"datacharter/domain/text"
)

// The inputs before a meeting.
type (
	// AgendaInput is what members are told: when and where, and on which cases. It is always given whole.
	AgendaInput struct {
		Title string    `json:"title" maxLength:"200"`
		Time  time.Time `json:"time" doc:"in business time, between today and a year from now"`
		Place string    `json:"place" maxLength:"200"`
		Items []string  `json:"items" minItems:"1" maxItems:"50" doc:"IDs of cases that wait for this decision"`
	}
	// CallInput calls a meeting.
	CallInput struct {
		Body     string `json:"body" maxLength:"100" doc:"organisation whose members decide; the caller is its secretary"`
		Decision string `json:"decision" enum:"plan,major-decision,agreement,exit"`
		AgendaInput
	}
	// ReasonInput is a command's reason in words.
	ReasonInput struct {
		Reason string `json:"reason" maxLength:"4000"`
	}
)

// OrganizationID implements lifecycle.OnBehalf.
func (in CallInput) OrganizationID() string { return in.Body }

// cases are those to look up: no more than an agenda holds.
func (in AgendaInput) cases() []string { return in.Items[:min(len(in.Items), maxItems)] }

// held is the name of the time limit that ends on the day a meeting is called for.
const held = "meeting"

func call(m *Meeting, in CallInput, env lifecycle.Env) (contents, refused) {
	body, ok := env.Facts.Organizations[in.Body]
	var f refusal.Faults
	f.Unless(ok && !body.Closed, refusal.UnknownReference.At("body"))
	refusal.Choice(&f, "decision", in.Decision, resolution.Plan, resolution.MajorDecision, resolution.Agreement, resolution.Exit)
	in.AgendaInput.check(&f, env)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	called := Convened{Body: in.Body, BodyKind: body.Kind, Decision: in.Decision, Policy: env.Facts.Cases[in.Items[0]].Head().Policy}
	items, r := agendaItems(in.Items, called, env)
	if r != nil {
		return nil, r
	}
	called.Agenda = in.agenda(items)
	return contents{called, heldOn(in.Body, in.Time, env)}, nil
}

func amendAgenda(m *Meeting, in AgendaInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	in.check(&f, env)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	items, r := agendaItems(in.Items, m.convened(), env)
	if r != nil {
		return nil, r
	}
	out := contents{AgendaAmended{Agenda: in.agenda(items)}}
	if calendar.DateOf(in.Time) != calendar.DateOf(m.Time) {
		out = append(append(out, m.EndDeadlines(held)...), heldOn(m.Body, in.Time, env))
	}
	return out, nil
}

func cancel(m *Meeting, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("reason", in.Reason, resolution.MaxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return append(contents{CalledOff{Reason: trim(in.Reason)}}, m.EndDeadlines()...), nil
}

// convened is what the meeting was called for, whatever its agenda now.
func (m *Meeting) convened() Convened {
	return Convened{Body: m.Body, BodyKind: m.BodyKind, Decision: m.Decision, Policy: m.Policy}
}

func (in AgendaInput) agenda(items []AgendaItem) Agenda {
	return Agenda{Title: trim(in.Title), Time: in.Time.UTC(), Place: trim(in.Place), Items: items}
}

const (
	maxTitle = 200
	maxItems = 50
)

func (in AgendaInput) check(f *refusal.Faults, env lifecycle.Env) {
	f.Text("title", in.Title, maxTitle)
	f.Text("place", in.Place, maxTitle)
	checkTime(f, in.Time, env.Now)
	f.Unless(len(in.Items) > 0, refusal.Required.At("items"))
	if !f.Count("items", len(in.Items), maxItems) {
		return
	}
	for i, id := range in.Items {
		_, ok := env.Facts.Cases[id]
		f.Unless(ok, refusal.UnknownReference.At(itemPath(i)))
	}
	f.Distinct(in.Items, itemPath)
}

// checkTime bounds the time of a meeting, so that a slip of the pen is noticed.
func checkTime(f *refusal.Faults, at, now time.Time) {
	if at.IsZero() {
		f.Add(refusal.Required.At("time"))
		return
	}
	today, day := calendar.DateOf(now), calendar.DateOf(at)
	f.Unless(!day.Before(today) && !day.After(today.AddMonths(12)), refusal.MeetingDay.At("time"))
}

func itemPath(i int) string { return refusal.In("items", i) }

// agendaItems takes cases that exist onto the agenda, each with the content that it wants decided now.
func agendaItems(ids []string, called Convened, env lifecycle.Env) ([]AgendaItem, refused) {
	var items []AgendaItem
	var f refusal.Faults
	for i, id := range ids {
		h := env.Facts.Cases[id].Head()
		if r := h.Separate(env.Actor, ""); r != nil {
			return nil, r
		}
		if code := unfit(h, called); code != nil {
			f.Add(code.At(itemPath(i)))
			continue
		}
		items = append(items, AgendaItem{No: i + 1, Case: id, Kind: h.Kind, Title: h.Title, ContentHash: h.Pending.ContentHash})
	}
	return items, f.Refusal()
}

// unfit says why a case cannot be decided by the meeting, or nil.
func unfit(h *lifecycle.Header, called Convened) *refusal.Code {
	switch p := h.Pending; {
	case p == nil || p.Decision != called.Decision:
		return &refusal.ItemNotPending
	case !p.MayBeDecidedBy(called.Body, called.BodyKind):
		return &refusal.ItemOtherBody
	case h.Policy != called.Policy:
		return &refusal.ItemOtherPolicy
	default:
		return nil
	}
}

// heldOn reminds the members of a meeting the working day before, and the secretary when its day has passed without it.
func heldOn(body string, at time.Time, env lifecycle.Env) lifecycle.DeadlineStarted {
	on := calendar.DateOf(at)
	limit := policy.Limit{
		Source:       policy.Source{Article: "会议通知", Mark: policy.Default},
		Span:         policy.Span{Span: calendar.CalendarDays(calendar.DateOf(env.Now).DaysUntil(on))},
		Rule:         text.Text{ZH: "会议在通知的日期召开", EN: "The meeting is held on the day it was called for"},
		RemindBefore: 1,
	}
	return env.LimitOn(held, limit, on,
		lifecycle.Recipients{Organization: body, Role: identity.Member},
		lifecycle.Recipients{Organization: body, Role: identity.Secretary})
}

func trim(s string) string { return strings.TrimSpace(s) }

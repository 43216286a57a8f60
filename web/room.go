package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
	"datacharter/domain/text"
	"datacharter/web/words"
)

// room is a meeting as those see it who sit in it, turned to one item of its agenda.
type room struct {
	*casePage
	m        *meeting.Meeting
	rules    policy.Decision
	item     *meeting.Item // the one that the page is turned to
	standing meeting.Standing
	material lifecycle.Case // of the item; nil when the visitor may not see it
	forms    []*act         // what the visitor can do on the item now, the first thing first
	roster   bool           // he keeps the roster
}

// itemCommands are given on one item; the others on the meeting.
var itemCommands = []string{"vote", "conclude", "put-question", "recuse"}

// roomTab shows the room.
func (s *server) roomTab(c *casePage) (templ.Component, error) {
	r, err := s.newRoom(c)
	if err != nil {
		return nil, err
	}
	return roomPage(r), nil
}

func (s *server) newRoom(c *casePage) (*room, error) {
	m, ok := c.view.Subject.(*meeting.Meeting)
	if !ok {
		return nil, refused{refusal.NotFoundHere.With()}
	}
	r := &room{casePage: c, m: m, roster: c.view.May("mark-absent") || c.view.May("hear")}
	r.rules, _ = resolution.Rules(c.view.Policy, m.Decision) // checked when the meeting was called
	r.item = chosenItem(m, c.Query("item"))
	if err := s.nameRoom(r); err != nil {
		return nil, err
	}
	if r.item != nil {
		r.standing, _ = m.Standing(r.item.No, r.rules)
		p := s.placeOf(r.item.Kind)
		if p == nil {
			return nil, refused{refusal.NotFoundHere.With()}
		}
		view, err := s.Case(c.ctx, c.actor, p.def, r.item.Case)
		switch {
		case err == nil && !view.Closed:
			r.material = view.Subject
		case err != nil && refusalOf(err) == nil:
			return nil, err
		}
	}
	return r, s.roomForms(r)
}

// chosenItem is the item asked for, else the first that is open, else the first.
func chosenItem(m *meeting.Meeting, asked string) *meeting.Item {
	if n, err := strconv.Atoi(asked); err == nil && n >= 1 && n <= len(m.Items) {
		return &m.Items[n-1]
	}
	for i := range m.Items {
		if m.Items[i].Resolution == nil && m.Items[i].Dropped == "" {
			return &m.Items[i]
		}
	}
	if len(m.Items) > 0 {
		return &m.Items[0]
	}
	return nil
}

func (s *server) nameRoom(r *room) error {
	people := []string{r.m.Recorder}
	for _, seat := range r.m.Roster {
		people = append(people, seat.Person)
	}
	for _, i := range r.m.Items {
		for _, recusal := range i.Recused {
			people = append(people, recusal.Person, recusal.By)
		}
		if i.Question != nil {
			people = append(people, i.Question.By)
		}
	}
	for _, signature := range r.m.Signatures {
		people = append(people, signature.Person)
	}
	found, err := s.namesOf(r.ctx, people, []string{r.m.Body})
	r.names = found
	return err
}

// roomForms prepares what the visitor can do now.
func (s *server) roomForms(r *room) error {
	for _, command := range r.view.Allowed {
		fixed := url.Values{}
		switch {
		case command == "mark-present":
			seat := r.seat(r.actor.Person)
			if seat == nil || seat.Present {
				continue // a secretary marks others in the roster
			}
			fixed.Set("person", r.actor.Person)
		case slices.Contains(itemCommands, command):
			if r.item == nil || r.m.On(r.item.No, command, r.actor.Person, r.rules) != nil {
				continue
			}
			fixed.Set("item", strconv.Itoa(r.item.No))
			if command == "recuse" && !r.chairs(r.actor.Person) {
				fixed.Set("person", r.actor.Person)
			}
		case command == "hear" && r.item != nil:
			fixed.Set("item", strconv.Itoa(r.item.No))
		case command == "mark-absent":
			continue
		}
		row, _ := r.place.def.Row(command)
		a := &act{visit: r.visit, place: r.place, view: r.view, command: command, words: row.Words, input: r.place.def.Input(command), fixed: fixed}
		if err := s.prepare(a, nil); err != nil {
			return err
		}
		r.forms = append(r.forms, a)
	}
	slices.SortStableFunc(r.forms, func(a, b *act) int { return rank(a.command) - rank(b.command) })
	return nil
}

// roomOrder is the order of what is done in a meeting: what waits for the visitor stands first, what is seldom done folded behind it.
var roomOrder = []string{"open", "mark-present", "vote", "conclude", "put-question", "sign-minutes", "recuse", "hear", "amend-agenda", "close", "cancel"}

func rank(command string) int {
	if i := slices.Index(roomOrder, command); i >= 0 {
		return i
	}
	return len(roomOrder)
}

// folded are the forms that stand closed until they are wanted.
var folded = []string{"recuse", "hear", "amend-agenda", "cancel", "recount-deadlines", "close"}

// acts names the visitor's forms, so that a page that is open learns when they have changed.
func (r *room) acts() string {
	var out []string
	for _, a := range r.forms {
		out = append(out, a.command)
	}
	return strings.Join(out, ",")
}

func (r *room) seat(person string) *meeting.Attendee {
	for i := range r.m.Roster {
		if r.m.Roster[i].Person == person {
			return &r.m.Roster[i]
		}
	}
	return nil
}

func (r *room) chairs(person string) bool {
	seat := r.seat(person)
	return seat != nil && seat.Role == identity.Chair
}

// present counts who is there now.
func (r *room) present() int {
	n := 0
	for _, seat := range r.m.Roster {
		if seat.Present {
			n++
		}
	}
	return n
}

// voteOf is a member's voice on the item, or nil.
func (r *room) voteOf(person string) *resolution.Vote {
	for i := range r.item.Votes {
		if r.item.Votes[i].Person == person {
			return &r.item.Votes[i]
		}
	}
	return nil
}

// barredWords says why a member has no voice on the item.
func (r *room) barredWords(person string) string {
	code := r.m.Barred(r.item.No, person)
	switch {
	case code == "":
		return ""
	case code == refusal.InterestDeclared.Name:
		return r.T("回避", "recused")
	}
	return (&refusal.Refusal{Code: code}).Detail(r.page.Language)
}

// itemState says where an item stands, in a word.
func itemState(i meeting.Item) (text.Text, string) {
	switch {
	case i.Resolution != nil:
		tone := map[resolution.Outcome]string{resolution.Agreed: "ok", resolution.Amended: "warn", resolution.Deferred: "warn", resolution.Refused: "bad"}[i.Resolution.Outcome]
		return words.Value(i.Resolution.Outcome), tone
	case i.Dropped != "":
		return words.Value(i.Dropped), "warn"
	case i.Question != nil:
		return text.Text{ZH: "表决中", EN: "voting"}, ""
	default:
		return text.Text{ZH: "待审议", EN: "to be heard"}, ""
	}
}

// liveRoom answers a page that is open with what has changed since the version that it shows, or with nothing.
func (s *server) liveRoom(v *visit) {
	p := s.placeOf(meeting.Kind)
	summary, err := s.Store.GetCaseSummary(v.ctx, v.actor, meeting.Kind, v.Param("id"))
	if err != nil {
		v.fail(err)
		return
	}
	if strconv.FormatInt(summary.Version, 10) == v.Query("version") {
		v.Status(http.StatusNoContent)
		return
	}
	view, err := s.Case(v.ctx, v.actor, p.def, v.Param("id"))
	if err != nil {
		v.fail(err)
		return
	}
	page, err := s.newCasePage(v, p, view)
	if err != nil {
		v.fail(err)
		return
	}
	r, err := s.newRoom(page)
	if err != nil {
		v.fail(err)
		return
	}
	v.part(livePart(r, r.acts() != v.Query("acts")))
}

// liveURL is where an open page asks for news.
func (r *room) liveURL() string {
	q := url.Values{"version": {strconv.FormatInt(r.view.Head.Version, 10)}, "acts": {r.acts()}}
	if r.item != nil {
		q.Set("item", strconv.Itoa(r.item.No))
	}
	return r.place.href(r.m.ID) + "/live?" + q.Encode()
}

// running reports whether the meeting is being held, so that there is news.
func (r *room) running() bool {
	return r.view.Head.State == meeting.Open || r.view.Head.State == meeting.Called
}

// reviewsDone counts the reviews of a case that have been finished, and the conditions attached.
func reviewsDone(c lifecycle.Case) (done, conditions int) {
	for _, t := range c.Head().Tasks {
		if t.State == lifecycle.TaskDone && t.Outcome != "" {
			done++
			conditions += len(t.Conditions)
		}
	}
	return done, conditions
}

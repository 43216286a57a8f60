package web

import (
	"errors"
	"net/http"
	"net/url"

	"datacharter/casework"
	"datacharter/domain/complaint"
	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/web/form"
	"datacharter/web/words"
)

// Addresses at which anybody complains and follows what he complained of.
const (
	complainPath = "/complaints/new"
	followPath   = "/complaints/follow"
)

// complainURL is where anybody complains of an authorisation.
func complainURL(authorization string) string {
	return complainPath + "?" + url.Values{"authorization": {authorization}}.Encode()
}

// complaining is a complaint that somebody is about to lodge, signed in or not.
func (s *server) complaining(v *visit) *act {
	p := s.placeOf(complaint.Kind)
	row, _ := p.def.Row(complaint.Lodge)
	return &act{
		visit: v, place: p, command: row.Command, words: row.Words, input: inputOf[complaint.LodgeInput](),
		shapes: form.Shapes{"about": {Kind: form.Radios}, "facts": {Kind: form.Area}},
	}
}

func (s *server) askComplaint(v *visit) {
	a := s.complaining(v)
	filled := url.Values{}
	for _, name := range []string{"about", "authorization"} {
		if value := v.Query(name); value != "" {
			filled.Set(name, value)
		}
	}
	s.showComplaining(a, filled, http.StatusOK, nil)
}

// complainedOf is the authorisation from whose public entry somebody came to complain: he sees its title and need not type its ID.
type complainedOf struct{ id, title string }

// complainedOf finds the authorisation that a form names, in the public register; nil when it names none that is there.
func (s *server) complainedOf(v *visit, id string) (*complainedOf, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // nothing is named, which is no fault
	}
	found, err := s.Store.GetRegisterEntry(v.ctx, id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil, nil //nolint:nilnil // it is typed again
	case err != nil:
		return nil, err
	}
	return &complainedOf{id: found.ID, title: found.Title}, nil
}

// showComplaining shows the form, with what is wrong with it.
func (s *server) showComplaining(a *act, filled url.Values, status int, faults []refusal.Field) {
	of, err := s.complainedOf(a.visit, filled.Get("authorization"))
	if err != nil {
		a.fail(err)
		return
	}
	if of != nil {
		a.shapes["authorization"] = form.Shape{Kind: form.Hidden}
	}
	if err := s.fillIn(a, filled); err != nil {
		a.fail(err)
		return
	}
	a.form.Blame(faults)
	a.show(status, a.page.In(a.words), complainPage(a, of))
}

// takeComplaint lodges a complaint and shows its number, once: a repeat of the same form shows the same one.
func (s *server) takeComplaint(v *visit) {
	a := s.complaining(v)
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	in, faults := form.Read(a.input, form.Clean(a.input, sent, a.shapes), a.shapes)
	if len(faults) > 0 || onlyShown(sent) {
		s.showComplaining(a, sent, statusFor(faults), faults)
		return
	}
	lodged, ok := in.(*complaint.LodgeInput)
	if !ok {
		v.refuse(refusal.BadRequest.With())
		return
	}
	number, refused, err := s.Lodge(v.ctx, *lodged, sent.Get(formKey))
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil:
		a.whole = refused.Detail(v.page.Language)
		s.showComplaining(a, sent, casework.Status(refused.Code, refused.Class()), refused.Fields)
	default:
		v.show(http.StatusOK, v.T("已收到投诉举报", "Your complaint was received"), complaintLodgedPage(v.page, number))
	}
}

func (s *server) askFollow(v *visit) {
	v.show(http.StatusOK, v.T("查询投诉举报", "Follow a complaint"), followComplaintPage(v.page))
}

// takeFollow shows where the complaint of a number stands. The number is sent in a form: it is in no address, and so in no history or log.
func (s *server) takeFollow(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	standing, err := s.Follow(v.ctx, sent.Get("number"))
	if err != nil {
		v.fail(err)
		return
	}
	v.show(http.StatusOK, v.T("投诉举报办理情况", "Where the complaint stands"), complaintStandingPage(complaintStanding{v, standing}))
}

// complaintStanding is what whoever has the number is shown.
type complaintStanding struct {
	*visit
	complaint.Standing
}

// limit names a time limit.
func (c complaintStanding) limit(l complaint.Limit) string {
	w, _ := words.Limit(l.Name)
	return c.page.In(w)
}

func (c complaintStanding) limitState(l complaint.Limit) string {
	switch l.State {
	case "passed":
		return c.T("已逾期", "missed")
	case "met":
		return c.T("已办", "met")
	default:
		return c.T("办理中", "running")
	}
}

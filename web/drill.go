package web

import (
	"net/http"
	"net/url"
	"slices"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/drill"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// drillView is the page on which an administrator of the agency runs a whole exit dry; found is nil before a ground was chosen.
type drillView struct {
	*casePage
	a      *authorization.Authorization
	ground string
	found  *drill.Drill
}

func drillURL(id string) string { return "/authorizations/" + url.PathEscape(id) + "/exit-drill" }

// showDrill runs an exit dry, and changes nothing.
func (s *server) showDrill(v *visit) {
	p := s.placeOf(authorization.Kind)
	view, err := s.Case(v.ctx, v.actor, p.def, v.Param("id"))
	if err != nil {
		v.fail(err)
		return
	}
	shown := &drillView{a: authorizationOf(view), ground: v.Query("ground")}
	if !casework.MayDrill(v.actor, shown.a) {
		v.refuse(refusal.NotEntitled.With())
		return
	}
	if shown.casePage, err = s.newCasePage(v, p, view); err != nil {
		v.fail(err)
		return
	}
	if shown.ground != "" {
		found, refused, err := s.Drill(v.ctx, v.actor, view, shown.ground)
		switch {
		case err != nil:
			v.fail(err)
			return
		case refused != nil:
			v.refuse(refused)
			return
		}
		shown.found = &found
		var organizations []string
		for _, c := range slices.Concat(found.Own, found.Cases) {
			organizations = append(organizations, c.Agency)
		}
		if err := s.alsoName(shown.casePage, nil, organizations); err != nil {
			v.fail(err)
			return
		}
	}
	v.show(http.StatusOK, v.T("退出演练", "Exit drill"), drillPage(shown))
}

// groups are the grounds by way.
func (v *drillView) groups() []groundGroup {
	var out []groundGroup
	for _, w := range policy.Ways {
		g := groundGroup{way: w.Words}
		for _, ground := range v.view.Policy.Exit.Grounds {
			if ground.Way == w.Code {
				g.grounds = append(g.grounds, ground)
			}
		}
		if g.grounds != nil {
			out = append(out, g)
		}
	}
	return out
}

// step is the title of a step of the wind-down.
func (v *drillView) step(code string) text.Text {
	for _, s := range v.view.Policy.Exit.Steps {
		if s.Code == code {
			return s.Title
		}
	}
	return both(code)
}

// moment is one day of the exit, in the shortest and in the longest course.
type moment struct {
	words           text.Text
	earliest, after calendar.Date
}

// moments are the days that matter, those that the exit has.
func (v *drillView) moments() []moment {
	a, b := v.found.Shortest, v.found.Longest
	if a == nil || b == nil {
		return nil
	}
	var out []moment
	for _, m := range []moment{
		{text.Text{ZH: "启动", EN: "opened"}, a.Opened, b.Opened},
		{text.Text{ZH: "作出决定", EN: "decided"}, a.Decided, b.Decided},
		{text.Text{ZH: "送达生效", EN: "served, takes effect"}, a.Effective, b.Effective},
		{text.Text{ZH: "不可恢复点", EN: "point of no return"}, a.NoReturn, b.NoReturn},
		{text.Text{ZH: "清退完毕，授权终止", EN: "wound down, authorisation closed"}, a.WoundDown, b.WoundDown},
	} {
		if !m.earliest.IsZero() {
			out = append(out, m)
		}
	}
	return out
}

// caseWords names the kind of a case, and its state.
func (v *drillView) caseWords(c drill.OtherCase) string {
	p := v.server.placeOf(c.Kind)
	return v.page.In(p.def.Table().Words) + " · " + v.page.In(p.def.State(c.State).Words)
}

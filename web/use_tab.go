package web

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/use"
	"datacharter/store"
	"datacharter/web/ui"
)

// useLedger is the use ledger of an authorisation as its tab shows it.
type useLedger struct {
	*casePage
	a         *authorization.Authorization
	per       agreement.Period
	totals    []use.Total
	batches   []use.Received
	beyond    []store.RecordedUse
	refused   []store.RefusedUse
	platforms []reportingPlatform
	takers    bool // the visitor is told who takes products
	keeper    bool // he may register and revoke platforms
	titles    map[string]string
}

// reportingPlatform is a platform with the running numbers that it left out.
type reportingPlatform struct {
	use.Platform
	gaps []use.Gap
}

// ledgered reports whether there can be a use ledger: the agreement has been filed.
func ledgered(v *casework.View) bool { return authorizationOf(v).Filing != nil }

// How much the tab shows; the API has the rest.
const (
	shownUses    = 10
	shownPeriods = 12
)

// useTab shows what platforms reported under an authorisation: what it comes to, what lies beyond the scope, the latest batches, and the platforms.
func (s *server) useTab(c *casePage) (templ.Component, error) {
	v := useLedger{casePage: c, a: authorizationOf(c.view), per: agreement.PerMonth}
	if per := agreement.Period(c.Query("per")); per == agreement.PerDay || per == agreement.PerYear {
		v.per = per
	}
	v.takers = use.SeesTakers(c.actor, v.a.Applicant, v.a.Agency)
	v.keeper = len(c.actor.Capacities(use.Keepers(v.a.Applicant))) > 0
	if err := s.readLedger(&v); err != nil {
		return nil, err
	}
	var people, resources []string
	for _, p := range v.platforms {
		people = append(people, p.By.Person)
		if p.Revoked != nil {
			people = append(people, p.Revoked.By.Person)
		}
	}
	for _, e := range v.beyond {
		resources = append(resources, e.Resources...)
	}
	for _, e := range v.refused {
		resources = append(resources, e.Use.Resources...)
	}
	var err error
	if v.titles, err = s.Store.ResourceTitles(c.ctx, unique(resources)); err != nil {
		return nil, err
	}
	if err := s.alsoName(c, people, []string{v.a.Applicant}); err != nil {
		return nil, err
	}
	return usePage(v), nil
}

func (s *server) readLedger(v *useLedger) error {
	var err error
	if v.totals, err = s.Store.UseTotals(v.ctx, v.a.ID, v.per, shownPeriods); err != nil {
		return err
	}
	f := store.UseFilter{Authorization: v.a.ID, Limit: shownUses}
	batches, err := s.Store.ListUseBatches(v.ctx, f)
	if err != nil {
		return err
	}
	refused, err := s.Store.ListUseRefusals(v.ctx, v.a.ID, "", shownUses)
	if err != nil {
		return err
	}
	f.Beyond = true
	beyond, err := s.Store.ListUses(v.ctx, f)
	if err != nil {
		return err
	}
	v.batches, v.beyond, v.refused = batches.Items, beyond.Items, refused.Items
	platforms, err := s.Store.UsePlatforms(v.ctx, v.a.ID)
	if err != nil {
		return err
	}
	for _, p := range platforms {
		gaps, err := s.Store.UseGaps(v.ctx, p.ID)
		if err != nil {
			return err
		}
		v.platforms = append(v.platforms, reportingPlatform{p, gaps})
	}
	return nil
}

// periodLinks lead to the totals by day, month and year.
func (v useLedger) periodLinks() []ui.Link {
	var out []ui.Link
	for _, each := range []struct {
		per   agreement.Period
		words string
	}{{agreement.PerDay, v.T("按日", "By day")}, {agreement.PerMonth, v.T("按月", "By month")}, {agreement.PerYear, v.T("按年", "By year")}} {
		out = append(out, ui.Link{URL: v.partURL("use") + "&per=" + string(each.per), Words: each.words, Current: each.per == v.per})
	}
	return out
}

// chart draws how many events there were in each period; what lies beyond the scope is the paler end of a bar.
func (v useLedger) chart() ui.Chart {
	c := ui.Chart{ID: "use-chart", Title: v.T("各期使用事件", "Events by period"), Description: v.T("实心条：授权范围内；浅色条：超出范围。", "Solid bar: within the scope; pale bar: beyond it.")}
	for i, t := range v.totals {
		if i == 0 || v.totals[i-1].Period != t.Period {
			c.Bars = append(c.Bars, ui.Bar{Label: t.Period})
		}
		b := &c.Bars[len(c.Bars)-1]
		b.Value += t.Events
		b.Reach += t.Events + t.Beyond
	}
	for i := range c.Bars {
		b := &c.Bars[i]
		b.Label += v.T("：", ": ") + strconv.FormatInt(b.Value, 10)
		if beyond := b.Reach - b.Value; beyond > 0 {
			b.Label += v.T("，超出 ", ", beyond ") + strconv.FormatInt(beyond, 10)
		}
	}
	return c
}

// product names what a total or event is of.
func (v useLedger) product(name string) string {
	if name == "" {
		return v.T("不涉及产品", "no product")
	}
	return name
}

// reason says why a use lies beyond the scope.
func (v useLedger) reason(r use.Reason) string {
	words := v.page.In(r.Code.Info().Words)
	of := r.Of
	if title := v.titles[of]; title != "" {
		of = title
	}
	if of == "" {
		return words
	}
	return words + v.T("：", ": ") + of
}

// taker names who takes a product, to whom that is told.
func (v useLedger) taker(t *use.Taker) string {
	switch {
	case t == nil:
		return v.T("无", "none")
	case !v.takers:
		return v.T("不向您显示", "not shown to you")
	case t.Code != "":
		return t.Name + " " + t.Code
	default:
		return t.Name
	}
}

// gap writes a run of running numbers.
func gap(g use.Gap) string {
	if g.From == g.To {
		return strconv.FormatInt(g.From, 10)
	}
	return strconv.FormatInt(g.From, 10) + "–" + strconv.FormatInt(g.To, 10)
}

func count(n int64) string { return strconv.FormatInt(n, 10) }

// name is that of a platform.
func (v useLedger) name(id string) string {
	for _, p := range v.platforms {
		if p.ID == id {
			return p.Name
		}
	}
	return id
}

func registerPlatformURL(authorization string) string {
	return "/authorizations/" + url.PathEscape(authorization) + "/platforms/new"
}

func revokePlatformURL(p use.Platform) string {
	return "/platforms/" + url.PathEscape(p.ID) + "/revoke"
}

// platformKeepers look after the platforms of their operator.
var platformKeepers = only(identity.Applicant, identity.OperatorSignatory)

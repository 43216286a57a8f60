package api

import (
	"errors"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
)

// rights says who may call a route: anybody at all, or whoever is one of the parties. Of a command on a case the state table decides,
// in the same transaction as the command: there the parties only repeat what the table says, and register sees to it that they do.
type rights []lifecycle.Party

var public rights // without a token

func only(parties ...lifecycle.Party) rights { return parties }

// The parties of the routes.
var (
	anyone        = lifecycle.Party{Where: lifecycle.Anywhere}
	administrator = lifecycle.In(lifecycle.Anywhere, identity.Administrator)
	tasked        = lifecycle.Party{Where: lifecycle.OfTask}

	applicant     = lifecycle.In(lifecycle.OfApplicant, identity.Applicant)
	operatorSigns = lifecycle.In(lifecycle.OfApplicant, identity.OperatorSignatory)
	reporter      = lifecycle.In(lifecycle.OfApplicant, identity.UseReporter)
	officer       = lifecycle.In(lifecycle.OfAgency, identity.CaseOfficer)
	financier     = lifecycle.In(lifecycle.OfAgency, identity.FinanceReviewer)
	agencySigns   = lifecycle.In(lifecycle.OfAgency, identity.AgencySignatory)
	legalReviewer = lifecycle.In(lifecycle.OfAgency, identity.LegalReviewer)
	exitDecider   = lifecycle.In(lifecycle.OfAgency, identity.ExitDecider)
	agencyAdmin   = lifecycle.In(lifecycle.OfAgency, identity.Administrator)
	bodyAdmin     = lifecycle.In(lifecycle.OfBody, identity.Administrator)
	secretary     = lifecycle.In(lifecycle.OfBody, identity.Secretary)
	chair         = lifecycle.In(lifecycle.OfBody, identity.Chair)
	registrant    = lifecycle.In(lifecycle.OfApplicant, identity.Registrant)
	agent         = lifecycle.In(lifecycle.OfAgent, identity.Registrant)
	joint         = lifecycle.In(lifecycle.OfJoint, identity.Registrant)
	registrar     = lifecycle.In(lifecycle.OfRegistry, identity.Registrar)
	auditor       = lifecycle.In(lifecycle.Anywhere, identity.Auditor)
	member        = lifecycle.In(lifecycle.OfBody, identity.Member)
	planner       = lifecycle.In(lifecycle.OfAgency, identity.Planner)
)

// words names those who may, for the reference.
func (r rights) words() text.Text {
	if r == nil {
		return text.Text{ZH: "任何人，无需令牌", EN: "anybody, without a token"}
	}
	zh, en := make([]string, len(r)), make([]string, len(r))
	for i, p := range r {
		w := partyWords(p)
		zh[i], en[i] = w.ZH, w.EN
	}
	return text.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

func partyWords(p lifecycle.Party) text.Text {
	if p.Where == lifecycle.Anywhere && p.Role == "" {
		return text.Text{ZH: "任何持有令牌的人员", EN: "anybody with a token"}
	}
	return p.Words()
}

// permits reports whether an actor holds one of the roles, wherever.
func (r rights) permits(actor identity.Actor) bool {
	return slices.ContainsFunc(r, func(p lifecycle.Party) bool { return p.Role == "" || actor.Has(p.Role) })
}

// admit lets a request to a route pass when its token holds and, unless a state table decides, when the actor is one of those entitled.
func (s *server) admit(may rights, byTable bool) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		c := humagin.Unwrap(ctx)
		if !s.authenticate(c) {
			return
		}
		if !byTable && !may.permits(callOf(ctx.Context()).actor) {
			writeProblem(c, refusal.NotEntitled.With())
			return
		}
		next(ctx)
	}
}

// authenticate finds who calls by the bearer token, and answers when nobody does.
func (s *server) authenticate(c *gin.Context) bool {
	scheme, secret, _ := strings.Cut(c.GetHeader("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		c.Header("WWW-Authenticate", `Bearer realm="datacharter"`)
		writeProblem(c, refusal.Unauthenticated.With())
		return false
	}
	call := callOf(c.Request.Context())
	actor, _, err := s.Store.Authenticate(c.Request.Context(), strings.TrimSpace(secret))
	switch {
	case errors.Is(err, store.ErrNotFound):
		c.Header("WWW-Authenticate", `Bearer realm="datacharter", error="invalid_token"`)
		writeProblem(c, refusal.Unauthenticated.With())
		return false
	case err != nil:
		call.fault = err
		writeProblem(c, refusal.InternalError.With())
		return false
	}
	call.actor = actor
	return true
}

// among are those of the rights that a row has too.
func (r rights) among(row []lifecycle.Party) rights {
	var out rights
	for _, p := range r {
		if slices.Contains(row, p) {
			out = append(out, p)
		}
	}
	return out
}

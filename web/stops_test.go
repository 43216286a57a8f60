package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/domain/concern"
	"datacharter/domain/disclosure"
	"datacharter/domain/exit"
	"datacharter/domain/finance"
	"datacharter/domain/finding"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/plan"
	"datacharter/domain/product"
	"datacharter/domain/register"
	"datacharter/domain/registration"
	"datacharter/internal/town"
	"datacharter/store"
)

// stop is one route of the pages: who may come there, and what is there to see. Every route has a line in stops; tests go by them.
type stop struct {
	route  string              // method and path as they are registered
	may    rights              // that the route must ask for
	calls  func(*world) []call // at which the walk over every page looks, and with whom the tests of rights try; not nil, and not empty
	status int                 // of the answer; 200 when 0
	piece  bool                // what is there is no page: a file, a feed, a part of a page
}

// call is an address with who looks at it.
type call struct{ person, path string } // nobody when empty

// by is addresses that exist without more ado.
func by(person string, paths ...string) func(*world) []call {
	return func(*world) []call {
		var out []call
		for _, p := range paths {
			out = append(out, call{person, p})
		}
		return out
	}
}

// raisingForm is where a finding is raised, on an authorisation and with none named.
func raisingForm(w *world) []call {
	id := w.AuthorizationIn(authorization.Operating)
	return []call{{town.Officer, "/findings/new"}, {town.Auditor, "/findings/new?authorization=" + id}}
}

// complaining is where anybody complains: of an authorisation, or of something else.
func complaining(w *world) []call {
	id := w.AuthorizationIn(authorization.Operating)
	return []call{{"", "/complaints/new"}, {"", "/complaints/new?authorization=" + id}, {town.Reader, "/complaints/new"}}
}

var stops = []stop{
	{route: "GET /assets/:file", may: public, calls: stylesheet, piece: true},

	// Everybody.

	{route: "GET /", may: public, calls: everybody("/")},
	{route: "POST /language", may: public, calls: by("", "/language")},
	{route: "GET /sign-in", may: public, calls: by("", "/sign-in")},
	{route: "POST /sign-in", may: entering, calls: by("", "/sign-in")},
	{route: "GET /sign-in/code", may: public, calls: by("", "/sign-in/code")},
	{route: "POST /sign-in/code", may: entering, calls: by("", "/sign-in/code")},
	{route: "GET /sign-in/password", may: public, calls: by("", "/sign-in/password")},
	{route: "POST /sign-in/password", may: entering, calls: by("", "/sign-in/password")},
	{route: "POST /sign-in/oidc", may: entering, calls: by("", "/sign-in/oidc")},
	{route: "GET /sign-in/oidc/callback", may: entering, calls: by("", callbackPath), status: http.StatusNotFound}, // without a provider
	{route: "GET /sign-in/back", may: signedIn, calls: by(town.Officer, "/sign-in/back")},
	{route: "POST /sign-out", may: public, calls: by("", "/sign-out")},
	{route: "GET /step-up", may: signedIn, calls: own("/step-up")},
	{route: "POST /step-up", may: signedIn.guessing(), calls: own("/step-up")},
	{route: "GET /profile", may: signedIn, calls: own("/profile")},
	{route: "POST /profile", may: signedIn, calls: own("/profile")},
	{route: "GET /profile/access", may: signedIn, calls: own("/profile/access")},
	{route: "POST /profile/sessions/end-others", may: signedIn, calls: own("/profile/sessions/end-others")},
	{route: "POST /profile/sessions/:id/end", may: signedIn, calls: own("/profile/sessions/none/end")},
	{route: "GET /profile/password", may: signedIn.anew(), calls: own("/profile/password")},
	{route: "POST /profile/password", may: signedIn.anew().guessing(), calls: own("/profile/password")},
	{route: "GET /profile/code", may: signedIn.anew(), calls: withCode("/profile/code")},
	{route: "POST /profile/code", may: signedIn.anew().guessing(), calls: own("/profile/code")},
	{route: "GET /profile/code.png", may: signedIn.anew(), calls: withCode("/profile/code.png"), piece: true},
	{route: "GET /profile/tokens", may: signedIn, calls: own("/profile/tokens")},
	{route: "POST /profile/tokens", may: signedIn.anew(), calls: own("/profile/tokens")},
	{route: "POST /profile/tokens/:id/revoke", may: signedIn, calls: own("/profile/tokens/none/revoke")},

	// Cases, and the commands on them and on their tasks.

	{route: "GET /authorizations/:id", may: signedIn, calls: each(tabsIn(authorization.Kind, town.Officer, authorization.Submitted, authorization.Operating, authorization.Closed), useTabs)},
	{route: "GET /authorizations/:id/do/:command", may: signedIn, calls: commandsOn(authorization.Kind)},
	{route: "POST /authorizations/:id/do/:command", may: signedIn, calls: commandsOn(authorization.Kind)},
	{route: "POST /authorizations/:id/follow", may: signedIn, calls: of(authorization.Kind, authorization.Submitted, town.Officer, "/authorizations/:id/follow")},
	{route: "POST /authorizations/:id/unfollow", may: signedIn, calls: of(authorization.Kind, authorization.Submitted, town.Officer, "/authorizations/:id/unfollow")},
	{route: "GET /meetings/:id", may: signedIn, calls: each(tabsIn(meeting.Kind, town.Secretary, meeting.Called, meeting.Open, meeting.Signed), voting)},
	{route: "GET /meetings/:id/do/:command", may: signedIn, calls: each(commandsOn(meeting.Kind), ballot)},
	{route: "POST /meetings/:id/do/:command", may: signedIn, calls: commandsOn(meeting.Kind)},
	{route: "POST /meetings/:id/follow", may: signedIn, calls: of(meeting.Kind, meeting.Called, town.Secretary, "/meetings/:id/follow")},
	{route: "POST /meetings/:id/unfollow", may: signedIn, calls: of(meeting.Kind, meeting.Called, town.Secretary, "/meetings/:id/unfollow")},
	{route: "GET /exits/:id", may: signedIn, calls: tabsIn(exit.Kind, town.Officer, exit.Curing, exit.Hearing, exit.InHearing, exit.Resolving, exit.WindingDown, exit.Surviving, exit.Closed)},
	{route: "GET /exits/:id/do/:command", may: signedIn, calls: commandsOn(exit.Kind)},
	{route: "POST /exits/:id/do/:command", may: signedIn, calls: commandsOn(exit.Kind)},
	{route: "POST /exits/:id/follow", may: signedIn, calls: of(exit.Kind, exit.Hearing, town.Officer, "/exits/:id/follow")},
	{route: "POST /exits/:id/unfollow", may: signedIn, calls: of(exit.Kind, exit.Hearing, town.Officer, "/exits/:id/unfollow")},
	{route: "GET /registrations/:id", may: signedIn, calls: tabsIn(registration.Kind, town.Registrant, registration.Returned, registration.Registered, registration.Revoked)},
	{route: "GET /registrations/:id/do/:command", may: signedIn, calls: commandsOn(registration.Kind)},
	{route: "POST /registrations/:id/do/:command", may: signedIn, calls: commandsOn(registration.Kind)},
	{route: "POST /registrations/:id/follow", may: signedIn, calls: of(registration.Kind, registration.Submitted, town.Registrant, "/registrations/:id/follow")},
	{route: "POST /registrations/:id/unfollow", may: signedIn, calls: of(registration.Kind, registration.Submitted, town.Registrant, "/registrations/:id/unfollow")},
	{route: "GET /plans/:id", may: signedIn, calls: tabsIn(plan.Kind, town.Planner, plan.Draft, plan.Reviewing, plan.Published, plan.Ended)},
	{route: "GET /plans/:id/do/:command", may: signedIn, calls: commandsOn(plan.Kind)},
	{route: "POST /plans/:id/do/:command", may: signedIn, calls: commandsOn(plan.Kind)},
	{route: "POST /plans/:id/follow", may: signedIn, calls: of(plan.Kind, plan.Reviewing, town.Planner, "/plans/:id/follow")},
	{route: "POST /plans/:id/unfollow", may: signedIn, calls: of(plan.Kind, plan.Reviewing, town.Planner, "/plans/:id/unfollow")},
	{route: "GET /authorizations/:id/agreement/:version", may: signedIn, calls: of(authorization.Kind, authorization.Operating, town.Officer, "/authorizations/:id/agreement/1")},
	{route: "GET /disclosures/:id", may: signedIn, calls: tabsIn(disclosure.Kind, town.Officer, disclosure.Running, disclosure.Due, disclosure.Drafting, disclosure.Published, disclosure.Withdrawn)},
	{route: "GET /disclosures/:id/do/:command", may: signedIn, calls: commandsOn(disclosure.Kind)},
	{route: "POST /disclosures/:id/do/:command", may: signedIn, calls: commandsOn(disclosure.Kind)},
	{route: "POST /disclosures/:id/follow", may: signedIn, calls: of(disclosure.Kind, disclosure.Due, town.Officer, "/disclosures/:id/follow")},
	{route: "POST /disclosures/:id/unfollow", may: signedIn, calls: of(disclosure.Kind, disclosure.Due, town.Officer, "/disclosures/:id/unfollow")},
	{route: "GET /products/:id", may: signedIn, calls: tabsIn(product.Kind, town.Applicant, product.Draft, product.Reviewing, product.OnTrial, product.ToBeListed, product.Revising, product.Delisted)},
	{route: "GET /products/:id/do/:command", may: signedIn, calls: commandsOn(product.Kind)},
	{route: "POST /products/:id/do/:command", may: signedIn, calls: commandsOn(product.Kind)},
	{route: "POST /products/:id/follow", may: signedIn, calls: of(product.Kind, product.Reviewing, town.Officer, "/products/:id/follow")},
	{route: "POST /products/:id/unfollow", may: signedIn, calls: of(product.Kind, product.Reviewing, town.Officer, "/products/:id/unfollow")},
	{route: "GET /findings/:id", may: signedIn, calls: tabsIn(finding.Kind, town.Officer, finding.Raised, finding.Rectifying, finding.Suspended, finding.Dismissed, finding.Exited, finding.Ended)},
	{route: "GET /findings/:id/do/:command", may: signedIn, calls: commandsOn(finding.Kind)},
	{route: "POST /findings/:id/do/:command", may: signedIn, calls: commandsOn(finding.Kind)},
	{route: "POST /findings/:id/follow", may: signedIn, calls: of(finding.Kind, finding.Raised, town.Officer, "/findings/:id/follow")},
	{route: "POST /findings/:id/unfollow", may: signedIn, calls: of(finding.Kind, finding.Raised, town.Officer, "/findings/:id/unfollow")},
	{route: "GET /finances/:id", may: signedIn, calls: tabsIn(finance.Kind, town.Officer, finance.Trial, finance.Fixing, finance.Ruled, finance.Final, finance.Closed)},
	{route: "GET /finances/:id/do/:command", may: signedIn, calls: commandsOn(finance.Kind)},
	{route: "POST /finances/:id/do/:command", may: signedIn, calls: commandsOn(finance.Kind)},
	{route: "POST /finances/:id/follow", may: signedIn, calls: of(finance.Kind, finance.Ruled, town.Officer, "/finances/:id/follow")},
	{route: "POST /finances/:id/unfollow", may: signedIn, calls: of(finance.Kind, finance.Ruled, town.Officer, "/finances/:id/unfollow")},
	{route: "GET /finances/:id/book/:form", may: signedIn, calls: of(finance.Kind, finance.Ruled, town.Officer, "/finances/:id/book/csv", "/finances/:id/book/xlsx"), piece: true},
	{route: "GET /complaints/:id", may: signedIn, calls: each(tabsIn(complaint.Kind, town.Officer, complaint.Received, complaint.Accepted, complaint.Refused, complaint.Answered), of(complaint.Kind, complaint.Accepted, town.Auditor, "/complaints/:id"))},
	{route: "GET /complaints/:id/do/:command", may: signedIn, calls: commandsOn(complaint.Kind)},
	{route: "POST /complaints/:id/do/:command", may: signedIn, calls: commandsOn(complaint.Kind)},
	{route: "POST /complaints/:id/follow", may: signedIn, calls: of(complaint.Kind, complaint.Received, town.Officer, "/complaints/:id/follow")},
	{route: "POST /complaints/:id/unfollow", may: signedIn, calls: of(complaint.Kind, complaint.Received, town.Officer, "/complaints/:id/unfollow")},
	{route: "GET /complaints/new", may: public, calls: complaining},
	{route: "POST /complaints/new", may: entering, calls: by("", "/complaints/new")},
	{route: "GET /complaints/follow", may: public, calls: by("", "/complaints/follow")},
	{route: "POST /complaints/follow", may: entering, calls: by("", "/complaints/follow")},
	{route: "GET /findings/new", may: only(findingRaisers...), calls: raisingForm},
	{route: "POST /findings/new", may: only(findingRaisers...), calls: by(town.Officer, "/findings/new")},
	{route: "GET /tasks/:id", may: signedIn, calls: each(tasks, planReviews)},
	{route: "GET /tasks/:id/:command", may: signedIn, calls: commandsOnTasks},
	{route: "POST /tasks/:id/:command", may: signedIn, calls: commandsOnTasks},
	{route: "GET /commands/:id", may: signedIn, calls: commandUnderWay},
	{route: "GET /attachments/:digest", may: signedIn, calls: attachment, piece: true},

	// The catalogue.

	{route: "GET /resources", may: signedIn, calls: by(town.Applicant, "/resources", "/resources?text=nothing")},
	{route: "GET /resources/export/:form", may: signedIn, calls: by(town.Auditor, "/resources/export/csv", "/resources/export/xlsx", "/resources/export/jsonld"), piece: true},
	{route: "GET /resources/:id", may: signedIn, calls: each(by(town.Applicant, "/resources/"+town.Resource), gradedTwice, heldResource, faultyResource)},
	{route: "POST /resources/:id/put", may: only(identity.Applicant), calls: by(town.Applicant, "/resources/"+town.Resource+"/put")},
	{route: "GET /resources/:id/versions", may: signedIn, calls: each(versionsOf)},
	{route: "GET /resources/:id/held", may: only(identity.Registrant, identity.Registrar), calls: each(heldDecision)},
	{route: "POST /resources/:id/held", may: only(identity.Registrant, identity.Registrar), calls: each(heldDecision)},
	{route: "GET /resources/:id/grading", may: only(grading.Roles()...), calls: each(by(supplier, formAt), gradedAgain)},
	{route: "POST /resources/:id/grading", may: only(grading.Roles()...), calls: by(supplier, formAt)},

	// What people say about resources: quality reports and data demands.

	{route: "GET /resources/:id/report", may: signedIn, calls: by(town.Reader, reportAt)},
	{route: "POST /resources/:id/report", may: signedIn, calls: by(town.Reader, reportAt)},
	{route: "GET /quality-reports", may: signedIn, calls: each(by(town.Auditor, reportsPath+"?state=mended"), someReports(""))},
	{route: "GET /quality-reports/:id", may: signedIn, calls: someReports("/:id")},
	{route: "POST /quality-reports/:id/answer", may: only(concern.Roles()...), calls: someReports("/:id/answer")},
	{route: "POST /quality-reports/:id/withdraw", may: signedIn, calls: someReports("/:id/withdraw")},
	{route: "GET /demands", may: signedIn, calls: each(by(town.Auditor, demandsPath+"?state=withdrawn"), someDemands(""))},
	{route: "GET /demands/new", may: signedIn, calls: by(town.Reader, demandsPath+"/new?resource="+town.Resource)},
	{route: "POST /demands/new", may: signedIn, calls: by(town.Reader, demandsPath+"/new")},
	{route: "GET /demands/:id", may: signedIn, calls: someDemands("/:id")},
	{route: "POST /demands/:id/answer", may: only(concern.Roles()...), calls: someDemands("/:id/answer")},
	{route: "POST /demands/:id/support", may: signedIn, calls: someDemands("/:id/support")},
	{route: "POST /demands/:id/withdraw", may: signedIn, calls: someDemands("/:id/withdraw")},

	// Applying: an application in steps.

	{route: "GET /authorizations/:id/platforms/new", may: platformKeepers.anew(), calls: of(authorization.Kind, authorization.Operating, town.Applicant, "/authorizations/:id/platforms/new")},
	{route: "POST /authorizations/:id/platforms/new", may: platformKeepers.anew(), calls: of(authorization.Kind, authorization.Operating, town.Applicant, "/authorizations/:id/platforms/new")},
	{route: "GET /platforms/:id/revoke", may: platformKeepers.anew(), calls: revoking},
	{route: "POST /platforms/:id/revoke", may: platformKeepers.anew(), calls: revoking},
	{route: "GET /use-guide", may: signedIn, calls: by(town.Reporter, "/use-guide")},
	{route: "GET /authorizations/new", may: only(identity.Applicant), calls: each(by(town.Applicant, "/authorizations/new"), of(plan.Kind, plan.Published, town.Applicant, "/authorizations/new?plan=:id"))},
	{route: "POST /authorizations/new", may: only(identity.Applicant), calls: by(town.Applicant, "/authorizations/new")},
	{route: "GET /authorizations/:id/apply/:step", may: only(identity.Applicant), calls: steps},
	{route: "POST /authorizations/:id/apply/:step", may: only(identity.Applicant), calls: steps},
	{route: "POST /attachments", may: signedIn, calls: by(town.Applicant, "/attachments")},

	// Registration.

	{route: "GET /registrations/new", may: only(identity.Registrant), calls: by(town.Registrant, "/registrations/new")},
	{route: "POST /registrations/new", may: only(identity.Registrant), calls: by(town.Registrant, "/registrations/new")},
	{route: "GET /registrations/:id/outside/:command", may: signedIn, calls: of(registration.Kind, registration.Noticed, town.OtherApplicant, "/registrations/:id/outside/object")},
	{route: "POST /registrations/:id/outside/:command", may: signedIn, calls: of(registration.Kind, registration.Registered, town.OtherApplicant, "/registrations/:id/outside/request-correction")},

	// Plans.

	{route: "GET /products/new", may: only(identity.Applicant), calls: each(by(town.Applicant, "/products/new"), of(authorization.Kind, authorization.Operating, town.Applicant, "/products/new?authorization=:id&product="+url.QueryEscape(town.ProductName)))},
	{route: "POST /products/new", may: only(identity.Applicant), calls: by(town.Applicant, "/products/new")},
	{route: "GET /plans/new", may: only(identity.Planner), calls: by(town.Planner, "/plans/new", "/plans/new?resource="+town.Resource)},
	{route: "POST /plans/new", may: only(identity.Planner), calls: by(town.Planner, "/plans/new")},
	{route: "GET /plans/:id/outside/:command", may: signedIn, calls: of(plan.Kind, plan.Reviewing, town.OtherApplicant, "/plans/:id/outside/comment")},
	{route: "POST /plans/:id/outside/:command", may: signedIn, calls: of(plan.Kind, plan.Reviewing, town.OtherApplicant, "/plans/:id/outside/comment")},

	// Lists of cases, and search.

	{route: "GET /cases", may: signedIn, calls: by(town.Auditor, "/cases", "/cases?text=nothing")},
	{route: "GET /cases/export/:form", may: signedIn, calls: by(town.Auditor, "/cases/export/csv", "/cases/export/xlsx"), piece: true},
	{route: "GET /search", may: signedIn, calls: by(town.Officer, "/search", "/search?q=%E6%B0%94%E8%B1%A1", "/search?q=nothing")},

	// Home, inbox, notices.

	{route: "GET /inbox", may: signedIn, calls: by(town.BusinessReviewer, "/inbox", "/inbox?tab=mine", "/inbox?tab=done")},
	{route: "GET /inbox/results", may: signedIn, calls: severalDone},
	{route: "GET /inbox/decide", may: signedIn, calls: severalReviews},
	{route: "POST /inbox/decide", may: signedIn, calls: by(town.BusinessReviewer, "/inbox/decide")},
	{route: "POST /inbox/several", may: signedIn, calls: by(town.BusinessReviewer, "/inbox/several")},
	{route: "POST /inbox/next", may: signedIn, calls: by(town.BusinessReviewer, "/inbox/next")},
	{route: "POST /inbox/views", may: signedIn, calls: by(town.BusinessReviewer, "/inbox/views")},
	{route: "POST /inbox/views/delete", may: signedIn, calls: by(town.BusinessReviewer, "/inbox/views/delete")},
	{route: "GET /notices", may: signedIn, calls: by(town.Applicant, "/notices")},
	{route: "POST /notices/read", may: signedIn, calls: by(town.Applicant, "/notices/read")},

	// Meetings.

	{route: "GET /meetings", may: only(sitters...), calls: by(town.Secretary, "/meetings")},
	{route: "GET /meetings/new", may: only(identity.Secretary), calls: by(town.Secretary, "/meetings/new")},
	{route: "POST /meetings/new", may: only(identity.Secretary), calls: by(town.Secretary, "/meetings/new")},
	{route: "GET /meetings/:id/live", may: signedIn, calls: of(meeting.Kind, meeting.Open, town.Chair, "/meetings/:id/live?version=1"), piece: true},
	{route: "GET /authorizations/:id/exit-drill", may: only(identity.Administrator), calls: each(of(authorization.Kind, authorization.Operating, town.Administrator, "/authorizations/:id/exit-drill"),
		of(authorization.Kind, authorization.Operating, town.Administrator, "/authorizations/:id/exit-drill?ground=breach"))},
	{route: "GET /exits/:id/decision", may: signedIn, calls: of(exit.Kind, exit.WindingDown, town.Officer, "/exits/:id/decision")},
	{route: "GET /meetings/:id/minutes", may: signedIn, calls: of(meeting.Kind, meeting.Signed, town.Secretary, "/meetings/:id/minutes")},
	{route: "GET /resolutions/:meeting/:item", may: signedIn, calls: of(meeting.Kind, meeting.Signed, town.Secretary, "/resolutions/:id/1")},

	// Administration and rules.

	{route: "GET /admin/people/:id/account", may: administrators, calls: by(town.Administrator, "/admin/people/"+town.Officer+"/account")},
	{route: "POST /admin/people/:id/password", may: administrators.anew(), calls: by(town.Administrator, "/admin/people/"+town.Officer+"/password")},
	{route: "POST /admin/people/:id/drop-code", may: administrators.anew(), calls: by(town.Administrator, "/admin/people/"+town.Officer+"/drop-code")},
	{route: "POST /admin/people/:id/end-sessions", may: administrators.anew(), calls: by(town.Administrator, "/admin/people/"+town.Reader+"/end-sessions")},

	{route: "GET /admin", may: administrators, calls: by(town.Administrator, "/admin")},
	{route: "GET /admin/people", may: administrators, calls: by(town.Administrator, "/admin/people")},
	{route: "POST /admin/people", may: administrators, calls: by(town.Administrator, "/admin/people")},
	{route: "GET /admin/people/:id", may: administrators, calls: by(town.Administrator, "/admin/people/"+town.Officer, "/admin/people/"+town.Officer+"?role=member")},
	{route: "POST /admin/people/:id/grant", may: administrators, calls: by(town.Administrator, "/admin/people/"+town.Officer+"/grant")},
	{route: "POST /admin/people/:id/revoke", may: administrators, calls: by(town.Administrator, "/admin/people/"+town.Officer+"/revoke")},
	{route: "GET /admin/organizations", may: administrators, calls: by(town.Administrator, "/admin/organizations", "/admin/organizations?kind=operator")},
	{route: "POST /admin/organizations", may: administrators, calls: by(town.Administrator, "/admin/organizations")},
	{route: "GET /admin/calendars", may: administrators, calls: by(town.Administrator, "/admin/calendars")},
	{route: "POST /admin/calendars", may: administrators, calls: by(town.Administrator, "/admin/calendars")},
	{route: "POST /admin/calendars/preview", may: administrators, calls: by(town.Administrator, "/admin/calendars/preview")},
	{route: "GET /admin/calendars/recount", may: administrators, calls: by(town.Administrator, "/admin/calendars/recount")},
	{route: "POST /admin/calendars/recount", may: administrators, calls: by(town.Administrator, "/admin/calendars/recount")},
	{route: "GET /admin/disagreements", may: administrators, calls: by(town.Administrator, "/admin/disagreements", "/admin/disagreements?open=false")},
	{route: "POST /admin/disagreements/:id/repair", may: administrators, calls: of(authorization.Kind, authorization.Submitted, town.Administrator, "/admin/disagreements/:id/repair")},
	{route: "GET /policies", may: signedIn, calls: by(town.Reader, "/policies")},
	{route: "GET /policies/:ref", may: signedIn, calls: by(town.Reader, "/policies/national")},

	// Supervision.

	{route: "GET /supervision", may: only(seers...), calls: supervising("/supervision")},
	{route: "GET /supervision/tasks", may: only(seers...), calls: supervising("/supervision/tasks")},
	{route: "GET /supervision/tasks/export/:form", may: only(seers...), calls: by(town.Auditor, "/supervision/tasks/export/csv", "/supervision/tasks/export/xlsx"), piece: true},
	{route: "GET /supervision/limits", may: only(seers...), calls: supervising("/supervision/limits")},
	{route: "GET /supervision/limits/export/:form", may: only(seers...), calls: by(town.Auditor, "/supervision/limits/export/csv", "/supervision/limits/export/xlsx"), piece: true},

	// The public register.

	{route: "GET /register", may: apart, calls: inRegister("/register", "/register?q=none")},
	{route: "GET /register/log", may: apart, calls: signed},
	{route: "GET /register/registrations", may: apart, calls: of(registration.Kind, registration.Noticed, "", "/register/registrations")},
	{route: "GET /register/registrations/results", may: apart, calls: of(registration.Kind, registration.Registered, "", "/register/registrations/results")},
	{route: "GET /register/registrations/:id", may: apart, calls: of(registration.Kind, registration.Registered, "", "/register/registrations/:id")},
	{route: "GET /register/plans", may: apart, calls: of(plan.Kind, plan.Published, "", "/register/plans")},
	{route: "GET /register/plans/heard", may: apart, calls: of(plan.Kind, plan.Reviewing, "", "/register/plans/heard")},
	{route: "GET /register/plans/:id", may: apart, calls: each(of(plan.Kind, plan.Published, "", "/register/plans/:id"), of(plan.Kind, plan.Reviewing, "", "/register/plans/:id"), planHeard)},
	{route: "GET /register/disclosures", may: apart, calls: of(disclosure.Kind, disclosure.Published, "", "/register/disclosures", "/register/disclosures?q=2026")},
	{route: "GET /register/disclosures/operators", may: apart, calls: operatorDisclosed},
	{route: "GET /register/disclosures/:id", may: apart, calls: each(of(disclosure.Kind, disclosure.Published, "", "/register/disclosures/:id"), of(disclosure.Kind, disclosure.Withdrawn, "", "/register/disclosures/:id"))},
	{route: "GET /register/products", may: apart, calls: inRegister("/register/products")},
	{route: "GET /register/feed.atom", may: apart, calls: inRegister("/register/feed.atom"), piece: true},
	{route: "GET /register/export/:form", may: apart, calls: inRegister("/register/export/csv", "/register/export/xlsx", "/register/export/jsonld"), piece: true},
	{route: "GET /register/products/export/:form", may: apart, calls: inRegister("/register/products/export/csv", "/register/products/export/xlsx"), piece: true},
	{route: "GET /register/:id/code.svg", may: apart, calls: of(authorization.Kind, authorization.Operating, "", "/register/:id/code.svg"), piece: true},
	{route: "GET /r/:code", may: apart, calls: byCode, piece: true},
	{route: "GET /register/:id", may: apart, calls: of(authorization.Kind, authorization.Operating, "", "/register/:id")},
}

// supervising are pages for supervision, with cases to supervise.
func supervising(path string) func(*world) []call {
	return func(w *world) []call {
		w.in(authorization.Kind, authorization.Reviewing)
		w.in(authorization.Kind, authorization.Closed)
		return by(town.Auditor, path)(w)
	}
}

// signed is the transparency log once a checkpoint of it is signed.
func signed(w *world) []call {
	w.signLog()
	return []call{{"", publicLogPath}}
}

// byCode leads from a short code to an entry.
func byCode(w *world) []call {
	return []call{{"", codesPath + "/" + register.Code(w.in(authorization.Kind, authorization.Operating))}}
}

// inRegister are pages of the register, with something in it.
func inRegister(paths ...string) func(*world) []call {
	return func(w *world) []call {
		w.in(authorization.Kind, authorization.Operating)
		return by("", paths...)(w)
	}
}

// own are pages of somebody who has a local account; one who is setting up one-time codes has another.
func own(paths ...string) func(*world) []call {
	return func(w *world) []call {
		if w.cases[town.AgencySignatory] == "" {
			w.account(town.AgencySignatory)
			w.cases[town.AgencySignatory] = "has an account"
		}
		return by(town.AgencySignatory, paths...)(w)
	}
}

func withCode(path string) func(*world) []call {
	return func(w *world) []call {
		if w.cases[town.Decider] == "" {
			w.account(town.Decider)
			w.as(town.Decider).get("/profile/code").form("/profile/code").press("do", codesEnrol)
			w.cases[town.Decider] = "sets up codes"
		}
		return []call{{town.Decider, path}}
	}
}

// each is the calls of all of them.
func each(of ...func(*world) []call) func(*world) []call {
	return func(w *world) []call {
		var out []call
		for _, calls := range of {
			out = append(out, calls(w)...)
		}
		return out
	}
}

// voting is a meeting where it votes, as members, chair and secretary see it.
func voting(w *world) []call {
	const key = "meeting/voting"
	if w.cases[key] == "" {
		m := w.CaseIn(meeting.Kind, meeting.Open)
		w.Meeting(town.Chair, m, "put-question", town.Object{"item": 1, "proposal": "agree"})
		w.cases[key] = m
	}
	var out []call
	for _, person := range []string{town.Member, town.Chair, town.Secretary} {
		out = append(out, call{person, "/meetings/" + w.cases[key]})
	}
	return out
}

// ballot is where a member votes.
func ballot(w *world) []call { return []call{{town.Member, voting(w)[0].path + "/do/vote"}} }

// everybody are pages that differ by whom they are for.
func everybody(path string) func(*world) []call {
	return func(*world) []call {
		out := []call{{"", path}}
		for _, person := range []string{town.Applicant, town.Officer, town.BusinessReviewer, town.Secretary, town.Administrator, town.Auditor, town.Reader} {
			out = append(out, call{person, path})
		}
		return out
	}
}

// of are addresses with :id for a case in the state.
func of(kind lifecycle.Kind, state lifecycle.State, person string, paths ...string) func(*world) []call {
	return func(w *world) []call {
		var out []call
		for _, p := range paths {
			out = append(out, call{person, strings.ReplaceAll(p, ":id", w.in(kind, state))})
		}
		return out
	}
}

// steps are the steps of an application that is being written, and of one that was returned.
func steps(w *world) []call {
	var out []call
	for _, state := range []lifecycle.State{authorization.Draft, authorization.Returned} {
		for _, t := range topics {
			out = append(out, of(authorization.Kind, state, town.Applicant, "/authorizations/:id/apply/"+t.name)(w)...)
		}
		out = append(out, of(authorization.Kind, state, town.Applicant, "/authorizations/:id/apply/"+checkStep)(w)...)
	}
	return out
}

// severalDone tells what became of several tasks: one was done, one is still to do.
func severalDone(w *world) []call {
	done := w.claimed(authorization.Kind, w.CaseIn(authorization.Kind, authorization.Reviewing))
	return []call{{done.person, "/inbox/results?act=claim&key=k&task=" + strings.TrimPrefix(done.path, "/tasks/")}}
}

// severalReviews decides two reviews at once.
func severalReviews(w *world) []call {
	query := url.Values{}
	var person string
	for range 2 {
		task := w.claimed(authorization.Kind, w.CaseIn(authorization.Kind, authorization.Reviewing))
		query.Add("task", strings.TrimPrefix(task.path, "/tasks/"))
		person = task.person
	}
	together := url.Values{}
	var of string
	for range 2 {
		id := w.PlanIn(plan.Reviewing)
		for _, t := range w.Case(plan.Kind, id).Head().Tasks {
			if t.Name != "feasibility" && t.Name != "risk" {
				continue
			}
			claim := town.Order{Person: w.Reviewer(t), Kind: plan.Kind, Case: id, Task: t.ID, Command: "claim", Input: town.Object{}}
			w.Carry(claim)
			if t.Name == "feasibility" {
				together.Add("task", t.ID)
				of = claim.Person
			}
		}
	}
	return []call{{person, "/inbox/decide?" + query.Encode()}, {of, "/inbox/decide?" + together.Encode()}}
}

func stylesheet(w *world) []call { return []call{{"", w.server.assets.URL("workbench.css")}} }

// casesIn are the pages of cases in the states, with all their parts.
func tabsIn(kind lifecycle.Kind, person string, states ...lifecycle.State) func(*world) []call {
	return func(w *world) []call {
		var out []call
		for _, state := range states {
			p := w.server.placeOf(kind)
			view := w.view(person, p, w.in(kind, state))
			for _, t := range w.server.tabs(kind) {
				if t.when == nil || t.when(view) {
					out = append(out, call{person, p.href(view.Head.ID) + "?tab=" + t.name})
				}
			}
		}
		return out
	}
}

// commandsOn are the forms of all commands that people give on a case of the kind, each in the first state and by the first person that may.
func commandsOn(kind lifecycle.Kind) func(*world) []call {
	return func(w *world) []call {
		var out []call
		for _, row := range w.server.placeOf(kind).table.Rows {
			if c, ok := w.commandOn(kind, row); ok {
				out = append(out, c)
			}
		}
		return out
	}
}

// view is a case as a person sees it; nil when it is not there for him, or closed to him.
func (w *world) view(person string, p *place, id string) *casework.View {
	w.t.Helper()
	view, err := w.Desk.Case(w.t.Context(), w.Actor(person), p.def, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	w.Must(err)
	return view
}

func (w *world) commandOn(kind lifecycle.Kind, row lifecycle.Row) (call, bool) {
	p := w.server.placeOf(kind)
	for _, state := range row.From {
		for _, post := range town.Posts {
			if view := w.view(post.ID(1), p, w.in(kind, state)); view != nil && view.May(row.Command) {
				return call{post.ID(1), p.href(view.Head.ID) + "/do/" + row.Command}, true
			}
		}
	}
	return call{}, false
}

// tasks is one of every kind of case that has any.
func tasks(w *world) []call {
	var out []call
	for _, id := range []lifecycle.Case{w.Case(authorization.Kind, w.in(authorization.Kind, authorization.Reviewing)), w.Case(exit.Kind, w.atStep())} {
		for _, t := range id.Head().Tasks {
			if t.Active() {
				out = append(out, call{w.Reviewer(t), "/tasks/" + t.ID})
				break
			}
		}
	}
	return out
}

// planReviews are the reviews of a plan that must find something, in the hands of their reviewers, with an opinion of the public to answer.
func planReviews(w *world) []call {
	const key = "plan with opinions"
	if w.cases[key] == "" {
		id := w.PlanIn(plan.Reviewing)
		w.Do(town.Reader, plan.Kind, id, "comment", town.Object{"text": "请缩短期限，并公布收费办法。"})
		for _, t := range w.Case(plan.Kind, id).Head().Tasks {
			if t.Name == "risk" || t.Name == "participation" {
				w.Carry(town.Order{Person: w.Reviewer(t), Kind: plan.Kind, Case: id, Task: t.ID, Command: "claim", Input: town.Object{}})
			}
		}
		w.cases[key] = id
	}
	var out []call
	for _, t := range w.Case(plan.Kind, w.cases[key]).Head().Tasks {
		if t.Name == "risk" || t.Name == "participation" {
			out = append(out, call{w.Reviewer(t), "/tasks/" + t.ID})
		}
	}
	return out
}

// operatorDisclosed are the disclosures of operators, one of them corrected.
func operatorDisclosed(w *world) []call {
	const key = "operator disclosed"
	if w.cases[key] == "" {
		id := w.DisclosedBy(authorization.OperatorSide, disclosure.Published)
		w.AfterYear(w.Case(disclosure.Kind, id).(*disclosure.Disclosure).Year, func() { //nolint:forcetypeassert // its own kind
			w.Disclosing(town.Applicant, id, "correct", town.Object{"public_reason": "电话变更。"})
			changed := town.Disclosed()
			changed["phone"] = "000-11111111"
			changed["ways"] = []town.Object{{"product": town.ProductName, "data": "mixed"}}
			w.Disclosing(town.Applicant, id, "edit", changed)
			w.Disclosing(town.Applicant, id, "submit", town.Object{})
			w.Disclosing(town.Signatory, id, "publish", town.Object{})
		})
		w.cases[key] = id
	}
	at := "/register/disclosures/" + w.cases[key]
	return []call{{"", "/register/disclosures/operators"}, {"", at}, {"", at + "?version=1"}}
}

// planHeard is the public page of a plan on which the public was heard, and published with what became of that.
func planHeard(w *world) []call {
	const key = "plan heard"
	if w.cases[key] == "" {
		id := w.PlanIn(plan.Reviewing)
		for _, said := range []string{"请缩短期限。", "请公布收费办法。"} {
			w.Do(town.Reader, plan.Kind, id, "comment", town.Object{"text": said})
		}
		w.PlanReviewed(id, func(lifecycle.Task) string { return "approve" })
		w.Minuted(w.Decided(town.Government, "plan", id, "agree"), town.Government)
		w.Planned(town.Planner, id, "file", town.Object{"on": w.Now().Format(time.DateOnly), "with": "省数据局", "receipt": "示例1号"})
		w.Planned(town.Planner, id, "publish", town.Object{})
		w.cases[key] = id
	}
	return []call{{"", "/register/plans/" + w.cases[key]}}
}

// atStep is an exit at a step that somebody has to take.
func (w *world) atStep() string {
	const key = "exit at a step"
	if w.cases[key] == "" {
		id := w.ExitIn(exit.WindingDown)
		w.System(exit.Kind, id, "open-step", exit.StepInput{Step: "close-access"})
		w.System(exit.Kind, id, "note-step", exit.StepResultInput{Step: "close-access", Result: "done"})
		w.System(exit.Kind, id, "open-step", exit.StepInput{Step: "tell-customers"})
		w.cases[key] = id
	}
	return w.cases[key]
}

// commandsOnTasks are the forms of the commands on tasks: to claim one, and what may be done with one that is claimed.
func commandsOnTasks(w *world) []call {
	var out []call
	for _, t := range tasks(w) {
		out = append(out, call{t.person, t.path + "/claim"})
	}
	review := w.claimed(authorization.Kind, w.CaseIn(authorization.Kind, authorization.Reviewing))
	return append(out, call{review.person, review.path + "/decide"}, call{review.person, review.path + "/release"})
}

// claimed claims the first task of a case.
func (w *world) claimed(kind lifecycle.Kind, id string) call {
	w.t.Helper()
	tasks := w.Case(kind, id).Head().Tasks
	i := slices.IndexFunc(tasks, lifecycle.Task.Active)
	person := w.Reviewer(tasks[i])
	w.Carry(town.Order{Person: person, Kind: kind, Case: id, Task: tasks[i].ID, Command: "claim", Input: town.Object{}})
	return call{person, "/tasks/" + tasks[i].ID}
}

func attachment(w *world) []call {
	return []call{{town.Officer, "/attachments/" + w.Evidence(town.Officer, "附件")}}
}

// commandUnderWay is a command that nobody knows the outcome of, as long as the test runs.
func commandUnderWay(w *world) []call {
	w.t.Helper()
	id := w.CaseIn(authorization.Kind, authorization.Submitted)
	w.stuck.Store(id, false)
	patience := w.server.Patience
	w.server.Patience = 20 * time.Millisecond
	defer func() { w.server.Patience = patience }()
	at := "/authorizations/" + id + "/do/accept"
	answer := w.as(town.Officer).steadfast().post(at, url.Values{formKey: {"under way"}}).wants(http.StatusSeeOther)
	return []call{{town.Officer, answer.header.Get("Location")}}
}

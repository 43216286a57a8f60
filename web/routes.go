package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"datacharter/domain/authorization"
	"datacharter/domain/concern"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/plan"
	"datacharter/domain/registration"
	"datacharter/web/assets"
)

// routes is every address with the right that it needs. What is shown of a case, and which commands on it, the store and the state table decide;
// the pages ask them as the API does.
func (s *server) routes() {
	s.engine.Match([]string{http.MethodGet, http.MethodHead}, assets.Base+":file", func(c *gin.Context) { s.assets.ServeHTTP(c.Writer, c.Request) }) // for everybody
	s.apart[assets.Base+":file"] = true

	// Everybody.

	s.get("/", public, s.home)
	s.post("/language", public, s.chooseLanguage)
	s.get("/sign-in", public, s.showSignIn)
	s.post("/sign-in", entering, s.takeSignIn)
	s.get("/sign-in/code", public, s.signInAgain)
	s.post("/sign-in/code", entering, s.takeCode)
	s.get("/sign-in/password", public, s.signInAgain)
	s.post("/sign-in/password", entering, s.takeFirstPassword)
	s.post("/sign-in/oidc", entering, s.beginOpenID)
	s.get(callbackPath, entering, s.finishOpenID)
	s.get("/sign-in/back", signedIn, s.backFromProvider)
	s.post("/sign-out", public, s.signOut)

	// Everybody who is signed in, about himself.

	s.get("/step-up", signedIn, s.askStepUp)
	s.post("/step-up", signedIn.guessing(), s.takeStepUp)
	s.get("/profile", signedIn, s.showProfile)
	s.post("/profile", signedIn, s.takeProfile)
	s.get("/profile/access", signedIn, s.showAccess)
	s.post("/profile/sessions/end-others", signedIn, s.endOtherSessions)
	s.post("/profile/sessions/:id/end", signedIn, s.endSession)
	s.get("/profile/password", signedIn.anew(), s.askPassword)
	s.post("/profile/password", signedIn.anew().guessing(), s.takePassword)
	s.get("/profile/code", signedIn.anew(), s.askCodes)
	s.post("/profile/code", signedIn.anew().guessing(), s.takeCodes)
	s.get("/profile/code.png", signedIn.anew(), s.codePicture)
	s.get("/profile/tokens", signedIn, s.askTokens)
	s.post("/profile/tokens", signedIn.anew(), s.takeToken)
	s.post("/profile/tokens/:id/revoke", signedIn, s.revokeToken)

	// Cases, and the commands on them and on their tasks.

	for _, p := range s.places {
		s.get("/"+p.name+"/:id", signedIn, s.showCase(p))
		s.get("/"+p.name+"/:id/do/:command", signedIn, s.askOnCase(p))
		s.post("/"+p.name+"/:id/do/:command", signedIn, s.takeOnCase(p))
		s.post("/"+p.name+"/:id/follow", signedIn, s.follow(p))
		s.post("/"+p.name+"/:id/unfollow", signedIn, s.unfollow(p))
	}
	s.get("/authorizations/:id/agreement/:version", signedIn, s.printAgreement(s.placeOf(authorization.Kind)))
	s.get("/tasks/:id", signedIn, s.showTask)
	s.get("/tasks/:id/:command", signedIn, s.askOnTask)
	s.post("/tasks/:id/:command", signedIn, s.takeOnTask)
	s.get("/commands/:id", signedIn, s.commandRunning)
	s.get("/attachments/:digest", signedIn, s.download)

	// The catalogue.

	s.get("/resources", signedIn, s.showResources)
	s.get("/resources/export/:form", signedIn, s.exportResources)
	s.get("/resources/:id", signedIn, s.showResource)
	s.post("/resources/:id/put", only(identity.Applicant), s.putResource)
	s.get("/resources/:id/versions", signedIn, s.showVersions)
	s.get("/resources/:id/held", only(identity.Registrant, identity.Registrar), s.askHeld)
	s.post("/resources/:id/held", only(identity.Registrant, identity.Registrar), s.takeHeld)
	s.get("/resources/:id/grading", only(grading.Roles()...), s.askGrading)
	s.post("/resources/:id/grading", only(grading.Roles()...), s.takeGrading)

	// What people say about resources: quality reports and data demands.

	s.get("/resources/:id/report", signedIn, s.askReport)
	s.post("/resources/:id/report", signedIn, s.takeReport)
	s.get(reportsPath, signedIn, s.listConcerns(concern.Report))
	s.get(reportsPath+"/:id", signedIn, s.showConcern(concern.Report))
	s.post(reportsPath+"/:id/answer", only(concern.Roles()...), s.takeAnswer(concern.Report))
	s.post(reportsPath+"/:id/withdraw", signedIn, s.takeOnConcern(concern.Report, concern.Withdraw))
	s.get(demandsPath, signedIn, s.listConcerns(concern.Demand))
	s.get(demandsPath+"/new", signedIn, s.askDemand)
	s.post(demandsPath+"/new", signedIn, s.takeDemand)
	s.get(demandsPath+"/:id", signedIn, s.showConcern(concern.Demand))
	s.post(demandsPath+"/:id/answer", only(concern.Roles()...), s.takeAnswer(concern.Demand))
	s.post(demandsPath+"/:id/support", signedIn, s.takeOnConcern(concern.Demand, concern.Support))
	s.post(demandsPath+"/:id/withdraw", signedIn, s.takeOnConcern(concern.Demand, concern.Withdraw))

	// Applying: an application in steps.

	s.get("/authorizations/new", only(identity.Applicant), s.askDraft)
	s.post("/authorizations/new", only(identity.Applicant), s.takeDraft)
	s.get("/authorizations/:id/apply/:step", only(identity.Applicant), s.showStep)
	s.post("/authorizations/:id/apply/:step", only(identity.Applicant), s.takeStep)
	s.post("/attachments", signedIn, s.takeFile)

	// The use ledger: platforms and their keys.

	s.get("/authorizations/:id/platforms/new", platformKeepers.anew(), s.askPlatform(false))
	s.post("/authorizations/:id/platforms/new", platformKeepers.anew(), s.takePlatform(false))
	s.get("/platforms/:id/revoke", platformKeepers.anew(), s.askPlatform(true))
	s.post("/platforms/:id/revoke", platformKeepers.anew(), s.takePlatform(true))
	s.get("/use-guide", signedIn, s.showUseGuide)

	// Registration.

	s.get("/registrations/new", only(identity.Registrant), s.askRegistration)
	s.post("/registrations/new", only(identity.Registrant), s.takeRegistration)
	s.get("/registrations/:id/outside/:command", signedIn, s.askOutside(registration.Kind))
	s.post("/registrations/:id/outside/:command", signedIn, s.takeOutside(registration.Kind))

	// Plans.

	s.get("/plans/new", only(identity.Planner), s.askPlan)
	s.post("/plans/new", only(identity.Planner), s.takePlan)
	s.get("/plans/:id/outside/:command", signedIn, s.askOutside(plan.Kind))
	s.post("/plans/:id/outside/:command", signedIn, s.takeOutside(plan.Kind))

	// Products and services.

	s.get("/products/new", only(identity.Applicant), s.askProduct)
	s.post("/products/new", only(identity.Applicant), s.takeProduct)

	// Complaints and reports, by anybody.

	s.get(complainPath, public, s.askComplaint)
	s.post(complainPath, entering, s.takeComplaint)
	s.get(followPath, public, s.askFollow)
	s.post(followPath, entering, s.takeFollow)

	// Findings of supervision.

	s.get("/findings/new", only(findingRaisers...), s.askFinding)
	s.post("/findings/new", only(findingRaisers...), s.takeFinding)

	// Lists of cases, and search.

	s.get("/cases", signedIn, s.listCases)
	s.get("/cases/export/:form", signedIn, s.exportCases)
	s.get("/finances/:id/book/:form", signedIn, s.exportBook)
	s.get("/search", signedIn, s.search)

	// Home, inbox, notices.

	s.get("/inbox", signedIn, s.showInbox)
	s.get("/inbox/results", signedIn, s.showResults)
	s.get("/inbox/decide", signedIn, s.askTogether)
	s.post("/inbox/decide", signedIn, s.takeTogether)
	s.post("/inbox/several", signedIn, s.takeSeveral)
	s.post("/inbox/next", signedIn, s.takeNext)
	s.post("/inbox/views", signedIn, s.saveView)
	s.post("/inbox/views/delete", signedIn, s.deleteView)
	s.get("/notices", signedIn, s.showNotices)
	s.post("/notices/read", signedIn, s.readNotices)

	// Meetings.

	s.get("/meetings", only(sitters...), s.listMeetings)
	s.get("/meetings/new", only(identity.Secretary), s.askCall)
	s.post("/meetings/new", only(identity.Secretary), s.takeCall)
	s.get("/meetings/:id/live", signedIn, s.liveRoom)
	s.get("/meetings/:id/minutes", signedIn, s.showMinutes)
	s.get("/resolutions/:meeting/:item", signedIn, s.showResolution)
	s.get("/exits/:id/decision", signedIn, s.showLetter)
	s.get("/authorizations/:id/exit-drill", only(identity.Administrator), s.showDrill)

	// Administration and rules.

	s.get("/admin", administrators, s.showAdmin)
	s.get(peopleURL, administrators, s.showPeople)
	s.post(peopleURL, administrators, s.takePerson)
	s.get(peopleURL+"/:id", administrators, s.showPerson)
	s.post(peopleURL+"/:id/grant", administrators, s.takeGrant)
	s.post(peopleURL+"/:id/revoke", administrators, s.takeRevoke)
	s.get("/admin/people/:id/account", administrators, s.showCare)
	s.post("/admin/people/:id/password", administrators.anew(), s.resetPassword)
	s.post("/admin/people/:id/drop-code", administrators.anew(), s.dropCode)
	s.post("/admin/people/:id/end-sessions", administrators.anew(), s.endSessionsOf)
	s.get(organizationsURL, administrators, s.showOrganizations)
	s.post(organizationsURL, administrators, s.takeOrganization)
	s.get(calendarsURL, administrators, s.showCalendars)
	s.post(calendarsURL, administrators, s.takeCalendar)
	s.post(calendarsURL+"/preview", administrators, s.previewCalendar)
	s.get(recountURL, administrators, s.showRecount)
	s.post(recountURL, administrators, s.takeRecount)
	s.get(disagreementsURL, administrators, s.showDisagreements)
	s.post(disagreementsURL+"/:id/repair", administrators, s.takeRepair)
	s.get("/policies", signedIn, s.listPolicies)
	s.get("/policies/:ref", signedIn, s.showPolicy)

	// Supervision.

	s.get(supervisionPath, only(seers...), s.supervise)
	s.get(tasksPath, only(seers...), s.watchTasks)
	s.get(tasksPath+"/export/:form", only(seers...), s.exportTasks)
	s.get(limitsPath, only(seers...), s.watchLimits)
	s.get(limitsPath+"/export/:form", only(seers...), s.exportLimits)

	// The public register.

	s.get(registerPath, apart, s.published(s.listRegister))
	s.get(productsPath, apart, s.published(s.listProducts))
	s.get(registrationsPath, apart, s.published(s.listRegistrationNotices))
	s.get(resultsPath, apart, s.published(s.listRegistrationResults))
	s.get(registrationsPath+"/:id", apart, s.published(s.showPublicRegistration))
	s.get(publicLogPath, apart, s.published(s.showPublicLog))
	s.get(plansPath, apart, s.published(s.listPlansInForce))
	s.get(heardPath, apart, s.published(s.listPlansHeard))
	s.get(plansPath+"/:id", apart, s.published(s.showPublicPlan))
	s.get(disclosuresPath, apart, s.published(s.listAgencyDisclosures))
	s.get(operatorDisclosuresPath, apart, s.published(s.listOperatorDisclosures))
	s.get(disclosuresPath+"/:id", apart, s.published(s.showDisclosure))
	s.get(feedPath, apart, s.published(s.feedRegister))
	s.get(registerPath+"/export/:form", apart, s.exportRegister)
	s.get(productsPath+"/export/:form", apart, s.exportProducts)
	s.get(codesPath+"/:code", apart, s.published(s.followCode))
	s.get(registerPath+"/:id", apart, s.published(s.showEntry))
	s.get(registerPath+"/:id/code.svg", apart, s.published(s.drawCode))
}

package web

import (
	"github.com/gin-gonic/gin"

	"datacharter/domain/identity"
	"datacharter/web/assets"
)

// routes is every address with the right that it needs. What is shown of a case, and which commands on it, the store and the state table decide;
// the pages ask them as the API does.
func (s *server) routes() {
	s.engine.GET(assets.Base+":file", func(c *gin.Context) { s.assets.ServeHTTP(c.Writer, c.Request) }) // public

	// Everybody.

	s.get("/", public, s.first)
	s.post("/language", public, s.chooseLanguage)
	s.get("/sign-in", public, s.showSignIn)
	s.post("/sign-in", public, s.takeSignIn)
	s.post("/sign-out", public, s.signOut)

	// Cases, and the commands on them and on their tasks.

	for _, p := range s.places {
		s.get("/"+p.name+"/:id", signedIn, s.showCase(p))
		s.get("/"+p.name+"/:id/do/:command", signedIn, s.askOnCase(p))
		s.post("/"+p.name+"/:id/do/:command", signedIn, s.takeOnCase(p))
	}
	s.get("/tasks/:id", signedIn, s.showTask)
	s.get("/tasks/:id/:command", signedIn, s.askOnTask)
	s.post("/tasks/:id/:command", signedIn, s.takeOnTask)
	s.get("/commands/:id", signedIn, s.commandRunning)
	s.get("/attachments/:digest", signedIn, s.download)

	// Applying: the catalogue and an application in steps.

	s.get("/resources", signedIn, s.showResources)
	s.get("/resources/:id", signedIn, s.showResource)
	s.post("/resources/:id/put", only(identity.Applicant), s.putResource)
	s.get("/authorizations/new", only(identity.Applicant), s.askDraft)
	s.post("/authorizations/new", only(identity.Applicant), s.takeDraft)
	s.get("/authorizations/:id/apply/:step", only(identity.Applicant), s.showStep)
	s.post("/authorizations/:id/apply/:step", only(identity.Applicant), s.takeStep)
	s.post("/attachments", signedIn, s.takeFile)

	// Lists of cases, and search.

	// Home, inbox, notices.

	// Meetings.

	// Administration and rules.

	// Supervision.

	// The public register.
}

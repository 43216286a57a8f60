package web

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"

	"datacharter/domain/refusal"
	"datacharter/store"
)

const (
	languageCookie = "datacharter-language"
	languageMonths = 12
)

var languages = language.NewMatcher([]language.Tag{language.Chinese, language.English})

// language is the one that the visitor chose, else the browser's, else Chinese.
func (s *server) language(c *gin.Context) string {
	if chosen, err := c.Cookie(languageCookie); err == nil && isLanguage(chosen) {
		return chosen
	}
	if _, best := language.MatchStrings(languages, c.GetHeader("Accept-Language")); best == 1 {
		return "en"
	}
	return "zh"
}

func isLanguage(s string) bool { return s == "zh" || s == "en" }

// chooseLanguage remembers a language: in the browser, and as the preference of who is signed in.
func (s *server) chooseLanguage(v *visit) {
	chosen := v.PostForm("language")
	if !isLanguage(chosen) {
		v.refuse(refusal.BadRequest.With())
		return
	}
	if v.signedIn() {
		preferences, err := s.Store.GetPreferences(v.ctx, v.actor.Person)
		if err == nil && preferences.Language != chosen {
			preferences.Language = chosen
			err = s.prefer(v, preferences)
		}
		if err != nil {
			v.fail(err)
			return
		}
	}
	s.rememberLanguage(v, chosen)
	v.Redirect(http.StatusSeeOther, local(v.PostForm("return"), "/"))
}

// prefer stores preferences that were made from choices that there are.
func (s *server) prefer(v *visit, p store.Preferences) error {
	told, err := s.accounts.SetPreferences(v.ctx, v.actor.Person, p)
	if told != nil {
		return refused{told}
	}
	return err
}

// rememberLanguage tells the browser the language that its person chose, and goes on in it.
func (s *server) rememberLanguage(v *visit, chosen string) {
	http.SetCookie(v.Writer, &http.Cookie{ //nolint:gosec // not Secure on plain HTTP, which is on this machine alone
		Name: languageCookie, Value: chosen, Path: "/", Expires: s.wall().AddDate(0, languageMonths, 0), HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	})
	v.page.Language = chosen
	v.Header("Content-Language", v.page.Lang())
}

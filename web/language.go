package web

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"

	"datacharter/domain/refusal"
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

// chooseLanguage remembers a language.
func (s *server) chooseLanguage(v *visit) {
	chosen := v.PostForm("language")
	if !isLanguage(chosen) {
		v.refuse(refusal.BadRequest.With())
		return
	}
	http.SetCookie(v.Writer, &http.Cookie{
		Name: languageCookie, Value: chosen, Path: "/", Expires: s.wall().AddDate(0, languageMonths, 0), HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	})
	v.Redirect(http.StatusSeeOther, local(v.PostForm("return"), "/"))
}

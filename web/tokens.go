package web

import (
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"datacharter/casework"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
	"datacharter/web/ui"
)

// tokens are a person's API tokens with the form for another.
type tokens struct {
	List   []store.Token
	Now    time.Time
	Key    string
	Boxes  []box
	Faults []form.Fault
	Whole  string
}

const (
	defaultTokenDays = 90
	maxTokenDays     = 366
	maxTokenLabel    = 100 // characters
)

func tokenBoxes(label, days string) []box {
	return []box{
		{Name: "label", Label: text.Text{ZH: "用途", EN: "What it is for"}, Type: "text", Autocomplete: "off", Value: label, Max: maxTokenLabel},
		{Name: "days", Label: text.Text{ZH: "有效天数（1至366）", EN: "Valid for days (1 to 366)"}, Type: "number", Autocomplete: "off", Value: days},
	}
}

func (s *server) askTokens(v *visit) {
	s.showTokens(v, tokenBoxes("", strconv.Itoa(defaultTokenDays)), nil)
}

func (s *server) showTokens(v *visit, boxes []box, refused *refusal.Refusal) {
	list, err := s.Store.Tokens(v.ctx, v.actor.Person)
	if err != nil {
		v.fail(err)
		return
	}
	t := tokens{List: list, Now: s.wall(), Key: random(16, hex.EncodeToString), Boxes: boxes}
	status := http.StatusOK
	if refused != nil {
		status = casework.Status(refused.Code, refused.Class())
		t.Faults, t.Whole = blame(boxes, refused, v.page.Language)
	}
	v.show(status, v.T("访问令牌", "API tokens"), tokensPage(v.page, t))
}

// takeToken issues a token and shows it, for the only time.
func (s *server) takeToken(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	label, days, refused := readToken(sent)
	if refused != nil || sent.Has(formResumed) {
		s.showTokens(v, tokenBoxes(sent.Get("label"), sent.Get("days")), refused)
		return
	}
	secret, issued := "", store.Token{}
	now, err := s.Once(v.ctx, v.actor.Person, sent.Get(formKey), []string{"issue-token-page", label, strconv.Itoa(days)}, func() error {
		var err error
		secret, issued, err = s.Store.IssueToken(v.ctx, v.actor.Person, label, s.wall().AddDate(0, 0, days))
		return err
	})
	switch {
	case err != nil:
		v.fail(err)
	case !now:
		v.refuse(refusal.TokenShownOnce.With())
	default:
		v.show(http.StatusOK, v.T("令牌已签发", "Token issued"), tokenPage(v.page, issued, secret))
	}
}

func readToken(sent url.Values) (label string, days int, refused *refusal.Refusal) {
	var f refusal.Faults
	label = strings.TrimSpace(sent.Get("label"))
	f.Text("label", label, maxTokenLabel)
	days, err := strconv.Atoi(strings.TrimSpace(sent.Get("days")))
	switch {
	case err != nil:
		f.Add(refusal.NotANumber.At("days"))
	case days < 1:
		f.Add(refusal.TooSmall.At("days", "min", "1"))
	case days > maxTokenDays:
		f.Add(refusal.TooLarge.At("days", "max", strconv.Itoa(maxTokenDays)))
	}
	return label, days, f.Refusal()
}

// revokeToken ends a token of the person's own; one that was revoked already stays so.
func (s *server) revokeToken(v *visit) {
	err := s.Store.RevokeToken(v.ctx, v.actor.Person, v.Param("id"))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		v.fail(err)
		return
	}
	v.goOn("/profile/tokens", v.T("令牌已作废。", "The token is revoked."))
}

// tokenState says whether a token counts, with the class of its tag.
func tokenState(p *ui.Page, t store.Token, now time.Time) (words, tag string) {
	switch {
	case t.RevokedAt != nil:
		return p.T("已作废", "revoked"), "dc-tag--bad"
	case !t.ExpiresAt.After(now):
		return p.T("已过期", "expired"), "dc-tag--warn"
	default:
		return p.T("有效", "valid"), "dc-tag--ok"
	}
}

package authorization

import (
	"strings"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
)

// FinanceKind is the kind of the case that keeps an authorisation's prices and revenue (价格与收益, 65号): one for each authorisation, from its first day of
// operation to its last payment.
const FinanceKind lifecycle.Kind = "finance"

// How an authorisation speaks to that case: it opens it, and says when it has ended.
const (
	OpenAccounts = "open-accounts"
	EndAccounts  = "end-accounts"
)

// AccountsCall opens the case with what stands as long as the authorisation does.
type AccountsCall struct {
	Authorization string        `json:"authorization" maxLength:"100"`
	Title         string        `json:"title" maxLength:"200"`
	Agency        string        `json:"agency" maxLength:"100"`
	Operator      string        `json:"operator" maxLength:"100"`
	Started       calendar.Date `json:"started" format:"date"`
}

// AccountsEnd says on which day the authorisation ended.
type AccountsEnd struct {
	On calendar.Date `json:"on" format:"date"`
}

// FinanceID is the ID of the case for an authorisation.
func FinanceID(authorization string) string {
	return "acc-" + strings.TrimPrefix(authorization, "aut-")
}

// AccountsOpened says that the case of prices and revenue was opened.
type AccountsOpened struct{}

// EventType implements lifecycle.Content.
func (AccountsOpened) EventType() string { return "accounts-opened" }

// openAccounts opens the case once, where the profile has rules for it.
func (a *Authorization) openAccounts(env lifecycle.Env) contents {
	if env.Policy.Finance == nil || a.Accounts {
		return nil
	}
	return contents{AccountsOpened{}}
}

func (a *Authorization) callForAccounts(at lifecycle.Event) []lifecycle.Effect {
	return []lifecycle.Effect{lifecycle.SendTo(FinanceKind, FinanceID(a.ID), OpenAccounts, AccountsCall{
		Authorization: a.ID, Title: a.Title, Agency: a.Agency, Operator: a.Applicant, Started: calendar.DateOf(at.At),
	})}
}

// endAccounts tells the case that the authorisation has ended, so that the last settlement is drawn up.
func (a *Authorization) endAccounts(at lifecycle.Event) []lifecycle.Effect {
	if !a.Accounts || a.State != Closed {
		return nil
	}
	return []lifecycle.Effect{lifecycle.SendTo(FinanceKind, FinanceID(a.ID), EndAccounts, AccountsEnd{On: calendar.DateOf(at.At)})}
}

// Sharing is how the signed agreement shares income.
func (a *Authorization) Sharing() agreement.Sharing { return a.version().Content.Accounting }

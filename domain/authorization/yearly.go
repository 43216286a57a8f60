package authorization

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
)

// CallForDisclosure is how an authorisation calls for the yearly disclosures (年度授权运营信息披露) of its agency and its operator: each of these two is a case of
// its own, one a year for an organisation, whatever the number of its authorisations.
const CallForDisclosure = "call-for"

// DisclosureKind is the kind of those cases.
const DisclosureKind lifecycle.Kind = "disclosure"

// DisclosureCall says that an authorisation is among what an organisation has to disclose of a year.
type DisclosureCall struct {
	Side          Side   `json:"side" enum:"agency,operator"`
	Year          int    `json:"year" minimum:"2000" maximum:"2200"`
	Authorization string `json:"authorization" maxLength:"100"`
	Agency        string `json:"agency" maxLength:"100"`
	Operator      string `json:"operator" maxLength:"100"`
}

// Organization is whose disclosure it is.
func (c DisclosureCall) Organization() string {
	if c.Side == AgencySide {
		return c.Agency
	}
	return c.Operator
}

// DisclosureID is the ID of an organisation's disclosure of a year: every authorisation that calls for it finds the same one.
func DisclosureID(side Side, organization string, year int) string {
	sum := sha256.Sum256([]byte(string(side) + "\n" + organization))
	return fmt.Sprintf("dis-%d-%s", year, strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10])))
}

// DisclosureCalled says that a year has begun in which the authorisation operates.
type DisclosureCalled struct {
	Year int `json:"year"`
}

// EventType implements lifecycle.Content.
func (DisclosureCalled) EventType() string { return "disclosure-called" }

// callForDisclosure calls once for the disclosures of the year that runs, where the profile asks for them (notice of February 2026: once operation has started).
func (a *Authorization) callForDisclosure(env lifecycle.Env) contents {
	year := calendar.DateOf(env.Now).Year()
	if env.Policy.Disclosure == nil || a.DisclosureYear >= year {
		return nil
	}
	return contents{DisclosureCalled{Year: year}}
}

func yearlyEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, e DisclosureCalled, _ lifecycle.Event) { a.DisclosureYear = e.Year }),
			func(a A, e DisclosureCalled, _ lifecycle.Event) []lifecycle.Effect {
				var out []lifecycle.Effect
				for _, side := range []Side{AgencySide, OperatorSide} {
					call := DisclosureCall{Side: side, Year: e.Year, Authorization: a.ID, Agency: a.Agency, Operator: a.Applicant}
					out = append(out, lifecycle.SendTo(DisclosureKind, DisclosureID(side, call.Organization(), e.Year), CallForDisclosure, call))
				}
				return out
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, _ AccountsOpened, _ lifecycle.Event) { a.Accounts = true }),
			func(a A, _ AccountsOpened, at lifecycle.Event) []lifecycle.Effect { return a.callForAccounts(at) }),
	}
}

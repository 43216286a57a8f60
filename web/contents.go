package web

import (
	"net/url"
	"reflect"
	"strconv"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/content"
	"datacharter/web/ui"
)

// known is what the contents of an authorization refer to, looked up.
type known struct {
	resources     map[string]string // titles
	files         map[string]store.AttachmentView
	organizations map[string]string
	modes         map[string]text.Text
	plans         map[string]string // names of published ones
}

// knownOf looks up what some contents of an authorization refer to.
func (s *server) knownOf(v *visit, profile *policy.Profile, applications []authorization.Application, agreements ...agreement.Agreement) (known, error) {
	var resources, files, organizations []string
	for _, a := range applications {
		resources, files, organizations = append(resources, a.Resources...), append(files, a.Attachments...), append(organizations, a.Agency)
	}
	for _, a := range agreements {
		resources = append(resources, a.Resources...)
	}
	k := known{modes: map[string]text.Text{}, plans: map[string]string{}}
	for _, a := range applications {
		told, err := s.chosenPlan(v, profile, a.Plan)
		if err != nil {
			return k, err
		}
		if told != nil {
			k.plans[a.Plan] = told.Name
		}
	}
	for _, m := range profile.Application.Modes {
		k.modes[m.Code] = m.Title
	}
	var err error
	if k.resources, err = s.Store.ResourceTitles(v.ctx, unique(resources)); err != nil {
		return k, err
	}
	found, err := s.namesOf(v.ctx, nil, organizations)
	if err != nil {
		return k, err
	}
	k.organizations = found.organizations
	k.files, err = s.Store.Attachments(v.ctx, v.actor, unique(files))
	return k, err
}

var (
	applicationType = reflect.TypeFor[authorization.Application]()
	agreementType   = reflect.TypeFor[agreement.Agreement]()
	shareType       = reflect.TypeFor[agreement.Share]()
)

// names implements content.Names.
func (k known) names(of reflect.Type, field, value string) (content.Value, bool) {
	switch {
	case field == "resources" && (of == applicationType || of == agreementType):
		return titled(value, k.resources[value], "/resources/"+url.PathEscape(value)), true
	case of == applicationType && field == "attachments":
		return k.file(value), true
	case of == applicationType && field == "agency":
		return titled(value, k.organizations[value], ""), true
	case of == applicationType && field == "plan" && k.plans[value] != "":
		return titled(value, k.plans[value], publicURL(plan.Kind, value)), true
	case of == applicationType && field == "renews":
		return titled(value, "", "/authorizations/"+url.PathEscape(value)), true
	case of == applicationType && field == "mode":
		w, ok := k.modes[value]
		return content.Value{Words: w}, ok
	case of == applicationType && field == "term_months":
		return months(value), true
	case of == shareType && field == "basis_points":
		return percent(value), true
	default:
		return content.Value{}, false
	}
}

// titled is a thing with its name, or its ID when it has none.
func titled(id, name, address string) content.Value {
	if name == "" {
		name = id
	}
	return content.Value{Words: both(name), URL: address}
}

// file names an attachment, with the way to it; one that the visitor may not have is shown by its digest.
func (k known) file(digest string) content.Value {
	f, ok := k.files[digest]
	if !ok {
		return content.Value{Words: both(ui.Short(digest))}
	}
	return content.Value{Words: both(f.Name), URL: "/attachments/" + url.PathEscape(digest), Note: both(ui.Size(f.Size))}
}

// months tells a term in years as well, when it has whole ones.
func months(value string) content.Value {
	const year = 12
	n, err := strconv.Atoi(value)
	if err != nil || n%year != 0 {
		return content.Value{Words: both(value)}
	}
	years := strconv.Itoa(n / year)
	unit := " years)"
	if n == year {
		unit = " year)"
	}
	return content.Value{Words: text.Text{ZH: value + "（" + years + "年）", EN: value + " (" + years + unit}}
}

// percent tells a share in hundredths of a percent as one.
func percent(value string) content.Value {
	const whole = 100
	n, err := strconv.Atoi(value)
	if err != nil {
		return content.Value{Words: both(value)}
	}
	p := strconv.FormatFloat(float64(n)/whole, 'f', -1, 64) + "%"
	return content.Value{Words: text.Text{ZH: value + "（" + p + "）", EN: value + " (" + p + ")"}}
}

package web

import (
	"net/url"
	"reflect"
	"slices"

	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/web/content"
	"datacharter/web/form"
)

// planGroup is one of the twelve items of a plan (27号 Art. 10), or what belongs to a plan beside them, with its fields by JSON name.
type planGroup struct {
	key    string
	fields []string
	words  text.Text // of what is no item; the profile names the items
}

var planGroups = []planGroup{
	{key: "name", fields: []string{"name"}},
	{key: "necessity", fields: []string{"necessity", "feasibility"}},
	{key: "conditions", fields: []string{"conditions", "method"}},
	{key: "mode", fields: []string{"mode", "extent"}},
	{key: "resources", fields: []string{"resources", "association", "risk_report"}},
	{key: "undertaking", fields: []string{"term_months", "term_reason", "undertaking"}},
	{key: "products", fields: []string{"products"}},
	{key: "accounting", fields: []string{"accounting"}},
	{key: "security", fields: []string{"protection"}},
	{key: "rights", fields: []string{"rights"}},
	{key: "supervision", fields: []string{"oversight"}},
	{key: "other", fields: []string{"other"}},
	{key: "competition", fields: []string{"exclusive", "pre_review"}, words: text.Text{ZH: "公平竞争", EN: "Fair competition"}},
	{key: "comment", fields: []string{"comment_days", "comment_reason"}, words: text.Text{ZH: "公开征求意见", EN: "Public comment"}},
	{key: "attachments", fields: []string{"attachments"}, words: text.Text{ZH: "附件", EN: "Attachments"}},
	{key: "reason", fields: []string{"reason"}, words: text.Text{ZH: "变更理由", EN: "Why it is changed"}},
}

// planItem is a group as a page shows it.
type planItem struct {
	planGroup
	no     int // of an item; 0 for what is none
	title  text.Text
	source policy.Source
	parts  []content.Part
	form   []form.Field
}

// planItems are the groups with their titles, as the rules say.
func planItems(rules *policy.Plan) []planItem {
	out := make([]planItem, len(planGroups))
	for i, g := range planGroups {
		out[i] = planItem{planGroup: g, title: g.words}
		for _, item := range rules.Items {
			if item.Key == g.key {
				out[i].no, out[i].title, out[i].source = item.No, item.Title, item.Source
			}
		}
	}
	return out
}

// itemsOf are the groups of a content that have anything in them.
func itemsOf(rules *policy.Plan, parts []content.Part) []planItem {
	items := planItems(rules)
	for i := range items {
		for _, part := range parts {
			if slices.Contains(items[i].fields, part.Name) && !part.Empty() {
				items[i].parts = append(items[i].parts, part)
			}
		}
	}
	return slices.DeleteFunc(items, func(i planItem) bool { return len(i.parts) == 0 })
}

// fieldsOf are the groups of a form.
func fieldsOf(rules *policy.Plan, fields []form.Field) []planItem {
	items := planItems(rules)
	for i := range items {
		for _, f := range fields {
			if slices.Contains(items[i].fields, f.Name) {
				items[i].form = append(items[i].form, f)
			}
		}
	}
	return slices.DeleteFunc(items, func(i planItem) bool { return len(i.form) == 0 })
}

// faulty reports whether anything in the group is wrong.
func (i planItem) faulty() bool { return slices.ContainsFunc(i.form, faulty) }

var (
	planType     = reflect.TypeFor[plan.Content]()
	planResource = reflect.TypeFor[plan.Resource]()
)

// knownPlan is what the contents of a plan refer to, looked up.
type knownPlan struct {
	known
	rules *policy.Plan
}

// knownOfPlan looks up what some contents of a plan refer to.
func (s *server) knownOfPlan(v *visit, profile *policy.Profile, contents ...plan.Content) (knownPlan, error) {
	k := knownPlan{rules: profile.Plan}
	var resources, files []string
	for _, c := range contents {
		files = append(append(files, c.Attachments...), c.RiskReport...)
		for _, r := range c.Resources {
			resources = append(resources, r.ID)
		}
	}
	var err error
	if k.known, err = s.knownOf(v, profile, nil); err != nil {
		return k, err
	}
	if k.resources, err = s.Store.ResourceTitles(v.ctx, unique(resources)); err != nil {
		return k, err
	}
	k.files, err = s.Store.Attachments(v.ctx, v.actor, unique(files))
	return k, err
}

// names implements content.Names.
func (k knownPlan) names(of reflect.Type, field, value string) (content.Value, bool) {
	switch {
	case of == planResource && field == "id":
		return titled(value, k.resources[value], "/resources/"+url.PathEscape(value)), true
	case of == planType && field == "method":
		return content.Value{Words: groundTitle(k.rules.Methods, value)}, true
	case of == planType && field == "mode":
		return content.Value{Words: modeWords(k.modes, value)}, true
	case of == planType && field == "term_months":
		return months(value), true
	case of == planType && (field == "attachments" || field == "risk_report"):
		return k.file(value), true
	default:
		return k.known.names(of, field, value)
	}
}

package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/calendar"
	"datacharter/domain/catalogue"
	"datacharter/domain/concern"
	"datacharter/domain/identity"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
	"datacharter/web/ui"
)

// resourceList is a part of the catalogue as it was searched for.
type resourceList struct {
	*visit
	at     string // address of the page with the list
	filter store.ResourceFilter
	found  []catalogue.Resource
	next   string // address of the next part; empty at the end
	basket *basket
	facets *resourceFacets // nil where the list has none
	today  calendar.Date
}

// filters are the names of the controls that narrow a list of resources, as they stand in addresses.
var filters = []string{"text", "access", "frequency", "source", "provider", "theme"}

var resourceSorts = []form.Choice{
	{Value: string(store.ByUpdate), Words: text.Text{ZH: "最近更新", EN: "last updated"}}, {Value: string(store.ByTitle), Words: text.Text{ZH: "名称", EN: "title"}},
}

// searchResources lists the resources that the address of a request asks for, led on at the address given.
func (s *server) searchResources(v *visit, at string, limit int) (*resourceList, error) {
	l := &resourceList{visit: v, at: at, filter: resourceFilter(v), today: s.today()}
	l.filter.Cursor, l.filter.Limit = v.Query("cursor"), limit
	page, err := s.Store.ListResources(v.ctx, l.filter)
	if err != nil {
		return nil, err
	}
	l.found = page.Items
	if page.Next != "" {
		l.next = l.with("cursor", page.Next)
	}
	return l, nil
}

// resourceFilter is what the address of a request asks for.
func resourceFilter(v *visit) store.ResourceFilter {
	return store.ResourceFilter{
		Text: v.Query("text"), Source: v.Query("source"), Provider: v.Query("provider"), Theme: v.Query("theme"),
		Access: catalogue.Access(v.Query("access")), Frequency: catalogue.Frequency(v.Query("frequency")), Sort: store.ResourceSort(v.Query(bySort)),
	}
}

// query is what narrows the list, and where resources are put from it.
func (l *resourceList) query() url.Values {
	out := url.Values{}
	for _, name := range append([]string{"to", bySort}, filters...) {
		if value := l.Query(name); value != "" {
			out.Set(name, value)
		}
	}
	return out
}

// with is the address of the list with one more filter; without it when the value is empty.
func (l *resourceList) with(name, value string) string {
	q := l.query()
	q.Set(name, value)
	if value == "" {
		q.Del(name)
	}
	if len(q) == 0 {
		return l.at
	}
	return l.at + "?" + q.Encode()
}

// first is the address of the beginning of the list; empty when it is what is shown.
func (l *resourceList) first() string {
	if l.filter.Cursor == "" {
		return ""
	}
	return l.with("cursor", "")
}

// narrowed reports whether anything narrows the list.
func (l *resourceList) narrowed() bool {
	for _, name := range filters {
		if l.Query(name) != "" {
			return true
		}
	}
	return false
}

// updated says how often a resource is updated, and when it was last.
func (l *resourceList) updated(r catalogue.Resource) string {
	out := l.T("更新：", "updated: ") + l.page.In(r.Frequency.Name())
	if r.Updated != "" {
		out += l.T("，最近 ", ", last on ") + r.Updated
	}
	return out
}

func accessChoices() []form.Choice {
	var out []form.Choice
	for _, a := range catalogue.Accesses() {
		out = append(out, form.Choice{Value: string(a), Words: a.Name()})
	}
	return out
}

func frequencyChoices() []form.Choice {
	var out []form.Choice
	for _, f := range catalogue.Frequencies() {
		out = append(out, form.Choice{Value: string(f), Words: f.Name()})
	}
	return out
}

// sourceChoices are the known sources, and the one that the list is narrowed to when it is another.
func (l *resourceList) sourceChoices() []form.Choice {
	keys := []string{catalogue.Shanghai, catalogue.Jiangsu, catalogue.HongKong}
	if l.filter.Source != "" && !slices.Contains(keys, l.filter.Source) {
		keys = append(keys, l.filter.Source)
	}
	var out []form.Choice
	for _, key := range keys {
		out = append(out, form.Choice{Value: key, Words: catalogue.SourceName(key)})
	}
	return out
}

// showResources is the catalogue.
func (s *server) showResources(v *visit) {
	l, err := s.searchResources(v, "/resources", pageLength)
	if err == nil {
		l.basket, err = s.basket(v)
	}
	if err == nil {
		err = s.countFacets(l)
	}
	switch {
	case err != nil:
		v.fail(err)
	case v.partOnly():
		v.part(resourcesFound(l))
	default:
		v.show(http.StatusOK, v.T("资源目录", "Catalogue"), resourcesPage(l))
	}
}

// resourcePage is all that is known of one resource.
type resourcePage struct {
	*visit
	resource catalogue.Resource
	source   catalogue.Source
	basket   *basket
	grading  *gradingSection
	held     *heldSection
	lineage  *lineageSection
	quality  casework.Quality
	reports  int64 // of the resource, which the visitor may see
}

func (s *server) showResource(v *visit) {
	r, err := s.Store.GetResource(v.ctx, v.Param("id"))
	if err != nil {
		v.fail(err)
		return
	}
	page := &resourcePage{visit: v, resource: r}
	page.source, _ = catalogue.SourceByKey(r.Source)
	if page.basket, err = s.basket(v); err != nil {
		v.fail(err)
		return
	}
	if page.grading, err = s.gradingOf(v, r); err != nil {
		v.fail(err)
		return
	}
	if page.held, err = s.heldOf(v, r); err != nil {
		v.fail(err)
		return
	}
	if page.lineage, err = s.lineageOf(v, r); err != nil {
		v.fail(err)
		return
	}
	if page.quality, err = s.Quality(v.ctx, r); err != nil {
		v.fail(err)
		return
	}
	if page.reports, err = s.Store.CountConcerns(v.ctx, v.actor, store.ConcernFilter{Kind: concern.Report, Resource: r.ID}); err != nil {
		v.fail(err)
		return
	}
	v.show(http.StatusOK, r.Title, resourceEntry(page))
}

// asPublished adds the source's own word to a value where it says something else.
func asPublished(p *ui.Page, name text.Text, published string) string {
	if published == "" || published == name.ZH {
		return p.In(name)
	}
	return p.In(name) + p.T("（原文：", " (as published: ") + published + p.T("）", ")")
}

// resourceFacts are a resource's fields in the order in which one reads them.
func resourceFacts(p *ui.Page, x catalogue.Resource) []pair {
	label := func(zh, en string) text.Text { return text.Text{ZH: zh, EN: en} }
	language := map[string]text.Text{"zh": label("中文", "Chinese"), "en": label("英文", "English")}[x.Language]
	if x.Language != "" && !language.Complete() {
		language = both(x.Language)
	}
	return []pair{
		{label("提供单位", "Provider"), x.Provider},
		{label("提供单位代码", "Code of the provider"), x.ProviderCode},
		{label("持有单位", "Holder"), x.Holder},
		{label("来源目录", "Source"), p.In(catalogue.SourceName(x.Source))},
		{label("来源内编号", "Key in the source"), x.SourceKey},
		{label("来源使用条款", "Terms of the source"), p.In(catalogue.SourceOf(x.Source).License)},
		{label("更新频率", "Updated"), asPublished(p, x.Frequency.Name(), x.FrequencyPublished)},
		{label("开放方式", "Access"), asPublished(p, x.Access.Name(), x.AccessPublished)},
		{label("领域", "Theme"), x.Theme},
		{label("主题", "Subject"), x.Subject},
		{label("行业", "Industry"), x.Industry},
		{label("应用场景", "Scenario"), x.Scenario},
		{label("标签", "Tags"), strings.Join(x.Tags, p.T("、", ", "))},
		{label("格式", "Formats"), strings.Join(x.Formats, p.T("、", ", "))},
		{label("空间范围", "Places covered"), strings.Join(x.Spatial, p.T("、", ", "))},
		{label("时间范围", "Time covered"), coverage(p, x.TemporalFrom, x.TemporalTo)},
		{label("首次发布", "First published"), x.FirstPublished},
		{label("最近更新", "Last updated"), x.Updated},
		{label("版本", "Version"), x.Version},
		{label("许可", "Licence"), x.License},
		{label("联系方式", "Contact"), x.Contact},
		{label("语言", "Language"), p.In(language)},
	}
}

// coverage says what time a resource covers; either end may be open.
func coverage(p *ui.Page, from, to string) string {
	switch {
	case from == "" && to == "":
		return ""
	case to == "":
		return p.T("自 ", "since ") + from + p.T(" 起", "")
	case from == "":
		return p.T("至 ", "until ") + to
	default:
		return from + p.T(" 至 ", " to ") + to
	}
}

// valueIn is the value of a field as a difference has it, with words for codes.
func valueIn(p *ui.Page, field, value string) string {
	switch {
	case value == "":
		return ""
	case field == "frequency":
		return p.In(catalogue.Frequency(value).Name())
	case field == "access":
		return p.In(catalogue.Access(value).Name())
	case field == "fields":
		return strings.NewReplacer("\t\t", "", "\t", " · ", "\n", p.T("；", "; ")).Replace(value)
	default:
		return value
	}
}

// landing is the resource's page in its source, when that is an address one can follow.
func (r *resourcePage) landing() string {
	u, err := url.Parse(r.resource.DetailURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// applies reports whether the visitor may draft applications.
func (v *visit) applies() bool { return v.actor.Has(identity.Applicant) }

// written marks words that are in another language than the page.
func written(p *ui.Page, language string) templ.Attributes {
	if language == "" || language == p.Language {
		return nil
	}
	if language == "zh" {
		language = "zh-CN"
	}
	return templ.Attributes{"lang": language}
}

package web

import (
	"net/http"
	"reflect"
	"strings"

	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/store"
)

// listPolicies lists the profiles of this program, and those that it no longer has but that cases were begun under.
func (s *server) listPolicies(v *visit) {
	profiles := s.Policies.All()
	kept, err := s.Store.ListPolicies(v.ctx)
	if err != nil {
		v.fail(err)
		return
	}
	for _, k := range kept {
		if _, ok := s.Policies.ByHash(k.Hash); ok {
			continue
		}
		p, err := s.ProfileByHash(v.ctx, k.Hash)
		if err != nil {
			v.fail(err)
			return
		}
		profiles = append(profiles, p)
	}
	v.show(http.StatusOK, v.T("规则方案", "Rules"), policiesPage(v, profiles))
}

// showPolicy shows a profile by its name, in its newest version, or by its hash.
func (s *server) showPolicy(v *visit) {
	ref := v.Param("ref")
	p, ok := s.Policies.Newest(ref)
	if !ok {
		if !strings.HasPrefix(ref, "sha256:") {
			v.fail(store.ErrNotFound)
			return
		}
		var err error
		if p, err = s.ProfileByHash(v.ctx, ref); err != nil {
			v.fail(err)
			return
		}
	}
	v.show(http.StatusOK, v.page.In(p.Title), policyPage(v, p))
}

// marks lists every mark with its meaning, from certain to doubtful.
var marks = []policy.Mark{policy.SeenFull, policy.Seen, policy.Derived, policy.Known, policy.Default, policy.Unsure}

// markMeans explains the marks.
var markMeans = map[policy.Mark]text.Text{
	policy.SeenFull: {ZH: "已阅读条文本身。", EN: "The article itself was read."},
	policy.Seen:     {ZH: "见于节录、摘要或者官方报道，未见全文。", EN: "Read in an excerpt, a summary or a press text, not in full."},
	policy.Derived:  {ZH: "由其他已核对的内容计算或者推得。", EN: "Calculated or concluded from what was verified."},
	policy.Known:    {ZH: "通行认识，未再复核原文。", EN: "General knowledge, not read again."},
	policy.Default:  {ZH: "没有规定设定该数值，由本系统设定；有相近规定的，参照其数值。", EN: "No rule sets it: this system's own choice, after a similar rule where there is one."},
	policy.Unsure:   {ZH: "尚未核实，采用前须核对原文。", EN: "Not verified: look at the source before relying on it."},
}

// countMarks counts how often each mark stands in a profile.
func countMarks(p *policy.Profile) map[policy.Mark]int {
	out := map[policy.Mark]int{}
	for _, m := range marksOf(p) {
		out[m]++
	}
	return out
}

// marksOf lists the marks of all that a profile sets, wherever in it they stand.
func marksOf(p *policy.Profile) []policy.Mark {
	var out []policy.Mark
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch {
		case v.Type() == reflect.TypeFor[policy.Mark]():
			out = append(out, policy.Mark(v.String()))
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		case v.Kind() == reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case v.Kind() == reflect.Pointer && !v.IsNil():
			walk(v.Elem())
		}
	}
	holds, rules := *p, p.OfConcerns() // what holds by default is on the page, too
	holds.Concerns = &rules
	walk(reflect.ValueOf(holds))
	return out
}

// rule is one figure or duty of a profile as its page shows it.
type rule struct {
	name   text.Text
	value  string // the figure in words; may be empty
	words  text.Text
	source policy.Source
	note   string // what belongs to it besides; may be empty
}

func (v *visit) limitRule(zh, en string, l policy.Limit) rule {
	r := rule{name: text.Text{ZH: zh, EN: en}, value: spanWords(v.page, l.Span), words: l.Rule, source: l.Source}
	if l.RemindBefore > 0 {
		r.note = v.T("提前"+v.page.Plural(l.RemindBefore, "个工作日提醒", ""), "reminder "+v.page.Plural(l.RemindBefore, "", "working day")+" before")
	}
	return r
}

func dutyRule(zh, en, value string, d policy.Duty) rule {
	return rule{name: text.Text{ZH: zh, EN: en}, value: value, words: d.Rule, source: d.Source}
}

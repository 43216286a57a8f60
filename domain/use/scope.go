package use

import (
	"slices"
	"sort"
	"strings"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// Code is why a use lies beyond the authorisation. It is stored: never rename one.
type Code string

// The codes.
const (
	NotOperating     Code = "not-operating"
	Suspended        Code = "suspended"
	Exiting          Code = "exiting"
	Ended            Code = "ended"
	AccessHeld       Code = "access-held"
	BeforeTerm       Code = "before-term"
	AfterTerm        Code = "after-term"
	OtherResource    Code = "resource-not-authorised"
	OtherProduct     Code = "product-not-agreed"
	ProductNotListed Code = "product-not-listed"
	OtherPurpose     Code = "purpose-not-agreed"
	OtherScenario    Code = "scenario-not-agreed"
	TooMuch          Code = "volume-exceeded"
	OwnProduct       Code = "operator-takes-its-product"
)

// CodeInfo explains a code.
type CodeInfo struct {
	Code    Code      `json:"code"`
	Words   text.Text `json:"words"`
	Article string    `json:"article"`
}

// Codes lists the codes with their words and the articles on which they rest.
var Codes = []CodeInfo{
	{NotOperating, text.Text{ZH: "当时尚未开始运营", EN: "operation had not begun then"}, "27号 Art. 14(2), 21"},
	{Suspended, text.Text{ZH: "当时授权已暂停", EN: "the authorisation was suspended then"}, "27号 Art. 15, 21"},
	{Exiting, text.Text{ZH: "当时授权正在退出", EN: "the authorisation was being ended then"}, "27号 Art. 14(9), 21"},
	{Ended, text.Text{ZH: "当时授权已终结", EN: "the authorisation had ended by then"}, "27号 Art. 14(9), 21"},
	{AccessHeld, text.Text{ZH: "当时数据访问未开放", EN: "access to the data was not open then"}, "27号 Art. 15, 21"},
	{BeforeTerm, text.Text{ZH: "早于运营期限", EN: "before the term of operation"}, "27号 Art. 14(2)"},
	{AfterTerm, text.Text{ZH: "晚于运营期限", EN: "after the term of operation"}, "27号 Art. 14(2)"},
	{OtherResource, text.Text{ZH: "资源不在协议范围内", EN: "the resource is not in the agreement"}, "27号 Art. 14(1), 21"},
	{OtherProduct, text.Text{ZH: "产品不在协议清单内", EN: "the product is not in the agreement"}, "27号 Art. 14(3), 21"},
	{ProductNotListed, text.Text{ZH: "产品当时未上架", EN: "the product was not on offer then"}, "27号 Art. 19, 21"},
	{OtherPurpose, text.Text{ZH: "用途与协议不符", EN: "the purpose is not the agreed one"}, "27号 Art. 10(7), 14(3), 21"},
	{OtherScenario, text.Text{ZH: "场景不在授权之列", EN: "the scenario is not among those authorised"}, "27号 Art. 10(4), 21"},
	{TooMuch, text.Text{ZH: "超出协议约定的用量上限", EN: "beyond the volume agreed on"}, "27号 Art. 14, 21"},
	{OwnProduct, text.Text{ZH: "运营机构成为自己已交付产品的取用方，涉嫌参与再开发", EN: "the operator takes its own delivered product, which may be re-development"}, "27号 Art. 6, 14(6)"},
}

// Info explains the code; one that this program does not know is named by itself.
func (c Code) Info() CodeInfo {
	if i := slices.IndexFunc(Codes, func(k CodeInfo) bool { return k.Code == c }); i >= 0 {
		return Codes[i]
	}
	return CodeInfo{Code: c, Words: text.Text{ZH: string(c), EN: string(c)}}
}

// Reason is one reason why a use lies beyond the authorisation.
type Reason struct {
	Code Code   `json:"code"`
	Of   string `json:"of,omitempty"` // the resource or product that is beyond
}

// Scope is what an authorisation permits while it stands as it does.
type Scope struct {
	Barred    Code // why nothing at all is permitted; empty when something is
	From, To  calendar.Date
	Resources []string
	Products  []Product
	Scenarios []string // those authorised, where it is by scenario; nil for any
	Bounds    []agreement.Bound
	Operator  string // its credit code
}

// Product is a product of the agreement.
type Product struct {
	Name   string
	Class  agreement.Class
	Listed bool
}

// byScenario is the mode of an authorisation that permits its scenarios alone (27号 Art. 10(4)).
const byScenario = "scenario"

// ScopeOf is what an authorisation permits as it stands. operator is the operator's credit code.
func ScopeOf(a *authorization.Authorization, operator string) Scope {
	s := Scope{Barred: barred(a), Operator: operator}
	if len(a.Versions) == 0 {
		return s
	}
	agreed := a.Versions[len(a.Versions)-1].Content
	s.From, s.To, s.Resources, s.Bounds = agreed.Term.From, agreed.Term.To, agreed.Resources, agreed.Volumes
	for _, p := range agreed.Products {
		listed := slices.ContainsFunc(a.Products, func(o authorization.Product) bool { return o.Name == p.Name && o.Listed })
		s.Products = append(s.Products, Product{Name: p.Name, Class: p.Class, Listed: listed})
	}
	if n := len(a.Submissions); n > 0 && a.Submissions[n-1].Content.Mode == byScenario {
		s.Scenarios = []string{}
		for _, p := range a.Submissions[n-1].Content.Products {
			if at := strings.TrimSpace(p.Scenario); at != "" {
				s.Scenarios = append(s.Scenarios, at)
			}
		}
	}
	return s
}

// barred says why nothing may be used while the authorisation stands as it does.
func barred(a *authorization.Authorization) Code {
	switch {
	case a.ClosedAt != nil:
		return Ended
	case a.State == authorization.Exiting:
		return Exiting
	case a.State == authorization.Suspended:
		return Suspended
	case a.Started == nil:
		return NotOperating
	case a.Access != authorization.AccessOpen:
		return AccessHeld
	default:
		return ""
	}
}

// Check finds for what reasons a use lies beyond the scope, volumes apart; none when it lies within.
func (s Scope) Check(u Use) []Reason {
	var out []Reason
	add := func(code Code, of string) { out = append(out, Reason{code, of}) }
	if s.Barred != "" {
		add(s.Barred, "")
	}
	day := calendar.DateOf(u.At)
	if !s.From.IsZero() && day.Before(s.From) {
		add(BeforeTerm, "")
	}
	if !s.To.IsZero() && day.After(s.To) {
		add(AfterTerm, "")
	}
	for _, id := range u.Resources {
		if !slices.Contains(s.Resources, id) {
			add(OtherResource, id)
		}
	}
	s.checkPurpose(u, add)
	if s.Scenarios != nil && !slices.Contains(s.Scenarios, strings.TrimSpace(u.Scenario)) {
		add(OtherScenario, "")
	}
	if u.Stage == ProductOperation && u.Taker != nil && u.Taker.Code != "" && u.Taker.Code == s.Operator {
		add(OwnProduct, u.Product)
	}
	return out
}

// checkPurpose looks at the product and at what it is for: what is made for public benefit is free (65号 1), so that it is not sold as something else.
func (s Scope) checkPurpose(u Use, add func(Code, string)) {
	if u.Product == "" {
		if !slices.ContainsFunc(s.Products, func(p Product) bool { return p.Class == u.Purpose }) {
			add(OtherPurpose, "")
		}
		return
	}
	i := slices.IndexFunc(s.Products, func(p Product) bool { return p.Name == u.Product })
	if i < 0 {
		add(OtherProduct, u.Product)
		return
	}
	if s.Products[i].Class != u.Purpose {
		add(OtherPurpose, u.Product)
	}
	if u.Stage == ProductOperation && !s.Products[i].Listed {
		add(ProductNotListed, u.Product)
	}
}

// Standing is what an authorisation permits from a moment on.
type Standing struct {
	Since time.Time
	Scope Scope
}

// History is what an authorisation permitted when, the earliest first. A use is judged by what was permitted at its time, not by what is when it is
// reported.
type History []Standing

// HistoryOf folds the events of an authorisation into its history.
func HistoryOf(id string, events []lifecycle.Event, operator string) (History, error) {
	c := authorization.Machine.Blank(id)
	var out History
	for i, e := range events {
		if err := authorization.Machine.Evolve(c, e); err != nil {
			return nil, err
		}
		if i+1 < len(events) && events[i+1].At.Equal(e.At) {
			continue // of the same command, or of the same moment
		}
		if a, is := c.(*authorization.Authorization); is && a.Started != nil {
			out = append(out, Standing{e.At, ScopeOf(a, operator)})
		}
	}
	return out, nil
}

// At is what was permitted at a time: nothing before operation began.
func (h History) At(t time.Time) Scope {
	i := sort.Search(len(h), func(i int) bool { return h[i].Since.After(t) })
	if i > 0 {
		return h[i-1].Scope
	}
	before := Scope{Barred: NotOperating}
	if len(h) > 0 {
		before = h[0].Scope
		before.Barred = NotOperating
	}
	return before
}

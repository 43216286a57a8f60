package words_test

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"datacharter/domain/calendar"
	"datacharter/domain/concern"
	"datacharter/domain/exit"
	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
	"datacharter/domain/use"
	"datacharter/web/words"
)

// check fails unless both wordings are there, the Chinese one is Chinese and the English one is not.
func check(t *testing.T, what string, w text.Text, found bool) {
	t.Helper()
	han := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	english := strings.NewReplacer("27号", "", "65号", "", "26号", "", "无", "").Replace(w.EN)
	if !found || !w.Complete() || !han(w.ZH) || han(english) {
		t.Errorf("%s: %q / %q", what, w.ZH, w.EN)
	}
}

// Every field of every input that a person can send has a label, and every value that he can choose has words.
func TestInputsHaveWords(t *testing.T) {
	seen := map[reflect.Type]bool{}
	for _, def := range kinds.All {
		for _, row := range def.Table().Rows {
			if row.By[0].Where != lifecycle.OfSystem {
				inputs(t, def.Input(row.Command), seen)
			}
		}
	}
	for _, of := range []reflect.Type{reflect.TypeFor[concern.ReportInput](), reflect.TypeFor[concern.DemandInput](), reflect.TypeFor[use.PlatformInput](), reflect.TypeFor[use.RevokeInput]()} {
		inputs(t, of, seen)
	}
}

func inputs(t *testing.T, of reflect.Type, seen map[reflect.Type]bool) {
	for of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct || seen[of] || of == reflect.TypeFor[calendar.Date]() || of == reflect.TypeFor[time.Time]() {
		return
	}
	seen[of] = true
	for i := range of.NumField() {
		f := of.Field(i)
		if f.Anonymous {
			inputs(t, f.Type, seen)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		label, ok := words.Field(of, name)
		check(t, of.String()+"."+name, label.Name, ok)
		if label.Hint != (text.Text{}) {
			check(t, of.String()+"."+name+" hint", label.Hint, true)
		}
		inputs(t, f.Type, seen)
		named := f.Type
		if named.Kind() == reflect.Slice {
			named = named.Elem()
		}
		for value := range strings.SplitSeq(f.Tag.Get("enum"), ",") {
			if value == "" {
				continue
			}
			w, ok := words.Choice(named, value)
			if named.Name() == "string" {
				w, ok = words.FieldChoice(of, name, value)
			}
			check(t, of.String()+"."+name+"="+value, w, ok)
		}
	}
}

func TestEventsHaveWords(t *testing.T) {
	for _, def := range kinds.All {
		for _, name := range def.Table().Events {
			w, ok := words.Event(name)
			check(t, name, w, ok)
		}
	}
}

func TestWhatTheSystemNotesHasWords(t *testing.T) {
	for _, noted := range []exit.Noted{exit.SuspensionOrdered, exit.AccessRestored, exit.NoticeSent, exit.NoticeWithdrawn, exit.ProductsRelisted, exit.StepTaken} {
		w, ok := words.Choice(reflect.TypeFor[exit.Noted](), string(noted))
		check(t, string(noted), w, ok)
	}
}

func TestUnknownValueIsShownAsItIs(t *testing.T) {
	if w := words.Value(lifecycle.TaskState("parked")); w.ZH != "parked" || w.EN != "parked" {
		t.Errorf("%+v", w)
	}
}

func TestArticlesAreNamedInChinese(t *testing.T) {
	for cited, want := range map[string]string{
		"27号 Art. 14(2)": "27号第14条第2项", "27号 Art. 13": "27号第13条", "713号令 Art. 25–28": "713号令第25–28条", "65号 parts 1–3": "65号第1–3部分", "65号": "65号",
		"27号 Art. 5, 14(3), 21": "27号第5条、第14条第3项、第21条", "行政许可法 Art. 8; 法释〔2019〕17号 Art. 16, 21": "行政许可法第8条；法释〔2019〕17号第16条、第21条",
		"26号 Art. 11 (by analogy)": "26号第11条（参照）", "党组条例": "党组条例", "GB/T 43697-2024 Annex H": "GB/T 43697-2024附录H",
	} {
		if got := words.Article(cited); got.ZH != want || got.EN != cited {
			t.Errorf("%s: %+v", cited, got)
		}
	}
}

// Every time limit that a profile or a case's rules set has a name for people.
func TestLimitsHaveNames(t *testing.T) {
	for _, name := range []string{
		"completeness", "completion", "major-decision", "agreement-drafting", "agreement-decision", "signing", "filing", "start", "operation-report",
		"expiry", "expiry-at-latest", "expiry-warning", "renewal-window", "statement", "decision", "service", "meeting",
		"review:business:2", "register-resources", "register-products", "acceptance", "formal-review", "notice", "coding", "validity", "registration-renewal", "deregistration", "recheck", "recheck:2",
		"inspection:1", "evaluation-due", "evaluation-view", "evaluation-conclusion", "audit-due", "incident-review", "complaint-acceptance", "complaint-answer", "complaint-chase", "finding-handling", "rectification", "reinspection", "finding-consequence", "complete-year", "allowance-review", "price-adjustment", "price-report", "final-settlement", "product-completion", "product-trial", "product-trial-result", "product-ceiling", "plan-completion", "plan-decision", "plan-filing", "plan-publication", "plan-comment", "plan-applications",
		"step-settle-accounts", "agency-step-return-or-delete-data",
	} {
		w, ok := words.Limit(name)
		check(t, name, w, ok)
	}
	if w, ok := words.Limit("parked"); ok {
		t.Errorf("%+v", w)
	}
}

package registration_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/registration"
)

// input is one that passes wherever the command does; of commands on a task it names the one that is open.
func (r *run) input(name, who string) any {
	task := lifecycle.TaskInput{Task: "none"}
	if i := slices.IndexFunc(r.r.Tasks, lifecycle.Task.Active); i >= 0 {
		task.Task = r.r.Tasks[i].ID
	}
	content, file := resource(), map[string]string{"registrant": "file-a", "citizen": "file-c", "supervisor": "file-s"}[who]
	switch {
	case file != "":
	case who == "registrar" || who == "reviewer" || who == "rechecker" || who == "coder" || who == "ender":
		file = "file-r"
	default:
		file = "file-" + who
	}
	if r.r.Mandate != nil {
		content = entrusted(r.r.Mandate.Powers...)
	}
	content.Joint = r.r.Joint
	if r.r.Entry != nil {
		content.Brief = "另一简介"
	}
	switch name {
	case "draft":
		return registration.DraftInput{Application: content}
	case "edit", "apply-change":
		return content
	case "resubmit":
		return registration.ResubmitInput{Statement: "已补正"}
	case "withdraw", "explain-delay":
		return registration.ReasonInput{Reason: "理由"}
	case "return":
		return registration.ReturnInput{TaskInput: task, Missing: []registration.Missing{{Path: "brief", Text: "缺少"}}}
	case "refuse", "fail-review", "decline-deregistration":
		return reasoned(task)
	case "pass-review", "deregister":
		return opinion(task)
	case "uphold", "dismiss":
		return answer(task)
	case "object", "lodge-objection":
		return objection(file)
	case "record-code":
		return r.code(task)
	case "apply-correction", "request-correction":
		return registration.CorrectionInput{Name: "另一名称", Statement: "有误"}
	case "apply-renewal":
		return registration.RenewalInput{Months: 12, Statement: "继续"}
	case "apply-deregistration", "open-deregistration":
		return registration.DeregistrationInput{Ground: "other", Statement: "依据", Attachments: []string{file}}
	case "report-misconduct":
		return registration.MisconductInput{Ground: "other", Facts: "事实", Evidence: []string{file}}
	case "report-registry":
		return registration.RegistryInput{MisconductInput: registration.MisconductInput{Ground: "other", Facts: "事实", Evidence: []string{file}}, Measure: "talk"}
	case "revoke":
		return registration.RevocationInput{Finding: 1, Reasons: "属实"}
	case "declare-interest":
		if who == "system" {
			return lifecycle.InterestInput{Person: "elsewhere"}
		}
		return lifecycle.InterestInput{}
	default:
		return task
	}
}

// place is a case standing somewhere, with the commands that each person may give there; nobody else may give any.
type place struct {
	name string
	to   func(t testing.TB) *run
	may  map[string]string
}

// onSide marks who stands on the registrant's side, and declares no interest.
const onSide = "on side:"

func places() []place {
	submitted := func(t testing.TB) *run {
		r := newRun("2026-04-29")
		r.submitted(t, "registrant", resource())
		return r
	}
	then := func(before func(testing.TB) *run, step func(testing.TB, *run)) func(testing.TB) *run {
		return func(t testing.TB) *run { r := before(t); step(t, r); return r }
	}
	claim := func(who string) func(testing.TB, *run) {
		return func(t testing.TB, r *run) { r.do(t, who, "claim", lifecycle.TaskInput{Task: r.task(t)}) }
	}
	reviewing := then(submitted, func(t testing.TB, r *run) { r.accepted(t) })
	noticed := then(reviewing, func(t testing.TB, r *run) { r.reviewed(t) })
	disputed := then(noticed, func(t testing.TB, r *run) { r.do(t, "citizen", "object", objection("file-c")) })
	rechecking := then(disputed, func(t testing.TB, r *run) { r.noticeOver(t) })
	coding := then(noticed, func(t testing.TB, r *run) { r.noticeOver(t) })
	valid := then(coding, func(t testing.TB, r *run) { r.coded(t) })
	found := then(valid, func(t testing.TB, r *run) {
		r.do(t, "registrar", "report-misconduct", r.input("report-misconduct", "registrar"))
	})
	ending := then(valid, func(t testing.TB, r *run) {
		r.do(t, "registrar", "open-deregistration", r.input("open-deregistration", "registrar"))
	})
	all := func(rest string, more map[string]string) map[string]string {
		may := map[string]string{"system": "tick", "supervisor": "report-registry"}
		for _, who := range []string{"registrar", "reviewer", "rechecker", "coder", "ender"} {
			may[who] = strings.TrimSpace("report-misconduct " + rest)
		}
		maps.Copy(may, more)
		for who := range people { // but for the registrant's side, anybody may declare an interest
			if !slices.Contains([]string{"registrant", "officer", "admin", "nobody"}, who) && !strings.HasPrefix(may[who], onSide) {
				may[who] = strings.TrimSpace(may[who] + " declare-interest")
			}
		}
		for who, commands := range may {
			may[who] = strings.TrimPrefix(commands, onSide)
		}
		return may
	}
	anybody := func(command string, may map[string]string, but ...string) map[string]string {
		for who := range people {
			if who != "nobody" && who != "system" && !slices.Contains(but, who) {
				may[who] = strings.TrimSpace(may[who] + " " + command)
			}
		}
		return may
	}
	handed := func(a registration.Application, then ...string) func(testing.TB) *run {
		return func(t testing.TB) *run {
			r := newRun("2026-04-29")
			r.do(t, "registrant", "draft", registration.DraftInput{Application: a})
			for _, command := range then {
				r.do(t, "registrant", command, registration.Nothing{})
			}
			return r
		}
	}
	registeredAs := func(a registration.Application) func(testing.TB) *run {
		return func(t testing.TB) *run { return registered(t, "2026-04-29", "registrant", a) }
	}
	confirmed := then(handed(shared()), func(t testing.TB, r *run) { r.do(t, "partner", "confirm", registration.Nothing{}) })
	later := "apply-change apply-correction apply-deregistration"
	return []place{
		{"not yet", func(testing.TB) *run { return newRun("2026-04-29") }, map[string]string{"registrant": "draft", "operator": ""}},
		{"draft", func(t testing.TB) *run {
			r := newRun("2026-04-29")
			r.do(t, "registrant", "draft", registration.DraftInput{Application: resource()})
			return r
		}, map[string]string{"registrant": "edit delete-draft submit"}},
		{"submitted", submitted, all("claim", map[string]string{"registrant": "withdraw"})},
		{"submitted, claimed", then(submitted, claim("registrar")), all("release", map[string]string{"registrant": "withdraw", "registrar": "report-misconduct accept return refuse release"})},
		{"returned", then(submitted, func(t testing.TB, r *run) {
			claim("registrar")(t, r)
			r.do(t, "registrar", "return", r.input("return", "registrar"))
		}), all("", map[string]string{"registrant": "withdraw edit resubmit"})},
		{"reviewing", reviewing, all("claim", map[string]string{"registrant": "withdraw", "registrar": "report-misconduct"})},
		{"reviewing, claimed", then(reviewing, claim("reviewer")), all("release", map[string]string{"registrant": "withdraw", "reviewer": "report-misconduct pass-review fail-review release"})},
		{"public notice", noticed, anybody("object", all("lodge-objection", map[string]string{"registrant": "withdraw"}), "registrant", "admin", "officer", "registrar", "reviewer")},
		{"public notice, disputed", disputed, anybody("object", all("lodge-objection claim", map[string]string{
			"registrant": "withdraw", "registrar": "report-misconduct lodge-objection", "reviewer": "report-misconduct lodge-objection",
		}), "registrant", "admin", "officer", "registrar", "reviewer")},
		{"rechecking, claimed", then(rechecking, claim("rechecker")), all("release", map[string]string{"registrant": "withdraw", "rechecker": "report-misconduct uphold dismiss release"})},
		{"coding", coding, all("claim", map[string]string{"registrant": "withdraw", "registrar": "report-misconduct", "reviewer": "report-misconduct"})},
		{"coding, claimed", then(coding, claim("coder")), all("release", map[string]string{"registrant": "withdraw", "coder": "report-misconduct record-code release"})},
		{"registered", valid, anybody("request-correction", all("open-deregistration", map[string]string{"registrant": later}))},
		{"registered, renewable", then(valid, func(t testing.TB, r *run) { r.pass(t, r.r.Valid.To.String()) }), anybody("request-correction", all("open-deregistration", map[string]string{"registrant": later + " apply-renewal"}))},
		{"registered, misconduct found", found, anybody("request-correction", all("open-deregistration revoke", map[string]string{
			"registrant": later, "registrar": "report-misconduct open-deregistration", "reviewer": "report-misconduct open-deregistration", "coder": "report-misconduct open-deregistration",
		}))},
		{"deregistering, claimed", then(ending, claim("ender")), all("release", map[string]string{"ender": "report-misconduct deregister decline-deregistration release"})},
		{"correction that somebody else asked for", then(valid, func(t testing.TB, r *run) {
			r.do(t, "citizen", "request-correction", r.input("request-correction", "citizen"))
		}), all("claim", map[string]string{
			"registrant": "consent-correction", "reviewer": "report-misconduct", "coder": "report-misconduct",
		})},
		{"draft with an agent", handed(entrusted(registration.PowerApplication)), map[string]string{"registrant": "edit delete-draft submit withdraw-mandate", "agent": "edit delete-draft submit"}},
		{"draft with an agent for the end alone", handed(entrusted(registration.PowerEnding)), map[string]string{"registrant": "edit delete-draft submit withdraw-mandate"}},
		{"submitted with an agent", handed(entrusted(registration.PowerApplication), "submit"), all("claim", map[string]string{"registrant": "withdraw withdraw-mandate", "agent": onSide})},
		{"returned, with an agent", then(handed(entrusted(registration.PowerApplication, registration.PowerEnding), "submit"), func(t testing.TB, r *run) {
			claim("registrar")(t, r)
			r.do(t, "registrar", "return", r.input("return", "registrar"))
		}), all("", map[string]string{"registrant": "withdraw edit resubmit withdraw-mandate", "agent": onSide + "withdraw edit resubmit"})},
		{
			"public notice, with an agent", then(then(handed(entrusted(registration.PowerEnding), "submit"), func(t testing.TB, r *run) { r.accepted(t) }), func(t testing.TB, r *run) { r.reviewed(t) }),
			anybody("object", all("lodge-objection", map[string]string{"registrant": "withdraw withdraw-mandate", "agent": onSide + "withdraw"}), "registrant", "admin", "officer", "registrar", "reviewer", "agent"),
		},
		{"registered, with an agent", registeredAs(entrusted(registration.PowerLater)), anybody("request-correction", all("open-deregistration", map[string]string{
			"registrant": later + " withdraw-mandate", "agent": onSide + "apply-change apply-correction",
		}))},
		{"registered, mandate withdrawn", then(registeredAs(entrusted(registration.Powers()...)), func(t testing.TB, r *run) {
			r.do(t, "registrant", "withdraw-mandate", registration.Nothing{})
		}), anybody("request-correction", all("open-deregistration", map[string]string{"registrant": later}))},
		{"draft of two", handed(shared()), map[string]string{"registrant": "edit delete-draft", "partner": "confirm"}},
		{"draft of two, confirmed", confirmed, map[string]string{"registrant": "edit delete-draft submit"}},
		{"draft of two, confirmed and edited", then(confirmed, func(t testing.TB, r *run) {
			again := shared()
			again.Brief = "改过的简介"
			r.do(t, "registrant", "edit", again)
		}), map[string]string{"registrant": "edit delete-draft", "partner": "confirm"}},
		{
			"submitted by two", then(confirmed, func(t testing.TB, r *run) { r.do(t, "registrant", "submit", registration.Nothing{}) }),
			all("claim", map[string]string{"registrant": "withdraw", "partner": onSide}),
		},
		{"withdrawn", then(submitted, func(t testing.TB, r *run) { r.do(t, "registrant", "withdraw", r.input("withdraw", "registrant")) }), nil},
		{"refused", then(submitted, func(t testing.TB, r *run) { r.on(t, "registrar", "refuse", reasoned) }), nil},
		{"terminated", then(disputed, func(t testing.TB, r *run) { r.on(t, "rechecker", "uphold", answer) }), nil},
		{"deregistered", then(ending, func(t testing.TB, r *run) { r.on(t, "ender", "deregister", opinion) }), nil},
		{"revoked", then(found, func(t testing.TB, r *run) { r.do(t, "ender", "revoke", r.input("revoke", "ender")) }), nil},
	}
}

// TestMatrix gives every command in every state as everybody: what is not expected is refused, and what is allowed is what a page would show.
func TestMatrix(t *testing.T) {
	rows := registration.Machine.Table().Rows
	states := map[lifecycle.State]bool{}
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			there := p.to(t)
			states[there.state()] = true
			for who, actor := range people {
				var got []string
				for _, row := range rows {
					if row.Command == lifecycle.Recount {
						continue
					}
					r := there.copy()
					refused := r.try(t, command(who, row.Command, r.input(row.Command, who)))
					if refused == nil {
						got = append(got, row.Command)
					}
				}
				want := strings.Fields(p.may[who])
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("%s: may %v, want %v", who, got, want)
				}
				if actor.IsSystem() {
					continue // it has no page
				}
				r := there.copy()
				var shown []string
				for _, a := range registration.Machine.Allowed(r.r, actor, r.env) {
					shown = append(shown, a.Command)
				}
				want = slices.DeleteFunc(want, func(command string) bool {
					row, _ := registration.Machine.Row(command)
					return row.Outside || command == lifecycle.Tick || len(row.From) == 0
				})
				slices.Sort(shown)
				if shown = slices.Compact(shown); !slices.Equal(shown, want) {
					t.Errorf("%s: is shown %v, want %v", who, shown, want)
				}
			}
		})
	}
	for _, s := range registration.Machine.Table().States {
		if !states[s.Name] && s.Name != registration.Deleted && s.Name != registration.Rechecking {
			t.Errorf("no place stands in %q", s.Name)
		}
	}
}

// copy is the same case, to be driven on its own.
func (r *run) copy() *run {
	again := must(registration.Machine.Decode(must(json.Marshal(r.r))))
	return &run{r: again.(*registration.Registration), env: r.env} //nolint:forcetypeassert // its own kind
}

// TestWalk lets everybody do anything at any time: the table holds, one person acts in one step, no code comes while an objection is open, and what is
// closed waits for nothing.
func TestWalk(t *testing.T) {
	rows := registration.Machine.Table().Rows
	who := slices.Sorted(maps.Keys(people))
	rapid.Check(t, func(t *rapid.T) {
		r := newRun("2026-04-29")
		r.do(t, "registrant", "draft", registration.DraftInput{Application: resource()})
		for range 60 {
			if rapid.IntRange(0, 5).Draw(t, "time") == 0 {
				if at, ok := r.r.WakeAt(); ok {
					if at.After(r.env.Now) {
						r.env.Now = at
					}
					r.do(t, "system", lifecycle.Tick, nil)
				}
				continue
			}
			name, person := rapid.SampledFrom(rows).Draw(t, "command").Command, rapid.SampledFrom(who).Draw(t, "who")
			if name == lifecycle.Recount || name == lifecycle.Tick {
				continue
			}
			if refused := r.try(t, command(person, name, r.input(name, person))); refused != nil && refused.Code == refusal.InvalidInput.Name && name != "record-code" && name != "edit" && name != "apply-change" {
				if fields := fmt.Sprint(refused.Fields); !strings.Contains(fields, "attachments") && !strings.Contains(fields, "evidence") && !strings.Contains(fields, "finding") && !strings.Contains(fields, "materials") {
					t.Fatalf("%s by %s: %v", name, person, refused.Fields)
				}
			}
			r.sound(t)
		}
	})
}

func (r *run) sound(t fataler) {
	t.Helper()
	steps := map[string]string{}
	for _, a := range r.r.Acts {
		if other, ok := steps[a.Person]; ok && other != a.Step {
			t.Fatalf("%s acted in %s and %s", a.Person, other, a.Step)
		}
		steps[a.Person] = a.Step
	}
	closed := registration.Machine.State(r.state()).Final
	if _, waits := r.r.WakeAt(); closed && waits || closed && slices.ContainsFunc(r.r.Tasks, lifecycle.Task.Active) {
		t.Fatalf("closed in %q and waiting", r.state())
	}
	if closed != (r.r.Closing != nil) {
		t.Fatalf("in %q, closing %v", r.state(), r.r.Closing)
	}
	if (r.r.Code == nil) != (r.r.Valid == nil) || (r.r.Code == nil) != (r.r.Entry == nil) {
		t.Fatalf("code, validity and entry do not come together")
	}
	if p := r.r.Current(); p != nil && r.r.Code != nil && p.Type == registration.First && slices.ContainsFunc(p.Objections, func(o registration.Objection) bool { return o.Answer == nil || o.Answer.Upheld }) {
		t.Fatalf("a code in spite of an objection")
	}
	if v := r.r.Valid; v != nil && !closed && calendar.DateOf(r.env.Now).After(v.To.AddDays(1)) && r.r.Current().Type != registration.Renewal && !r.r.Deadline("validity").Running() {
		t.Fatalf("valid until %v and still open on %v", v.To, r.env.Now)
	}
}

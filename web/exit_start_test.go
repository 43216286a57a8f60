package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/internal/town"
)

// standsAt checks that nothing was changed of an authorization in operation.
func (w *world) standsAt(id string, version int64) {
	w.t.Helper()
	h := w.Case(authorization.Kind, id).Head()
	if h.State != authorization.Operating || h.Version != version {
		w.t.Fatalf("the case went to %s, version %d", h.State, h.Version)
	}
}

// TestExitStart: an exit is started in three steps, the evidence attached; nothing is changed before the sentence that names the case is ticked.
func TestExitStart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Operating)
	w.Offered(id, "0.50", "0.30")
	version := w.Case(authorization.Kind, id).Head().Version
	at := "/authorizations/" + id + "/do/open-exit"
	w.as(town.Officer).get(at).wants(http.StatusForbidden)

	admin := w.as(town.Administrator)
	first := admin.get(at).wants(http.StatusOK)
	for _, way := range []string{"撤回", "撤销", "违约解除", "吊销"} {
		if !strings.Contains(first.text(), way) {
			t.Errorf("the grounds name no %s", way)
		}
	}
	// Without ground, reasons and evidence.
	again := first.form(at).submit().wants(http.StatusUnprocessableEntity)
	if len(again.faults()) == 0 {
		t.Error("an empty form has no faults")
	}
	faulty := again.form(at).set("ground", "beyond-scope").set("statement", "日志显示超范围调用。").submit().wants(http.StatusUnprocessableEntity)
	if got := strings.Join(faulty.faults(), " "); !strings.Contains(got, "证据") {
		t.Errorf("without evidence: %q", got)
	}
	w.standsAt(id, version)

	second := faulty.form(at).attach("evidence#file", "log.txt", "text/plain", []byte("calls beyond the scope")).submit().wants(http.StatusOK)
	w.standsAt(id, version)
	for _, closes := range []string{town.ProductName, "气象观测数据", "sha256:", "陈述申辩", "返还或者删除数据", "不可恢复", "log.txt", id} {
		if !strings.Contains(second.text(), closes) {
			t.Errorf("what it will close does not name %q", closes)
		}
	}
	// Back keeps what was entered.
	back := second.form(at).press(formStep, stepBack).wants(http.StatusOK)
	kept := back.form(at)
	if kept.values.Get("ground") != "beyond-scope" || kept.values.Get("statement") != "日志显示超范围调用。" || len(kept.values["evidence"]) != 1 {
		t.Errorf("gone back, the form has %v", kept.values)
	}
	second = kept.submit().wants(http.StatusOK)
	// Without the tick.
	unsure := second.form(at).press(formStep, stepTaken).wants(http.StatusUnprocessableEntity)
	w.standsAt(id, version)
	// A body that tries to skip the look does not get past it.
	skipped := second.form(at).values
	skipped.Set(formSure, "aut-another")
	skipped.Set(formStep, stepTaken)
	admin.post(at, skipped).wants(http.StatusUnprocessableEntity)
	w.standsAt(id, version)

	last := unsure.form(at).set(formSure, id)
	last.press(formStep, stepTaken).wants(http.StatusOK)
	w.Stands(authorization.Kind, id, authorization.Exiting)
	a := w.Case(authorization.Kind, id).(*authorization.Authorization)
	if r := a.ExitRequest(); r.Ground != "beyond-scope" || len(r.Evidence) != 1 || !slices.Equal(r.Products, []string{town.ProductName}) {
		t.Errorf("%+v", r)
	}
	version = a.Version
	last.press(formStep, stepTaken).wants(http.StatusOK) // a double click
	if got := w.Case(authorization.Kind, id).Head().Version; got != version {
		t.Errorf("sent twice, the case went from version %d to %d", version, got)
	}
}

// TestExitStartStale: what was looked at is what is confirmed; a case that moved on meanwhile is looked at again.
func TestExitStartStale(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Operating)
	at := "/authorizations/" + id + "/do/waive"
	signatory := w.as(town.Signatory).speaking("en")
	look := signatory.get(at).wants(http.StatusOK).form(at).set("ground", "waiver").set("statement", "The business ends.").submit().wants(http.StatusOK)
	w.Do(town.Applicant, authorization.Kind, id, "report-operation", town.Object{"year": 2026, "summary": "运营情况"})
	stale := look.form(at).set(formSure, id).press(formStep, stepTaken)
	if stale.status != http.StatusPreconditionFailed {
		t.Fatalf("%d: %s", stale.status, stale.text())
	}
	w.Stands(authorization.Kind, id, authorization.Operating)
	stale.form(at).submit().wants(http.StatusOK).form(at).set(formSure, id).press(formStep, stepTaken).wants(http.StatusOK)
	w.Stands(authorization.Kind, id, authorization.Exiting)
}

// TestExitPage: the page of an exit shows its procedure, the decision answers each point beside it, and the board shows each step with proof and sums.
func TestExitPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.ExitIn(exit.Deciding)
	at := "/exits/" + id + "/do/decide"
	decider := w.as(town.Decider)
	form := decider.get(at).wants(http.StatusOK).form(at)
	if !strings.Contains(textOf(form.node), "并未超范围") {
		t.Error("the point does not stand beside its answer")
	}
	faulty := form.set("outcome", string(exit.Terminate)).set("reasons", "查明属实。").submit().wants(http.StatusUnprocessableEntity)
	w.Stands(exit.Kind, id, exit.Deciding)
	faulty.form(at).set("answers[0].text", "与日志不符。").submit().wants(http.StatusOK)
	w.Stands(exit.Kind, id, exit.Decided)
	page := w.as(town.Officer).get("/exits/" + id + "?tab=procedure").wants(http.StatusOK)
	for _, words := range []string{"与日志不符。", "不采纳", "行政复议", "查明属实。"} {
		if !strings.Contains(page.text(), words) {
			t.Errorf("the procedure does not show %q", words)
		}
	}
	board := w.as(town.Officer).speaking("en").get("/exits/" + w.in(exit.Kind, exit.Closed)).wants(http.StatusOK)
	for _, words := range []string{"1.00", "irreversible", "示例证明1号", "10 / 10"} {
		if !strings.Contains(board.text(), words) {
			t.Errorf("the board does not show %q: %s", words, board.text())
		}
	}
	for _, state := range []lifecycle.State{
		exit.Opened, exit.Curing, exit.Hearing, exit.InHearing, exit.Resolving, exit.Served, exit.WindingDown, exit.Reinstating, exit.Surviving, exit.Stopping, exit.Stopped,
	} {
		for _, part := range []string{"procedure", "wind-down", "stand"} {
			w.as(town.Officer).get("/exits/" + w.in(exit.Kind, state) + "?tab=" + part).wants(http.StatusOK)
		}
	}
}

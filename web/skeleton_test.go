package web

import (
	"net/http"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/internal/town"
)

// TestCommandOnce: a form that is sent twice, by a double click or after going back, is carried out once.
func TestCommandOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	at := "/authorizations/" + id + "/do/accept"
	officer := w.as(town.Officer)
	form := officer.get(at).wants(http.StatusOK).form(at)
	first := form.submit().wants(http.StatusOK)
	w.Stands(authorization.Kind, id, authorization.Reviewing)
	version := w.Case(authorization.Kind, id).Head().Version
	again := form.submit().wants(http.StatusOK)
	if got := w.Case(authorization.Kind, id).Head().Version; got != version {
		t.Errorf("sent again, the case went from version %d to %d", version, got)
	}
	if first.at.Path != "/authorizations/"+id || again.at.Path != first.at.Path || first.heading() != again.heading() {
		t.Errorf("led to %s %q and %s %q", first.at, first.heading(), again.at, again.heading())
	}
}

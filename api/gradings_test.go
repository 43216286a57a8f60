package api

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/authorization"
	"datacharter/domain/catalogue"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/internal/town"
)

var (
	theSupplier = town.PersonID(town.Supplier, identity.SupplyReviewer, 1)
	theGuard    = town.PersonID(town.Agency, identity.SecurityReviewer, 1)
)

const (
	gradingPath  = base + "/resources/" + town.Resource + "/grading"
	gradingsPath = gradingPath + "s"
)

// stated is the input for a grading by the degree of harm to social order.
func stated(degree string) object {
	return object{"sector": "transport", "pairs": []object{{"object": "social-order", "degree": degree, "reason": "影响交通秩序"}}}
}

func TestRequirement17GradingOverHTTP(t *testing.T) {
	w := newWorld(t)
	none := w.get(theReader, gradingPath)
	if view := into[ResourceGrading](t, none); view.Current != nil || len(view.Missing) != 1 || view.Missing[0].Code != "graded" || none.header.Get("ETag") != `"0"` {
		t.Errorf("%s", none.body)
	}
	r := w.post(theSupplier, gradingsPath, stated("ordinary"), "If-Match", `"0"`)
	first := into[Grading](t, r)
	if r.status != http.StatusCreated || r.header.Get("ETag") != `"1"` || r.header.Get("Location") != gradingPath {
		t.Fatalf("%d %v %s", r.status, r.header, r.body)
	}
	by := identity.By{Person: theSupplier, Organization: town.Supplier, Role: identity.SupplyReviewer}
	if first.Number != 1 || first.Grade != grading.General || first.Level != 4 || first.By != by || first.Standard != grading.Standard || first.Table != grading.TableVersion || !first.At.Equal(w.Now()) {
		t.Errorf("%+v", first)
	}
	if first.TableSource.Mark != policy.Known || first.LevelSource == nil || first.LevelSource.Mark != policy.Unsure {
		t.Error("who reads the grading is not told how its table was verified")
	}
	w.post(theGuard, gradingsPath, stated("serious"), "If-Match", `"0"`).wants(t, http.StatusPreconditionFailed, "grading-superseded")
	second := into[Grading](t, w.post(theGuard, gradingsPath, stated("serious"), "If-Match", `"1"`))
	if second.Number != 2 || second.Grade != grading.Important || second.Level != 0 || second.LevelSource != nil {
		t.Errorf("%+v", second)
	}
	if view := into[ResourceGrading](t, w.get(theReader, gradingPath)); view.Current.Number != 2 || len(view.Missing) != 1 || view.Missing[0].Article == "" || view.Missing[0].Mark != policy.SeenFull {
		t.Errorf("%+v", view)
	}
	if diff := cmp.Diff([]Grading{first, second}, into[list[Grading]](t, w.get(theReader, gradingsPath)).Items); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, path := range []string{"/resources/none/grading", "/resources/none/gradings"} {
		w.get(theReader, base+path).wants(t, http.StatusNotFound, "not-found")
	}
	w.post(theGuard, base+"/resources/none/gradings", stated("serious")).wants(t, http.StatusNotFound, "not-found")
}

func TestGradingRights(t *testing.T) {
	w := newWorld(t)
	may := []string{theSupplier, theGuard, theOfficer}
	for _, post := range town.Posts {
		r := w.post(post.ID(1), gradingsPath, stated("ordinary"))
		if slices.Contains(may, post.ID(1)) {
			if r.status != http.StatusCreated {
				t.Errorf("%s: %d %s", post.ID(1), r.status, r.body)
			}
			continue
		}
		r.wants(t, http.StatusForbidden, "not-entitled")
	}
	// A security reviewer of the government holds the role, but not for a body that grades.
	w.Must(w.Store.Grant(t.Context(), town.Secretary, town.Government, identity.SecurityReviewer))
	w.post(town.Secretary, gradingsPath, stated("ordinary")).wants(t, http.StatusForbidden, "not-entitled")

	// Who may grade for several says for which.
	w.Must(w.Store.Grant(t.Context(), theGuard, town.Supplier, identity.SupplyReviewer))
	body := stated("ordinary")
	wantField(t, w.post(theGuard, gradingsPath, body), "organization", "required")
	body["organization"] = town.Operator
	wantField(t, w.post(theGuard, gradingsPath, body), "organization", "unknown-reference")
	body["organization"] = town.Supplier
	if g := into[Grading](t, w.post(theGuard, gradingsPath, body)); g.By.Role != identity.SupplyReviewer || g.By.Organization != town.Supplier {
		t.Errorf("%+v", g.By)
	}
}

func wantField(t *testing.T, r reply, path, code string) {
	t.Helper()
	p := r.wants(t, http.StatusUnprocessableEntity, "invalid-input")
	if len(p.Errors) != 1 || p.Errors[0].Path != path || p.Errors[0].Code != code || p.Errors[0].Detail == "" {
		t.Errorf("%+v, want %s %s", p.Errors, path, code)
	}
}

func TestGradingRefusesFields(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		change     func(object)
		path, code string
	}{
		{func(b object) { delete(b, "sector") }, "sector", "not-a-choice"},
		{func(b object) { delete(b, "pairs") }, "pairs", "harm-required"},
		{func(b object) { b["pairs"] = []object{{"object": "social-order", "degree": "serious"}} }, "pairs[0].reason", "required"},
		{func(b object) { b["pairs"] = []object{{"object": "moon", "degree": "serious", "reason": "x"}} }, "pairs[0].object", "not-a-choice"},
		{func(b object) { b["evidence"] = []string{"sha256:none"} }, "evidence[0]", "unknown-reference"},
		{func(b object) { b["derived_from"] = []string{town.Resource} }, "derived_from[0]", "derived-from-itself"},
		{func(b object) { b["grade"] = "general" }, "grade", "unknown-field"},
	} {
		body := stated("serious")
		c.change(body)
		wantField(t, w.post(theSupplier, gradingsPath, body), c.path, c.code)
	}
	english := w.post(theSupplier, gradingsPath, object{"sector": "energy"}, "Accept-Language", "en")
	if p := english.wants(t, 422, "invalid-input"); p.Errors[0].Detail != "State at least one impact object with its degree, or that there is no harm." {
		t.Errorf("%+v", p)
	}
	if got := into[list[Grading]](t, w.get(theReader, gradingsPath)).Items; len(got) != 0 {
		t.Errorf("a refused grading was kept: %+v", got)
	}
}

func TestGradingOnce(t *testing.T) {
	w := newWorld(t)
	body := canonical(ptr(stated("serious")))
	first := w.send(theSupplier, http.MethodPost, gradingsPath, body, "Idempotency-Key", "once")
	again := w.send(theSupplier, http.MethodPost, gradingsPath, body, "Idempotency-Key", "once")
	if first.status != http.StatusCreated || again.status != first.status || string(again.body) != string(first.body) {
		t.Errorf("%d %s\n%d %s", first.status, first.body, again.status, again.body)
	}
	w.send(theSupplier, http.MethodPost, gradingsPath, canonical(ptr(stated("ordinary"))), "Idempotency-Key", "once").wants(t, 422, "idempotency-key-reused")
	w.send(theSupplier, http.MethodPost, gradingsPath, body).wants(t, 422, "invalid-input")
	if got := into[list[Grading]](t, w.get(theReader, gradingsPath)).Items; len(got) != 1 {
		t.Errorf("%d gradings", len(got))
	}
}

// TestGradingOfADerivation: what is made of important data is important, unless it is said what was done to it.
func TestRequirement17DerivationOverHTTP(t *testing.T) {
	w := newWorld(t)
	made := catalogue.Resource{Source: catalogue.Shanghai, SourceKey: "made", Title: "气象统计", Provider: "某市气象局", Frequency: catalogue.Daily, Access: catalogue.Authorised}
	made.ID = catalogue.ResourceID(made.Source, made.SourceKey)
	_, err := w.Store.PutResources(t.Context(), []catalogue.Resource{made})
	w.Must(err)
	at := base + "/resources/" + made.ID + "/gradings"
	body := stated("ordinary")
	body["derived_from"] = []string{town.Resource}
	wantField(t, w.post(theSupplier, at, body), "derived_from[0]", "source-ungraded")
	w.post(theSupplier, gradingsPath, stated("serious"))
	wantField(t, w.post(theSupplier, at, body), "processing", "graded-below-source")
	body["processing"], body["processing_reason"] = "aggregated", "按月按区汇总，不能还原"
	g := into[Grading](t, w.post(theSupplier, at, body))
	if diff := cmp.Diff([]grading.Source{{Resource: town.Resource, Number: 1, Grade: grading.Important}}, g.Sources); diff != "" || g.Grade != grading.General {
		t.Errorf("%s\n%s", g.Grade, diff)
	}
}

// TestRaisedGrade: an open authorisation that names a resource is shown once the resource is graded higher than when it was opened, to who may see it.
func TestRaisedGrade(t *testing.T) {
	w := newWorld(t)
	w.post(theSupplier, gradingsPath, stated("ordinary"))
	w.SetNow(w.Now().Add(time.Hour))
	open, closed := w.AuthorizationIn(authorization.Submitted), w.AuthorizationIn(authorization.Closed)
	raised := func(person string) []RaisedCase {
		return into[ResourceGrading](t, w.get(person, gradingPath)).Raised
	}
	if got := raised(theOfficer); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	w.SetNow(w.Now().Add(time.Hour))
	w.post(theGuard, gradingsPath, stated("especially-serious"))
	got := raised(theOfficer)
	if len(got) != 1 || got[0].ID != open || got[0].Href != base+"/authorizations/"+open || got[0].Title == "" {
		t.Errorf("%+v, besides %s", got, closed)
	}
	if got := raised(theRival); len(got) != 0 {
		t.Errorf("a stranger sees %+v", got)
	}
	w.SetNow(w.Now().Add(time.Hour))
	w.post(theGuard, gradingsPath, stated("ordinary"))
	if got := raised(theOfficer); len(got) != 0 {
		t.Errorf("lowered again: %+v", got)
	}
}

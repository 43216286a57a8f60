package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/catalogue"
	"datacharter/domain/grading"
	"datacharter/domain/registration"
	"datacharter/internal/town"
)

const lineagePath = resourcePath + "/lineage"

func TestLineage(t *testing.T) {
	w := newWorld(t)
	if l := into[ResourceLineage](t, w.get(theReader, lineagePath)); len(l.From)+len(l.To)+len(l.Cases)+len(l.Products) > 0 || l.Unseen || l.Resource != town.Resource {
		t.Errorf("%+v", l)
	}
	made := catalogue.Resource{ID: "res-made", Source: "test", SourceKey: "made", Title: "衍生数据", Provider: "示范", Frequency: catalogue.Daily, Access: catalogue.Open}
	_, err := w.Store.PutResources(t.Context(), []catalogue.Resource{made})
	w.Must(err)
	w.post(theSupplier, gradingsPath, stated("ordinary"))
	body := stated("serious")
	body["derived_from"] = []string{town.Resource}
	if r := w.post(theSupplier, base+"/resources/res-made/gradings", body); r.status != http.StatusCreated {
		t.Fatalf("%d %s", r.status, r.body)
	}
	operating, registered := w.AuthorizationIn(authorization.Operating), w.RegistrationIn(registration.Registered)
	draft := w.Drafted()
	w.Offered(operating, "0.5", "0.25")

	officer := into[ResourceLineage](t, w.get(theOfficer, lineagePath))
	if len(officer.To) != 1 || officer.To[0].ID != made.ID || officer.To[0].Title != made.Title || officer.To[0].Grade != grading.Important || !officer.To[0].GradeWords.Complete() {
		t.Errorf("%+v", officer.To)
	}
	if from := into[ResourceLineage](t, w.get(theOfficer, base+"/resources/res-made/lineage")).From; len(from) != 1 || from[0].ID != town.Resource || from[0].Href != resourcePath {
		t.Errorf("%+v", from)
	}
	named := func(l ResourceLineage, id string) bool {
		return slices.ContainsFunc(l.Cases, func(c CaseSummary) bool { return c.ID == id })
	}
	if !named(officer, operating) || named(officer, draft) || len(officer.Products) == 0 || officer.Products[0].Authorization != operating {
		t.Errorf("%+v", officer)
	}
	if registrant := into[ResourceLineage](t, w.get(town.Registrant, lineagePath)); !named(registrant, registered) {
		t.Errorf("%+v", registrant.Cases)
	}
	// Who may not read the cases learns that there are some and what is public, and nothing else.
	reply := w.get(theReader, lineagePath)
	reader := into[ResourceLineage](t, reply)
	if len(reader.Cases) != 0 || !reader.Unseen || len(reader.Products) == 0 || strings.Contains(string(reply.body), registered) || strings.Contains(string(reply.body), draft) {
		t.Errorf("%s", reply.body)
	}
	w.get(theReader, base+"/resources/none/lineage").wants(t, http.StatusNotFound, "not-found")
}

package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/registration"
	"datacharter/internal/town"
)

// TestFromOutside: whoever is no party may object to what is under public notice and ask to have corrected what is registered, and learns nothing of the case.
func TestFromOutside(t *testing.T) {
	w := newWorld(t)
	noticed, registered, drafted := w.RegistrationIn(registration.Noticed), w.RegistrationIn(registration.Registered), w.RegistrationIn(registration.Draft)
	path := func(id, command string) string { return base + "/registrations/" + id + "/" + command }
	objection := object{"name": "王某（虚构）", "statement": "来源与事实不符", "evidence": []string{w.Evidence(town.Reader, "evidence")}}
	correction := object{"name": "气象观测逐时数据", "statement": "名称有误", "attachments": []string{w.Evidence(town.Reader, "proof")}}

	for _, r := range []reply{
		w.post(town.Reader, path(noticed, "object"), objection, "Idempotency-Key", "objection-1"),
		w.post(town.Reader, path(noticed, "object"), objection, "Idempotency-Key", "objection-1"),
		w.post(town.Reader, path(registered, "request-correction"), correction, "Idempotency-Key", "correction-1"),
	} {
		if got := into[Received](t, r); r.status != http.StatusOK || got.Case == "" || strings.Contains(string(r.body), "title") {
			t.Errorf("%d %s", r.status, r.body)
		}
		w.get(town.Reader, base+"/registrations/"+into[Received](t, r).Case).wants(t, http.StatusNotFound, "not-found")
		if told := w.get(town.Reader, commandsPath+into[Received](t, r).Command); strings.Contains(string(told.body), "materials") {
			t.Errorf("the command tells of the case: %s", told.body)
		}
	}
	c := w.Case(registration.Kind, noticed).(*registration.Registration)
	if len(c.Current().Objections) != 1 {
		t.Errorf("%d objections", len(c.Current().Objections))
	}

	for _, at := range []string{path(drafted, "object"), path(registered, "object"), path("reg-none", "object"), path(noticed, "request-correction"), path(drafted, "request-correction")} {
		w.post(town.Reader, at, objectionOr(at, objection, correction)).wants(t, http.StatusNotFound, "not-found")
	}
	delete(objection, "evidence")
	w.post(town.Reader, path(noticed, "object"), objection).wants(t, http.StatusUnprocessableEntity, "invalid-input")
	if version := w.Case(registration.Kind, noticed).Head().Version; version != c.Version {
		t.Errorf("what was refused changed the case: %d, %d", c.Version, version)
	}
	for _, public := range []lifecycle.State{registration.Submitted, registration.Reviewing, registration.Coding} {
		w.post(town.Reader, path(w.RegistrationIn(public), "object"), objection).wants(t, http.StatusNotFound, "not-found")
	}
}

func objectionOr(path string, objection, correction object) object {
	if strings.HasSuffix(path, "object") {
		return objection
	}
	return correction
}

// TestPublicRegistrations: without a token anybody reads the notices with their four items, and the results; nothing else of a registration is there.
func TestPublicRegistrations(t *testing.T) {
	w := newWorld(t)
	noticed, registered := w.RegistrationIn(registration.Noticed), w.RegistrationIn(registration.Registered)
	w.RegistrationIn(registration.Submitted)
	at := base + "/register/registrations"
	notices := into[list[PublicRegistration]](t, w.get("", at)).Items
	i := slices.IndexFunc(notices, func(r PublicRegistration) bool { return r.Registration == noticed })
	if len(notices) != 2 || i < 0 || notices[i].Notice.Registrant != town.Agency || notices[i].Result != nil {
		t.Errorf("%+v", notices)
	}
	results := into[list[PublicRegistration]](t, w.get("", at+"?of=results&registration="+registered)).Items
	if len(results) != 1 || results[0].Result.Code == "" || results[0].Notice != nil {
		t.Errorf("%+v", results)
	}
	if body := string(w.get("", at).body); strings.Contains(body, "materials") || strings.Contains(body, "依职责采集") {
		t.Errorf("%s", body)
	}
	first := w.get("", at)
	if again := w.send("", http.MethodGet, at, nil, "If-None-Match", first.header.Get("ETag")); again.status != http.StatusNotModified {
		t.Errorf("%d", again.status)
	}
	w.get("", at+"?of=everything").wants(t, http.StatusUnprocessableEntity, "invalid-input")
}

// theAgent is the registrant's clerk of the operator, who acts for others by their mandate.
var theAgent = town.PersonID(town.Operator, identity.Registrant, 1)

// TestAgentOfRegistrant: an agent drafts and hands in for a registrant, both see the case and are told, and once the mandate is withdrawn the case is gone
// for the agent.
func TestAgentOfRegistrant(t *testing.T) {
	w := newWorld(t)
	at := base + "/registrations"
	content := w.RegistrationContent("气象观测数据")
	content["for"] = town.Agency
	content["agent"] = object{"organization": town.Operator, "powers": []string{"application"}, "mandate": []string{w.Evidence(theAgent, "mandate")}}
	drafted := w.post(theAgent, at, content)
	id := into[Case](t, drafted).ID
	if id == "" {
		t.Fatalf("%d %s", drafted.status, drafted.body)
	}
	commands := func(person string) (all []string) {
		for _, a := range into[Case](t, w.get(person, at+"/"+id)).Allowed {
			all = append(all, a.Command)
		}
		return all
	}
	for person, want := range map[string][]string{theAgent: {"edit", "delete-draft", "submit"}, town.Registrant: {"edit", "delete-draft", "submit", "withdraw-mandate"}} {
		if diff := cmp.Diff(want, commands(person)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", person, diff)
		}
	}
	w.get(town.OtherApplicant, at+"/"+id).wants(t, http.StatusNotFound, "not-found")
	if c := into[Case](t, w.get(theAgent, at+"/"+id)); c.Applicant != town.Agency {
		t.Errorf("the registrant is %q", c.Applicant)
	}
	if r := w.post(theAgent, at+"/"+id+"/submit", object{}); r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.body)
	}
	events := into[list[Event]](t, w.get(town.Registrant, at+"/"+id+"/events?limit=100")).Items
	i := slices.IndexFunc(events, func(e Event) bool { return e.Type == "registration-applied" })
	if i < 0 || events[i].By.Organization != town.Operator || !strings.Contains(string(events[i].Data), `"for":"`+town.Agency+`"`) {
		t.Errorf("the record does not say who applied for whom: %+v", events[max(i, 0)])
	}
	w.post(theAgent, at+"/"+id+"/withdraw", object{"reason": "x"}).wants(t, http.StatusForbidden, "mandate-exceeded")
	w.post(theAgent, at+"/"+id+"/withdraw-mandate", object{}).wants(t, http.StatusForbidden, "not-entitled")
	if r := w.post(town.Registrant, at+"/"+id+"/withdraw-mandate", object{}); r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.body)
	}
	w.get(theAgent, at+"/"+id).wants(t, http.StatusNotFound, "not-found")
	w.post(theAgent, at+"/"+id+"/withdraw", object{"reason": "x"}).wants(t, http.StatusNotFound, "not-found")
	for _, c := range into[list[CaseSummary]](t, w.get(theAgent, at)).Items {
		if c.ID == id {
			t.Error("it is still in the agent's list")
		}
	}
}

// TestJointRegistrant: who applies together sees the draft, and it is handed in once he has confirmed it.
func TestJointRegistrant(t *testing.T) {
	w := newWorld(t)
	content := w.RegistrationContent("气象观测数据")
	content["joint"] = []string{town.Operator}
	id := into[Case](t, w.post(town.Registrant, base+"/registrations", content)).ID
	at := base + "/registrations/" + id
	r := w.post(town.Registrant, at+"/submit", object{})
	r.wants(t, http.StatusConflict, "joint-unconfirmed")
	if !strings.Contains(string(r.body), town.Operator) && !strings.Contains(string(r.body), "运营") {
		t.Errorf("who has not confirmed is not named: %s", r.body)
	}
	if r := w.post(theAgent, at+"/confirm", object{}); r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.body)
	}
	if r := w.post(town.Registrant, at+"/submit", object{}); r.status != http.StatusOK {
		t.Errorf("%d %s", r.status, r.body)
	}
}

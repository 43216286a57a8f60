package api

import (
	"net/http"
	"testing"

	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
	"datacharter/domain/registration"
	"datacharter/internal/town"
)

const (
	resourcePath = base + "/resources/" + town.Resource
	heldPath     = resourcePath + "/held"
)

// imported imports the town's resource under a title, and returns what was done.
func (w *world) imported(title string) (catalogue.Resource, catalogue.Stored) {
	w.t.Helper()
	r, err := w.Store.GetResource(w.t.Context(), town.Resource)
	w.Must(err)
	r.Title = title
	done, err := w.Store.ImportFrom("新目录.csv")(w.t.Context(), []catalogue.Resource{r})
	w.Must(err)
	return r, done[0]
}

func TestVersionsOverHTTP(t *testing.T) {
	w := newWorld(t)
	w.imported("改名")
	got := into[list[ResourceVersion]](t, w.get(town.Reader, resourcePath+"/versions?limit=1"))
	if len(got.Items) != 1 || got.Next == "" || got.Items[0].Number != 2 || got.Items[0].File != "新目录.csv" || got.Items[0].Content.Title != "改名" {
		t.Fatalf("%+v", got)
	}
	if d := got.Items[0].Differences; len(d) != 1 || d[0].Field != "title" || d[0].To != "改名" || d[0].Words.ZH != "名称" {
		t.Errorf("%+v", d)
	}
	rest := into[list[ResourceVersion]](t, w.get(town.Reader, resourcePath+"/versions?limit=1&cursor="+got.Next))
	if len(rest.Items) != 1 || rest.Next != "" || rest.Items[0].Number != 1 || len(rest.Items[0].Differences) != 0 {
		t.Errorf("%+v", rest)
	}
	w.get(town.Reader, base+"/resources/none/versions").wants(t, http.StatusNotFound, "not-found")
	w.get("", resourcePath+"/versions").wants(t, http.StatusUnauthorized, "unauthenticated")
}

// TestHeldChange: a registered entry changes by its registrant or registry alone, whatever is imported.
func TestHeldChange(t *testing.T) {
	w := newWorld(t)
	if state := into[HeldState](t, w.get(town.Reader, heldPath)); state.Registered || state.Change != nil || state.MayDecide {
		t.Errorf("%+v", state)
	}
	w.RegistrationIn(registration.Registered)
	before, _ := w.Store.GetResource(t.Context(), town.Resource)
	says, done := w.imported("来源改名")
	if done != catalogue.Held {
		t.Fatalf("the import %s a registered resource", done)
	}
	entry := into[ResourceEntry](t, w.get(town.Reader, resourcePath))
	if entry.Title != before.Title || entry.Held == nil || entry.Held.Digest != says.Digest() || entry.Held.File != "新目录.csv" || len(entry.Held.Differences) != 1 || !entry.Held.SourceName.Complete() {
		t.Errorf("%+v", entry.Held)
	}
	if state := into[HeldState](t, w.get(town.Reader, heldPath)); !state.Registered || state.Change == nil || state.MayDecide {
		t.Errorf("%+v", state)
	}
	if state := into[HeldState](t, w.get(town.Registrant, heldPath)); !state.MayDecide {
		t.Errorf("the registrant may not decide: %+v", state)
	}
	adopt, dismiss := heldPath+"/adopt", heldPath+"/dismiss"
	body := object{"digest": says.Digest(), "reason": "登记内容为准"}
	for _, post := range town.Posts {
		if post.Role != identity.Registrant && post.Role != identity.Registrar {
			w.post(post.ID(1), dismiss, body).wants(t, http.StatusForbidden, "not-entitled")
		}
	}
	// One who registers for somebody else holds the role, but not for this resource.
	w.Must(w.Store.Grant(t.Context(), town.Reader, town.Supplier, identity.Registrant))
	w.post(town.Reader, dismiss, body).wants(t, http.StatusForbidden, "not-entitled")

	w.post(town.Registrant, adopt, object{"digest": before.Digest()}).wants(t, http.StatusPreconditionFailed, "held-superseded")
	wantField(t, w.post(town.Registrant, dismiss, object{"digest": says.Digest()}), "reason", "required")
	wantField(t, w.post(town.Registrant, dismiss, object{"digest": says.Digest(), "reason": "x", "organization": "none"}), "organization", "unknown-reference")
	w.send(town.Registrant, http.MethodPost, dismiss, canonical(&body)).wants(t, http.StatusUnprocessableEntity, "invalid-input") // without a key
	w.post(town.Registrant, base+"/resources/none/held/adopt", body).wants(t, http.StatusNotFound, "not-found")

	first := w.post(town.Registrant, dismiss, body, "Idempotency-Key", "once")
	again := w.post(town.Registrant, dismiss, body, "Idempotency-Key", "once")
	dismissed := into[catalogue.Decision](t, first)
	if first.status != http.StatusOK || string(first.body) != string(again.body) || dismissed.Outcome != catalogue.WasDismissed || dismissed.By.Role != identity.Registrant || dismissed.Reason != "登记内容为准" {
		t.Errorf("%d %s\n%d %s", first.status, first.body, again.status, again.body)
	}
	w.post(town.Registrant, adopt, body, "Idempotency-Key", "once").wants(t, 422, "idempotency-key-reused")
	w.post(town.Registrant, adopt, body).wants(t, http.StatusConflict, "no-held-change")

	says, _ = w.imported("来源再改名")
	adopted := into[catalogue.Decision](t, w.post(town.Registrar(1), adopt, object{"digest": says.Digest()}))
	if adopted.Number != 2 || adopted.Outcome != catalogue.WasAdopted || adopted.By.Role != identity.Registrar {
		t.Errorf("%+v", adopted)
	}
	state := into[HeldState](t, w.get(town.Reader, heldPath))
	versions := into[list[ResourceVersion]](t, w.get(town.Reader, resourcePath+"/versions")).Items
	if state.Change != nil || len(state.Decisions) != 2 || len(versions) != 2 || versions[0].Decision == nil || versions[0].Decision.By.Person != town.Registrar(1) || versions[0].Content.Title != "来源再改名" {
		t.Errorf("%+v\n%+v", state, versions)
	}
	if entry := into[ResourceEntry](t, w.get(town.Reader, resourcePath)); entry.Title != "来源再改名" || entry.Held != nil {
		t.Errorf("%+v", entry)
	}
}

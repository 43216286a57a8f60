package api

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"datacharter/domain/authorization"
	"datacharter/domain/use"
	"datacharter/internal/town"
)

var theReporter = town.Reporter

// reporting is an authorisation in operation with a platform of its operator.
type reporting struct {
	*world
	id, platform string
	sign         func(body []byte) string
	number       int64
}

func pemOf(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func ed25519Key(t testing.TB) (public string, sign func([]byte) string) {
	t.Helper()
	key, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pemOf(der), func(body []byte) string { return base64.StdEncoding.EncodeToString(ed25519.Sign(private, body)) }
}

func sm2Key(t testing.TB) (public string, sign func([]byte) string) {
	t.Helper()
	key, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := smx509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return pemOf(der), func(body []byte) string {
		signature, err := key.Sign(rand.Reader, body, sm2.NewSM2SignerOption(true, nil))
		if err != nil {
			t.Fatal(err)
		}
		return base64.StdEncoding.EncodeToString(signature)
	}
}

func (w *world) reporting(id string, key func(testing.TB) (string, func([]byte) string)) *reporting {
	w.t.Helper()
	public, sign := key(w.t)
	r := w.post(theApplicant, base+"/authorizations/"+id+"/platforms", object{"name": "可信计算平台", "key": public})
	if r.status != http.StatusCreated {
		w.t.Fatalf("%d %s", r.status, r.body)
	}
	return &reporting{world: w, id: id, platform: into[Platform](w.t, r).ID, sign: sign}
}

// inOperation is an authorisation whose product is on offer.
func (w *world) inOperation() string {
	w.t.Helper()
	id := w.AuthorizationIn(authorization.Operating)
	w.Offered(id, "2", "1")
	w.SetNow(w.Now().Add(time.Hour))
	return id
}

func (r *reporting) event(id string, change ...any) object {
	e := object{
		"id": id, "at": r.Now().Add(-time.Minute).Format(time.RFC3339), "stage": "product-operation", "resources": []string{resource}, "product": town.ProductName,
		"purpose": "industry", "scenario": "农业保险", "taker": object{"name": "某保险公司（虚构）"}, "volume": 5, "unit": "calls",
	}
	for i := 0; i+1 < len(change); i += 2 {
		e[change[i].(string)] = change[i+1]
	}
	return e
}

// batch makes the bytes of the next batch.
func (r *reporting) batch(id string, events ...object) []byte {
	r.number++
	body, err := json.Marshal(object{"platform": r.platform, "batch": id, "number": r.number, "events": events})
	r.Must(err)
	return body
}

func (r *reporting) send(person string, body []byte, signature string) reply {
	return r.world.send(person, http.MethodPost, platformsPath+"/"+r.platform+"/batches", body, "DataCharter-Signature", signature)
}

func (r *reporting) report(body []byte) reply { return r.send(theReporter, body, r.sign(body)) }

func (r *reporting) receipt(body []byte) UseReceipt {
	r.t.Helper()
	answer := r.report(body)
	if answer.status != http.StatusCreated {
		r.t.Fatalf("%d %s", answer.status, answer.body)
	}
	return into[UseReceipt](r.t, answer)
}

func (r *reporting) totals(person string) []UseTotal {
	r.t.Helper()
	return into[list[UseTotal]](r.t, r.get(person, base+"/authorizations/"+r.id+"/use-totals?per=term")).Items
}

// TestRequirement49UseIsReportedAndJudged: what is within the scope is added up, what lies beyond is kept and raised, and a repeat changes nothing.
func TestRequirement49UseIsReportedAndJudged(t *testing.T) {
	w := newWorld(t)
	id := w.inOperation()
	for name, key := range map[string]func(testing.TB) (string, func([]byte) string){"ed25519": ed25519Key, "sm2": sm2Key} {
		r := w.reporting(id, key)
		before := r.totals(theOfficer)
		body := r.batch("b-1", r.event("e1"), r.event("e2", "resources", []string{resource, "res-other"}), r.event("e3", "volume", 7))
		first := r.report(body)
		got := into[UseReceipt](t, first)
		if first.status != http.StatusCreated || got.Position != 1 || got.Events != 3 || len(got.OutOfScope) != 1 || got.OutOfScope[0].Event != "e2" {
			t.Fatalf("%s: %d %s", name, first.status, first.body)
		}
		if reason := got.OutOfScope[0].Reasons[0]; reason.Code != use.OtherResource || reason.Of != "res-other" || !reason.Words.Complete() || reason.Article != "27号 Art. 14(1), 21" {
			t.Errorf("%+v", reason)
		}
		if again := r.report(body); again.status != first.status || !bytes.Equal(again.body, first.body) {
			t.Errorf("a repeat is answered %d %s", again.status, again.body)
		}
		after := r.totals(theOfficer)
		volume, events, beyond := after[0].Volume, after[0].Events, after[0].OutOfScopeEvents
		if len(before) > 0 {
			volume, events, beyond = volume-before[0].Volume, events-before[0].Events, beyond-before[0].OutOfScopeEvents
		}
		if len(after) != 1 || volume != 12 || events != 2 || beyond != 1 || after[0].Product != town.ProductName || after[0].StageWords.ZH != "产品经营" {
			t.Errorf("%s: %+v", name, after)
		}
		second := r.receipt(r.batch("b-2", r.event("e4")))
		if second.Position != 2 || second.Prev != got.Hash {
			t.Errorf("%+v", second)
		}
		if p := into[Platform](t, w.get(theAuditor, platformsPath+"/"+r.platform)); p.Algorithm != name || p.Head != second.Hash || p.Batches != 2 {
			t.Errorf("%+v", p)
		}
	}
	for _, person := range []string{theOfficer, theAuditor} {
		if got := w.subjects(person, id); !slices.Contains(got, "use-beyond-scope") {
			t.Errorf("%s is told %v", person, got)
		}
	}
}

// TestRequirement49UseIsAskedAboutBefore: what would lie beyond the scope is refused before it happens, and the refusal is kept.
func TestRequirement49UseIsAskedAboutBefore(t *testing.T) {
	w := newWorld(t)
	r := w.reporting(w.inOperation(), ed25519Key)
	at := platformsPath + "/" + r.platform + "/check"
	question := r.event("")
	delete(question, "id")
	delete(question, "at")
	if got := into[UseAnswer](t, w.post(theReporter, at, question)); !got.Allowed || len(got.Reasons) != 0 {
		t.Errorf("%+v", got)
	}
	question["product"] = "画像"
	raw, err := json.Marshal(question)
	w.Must(err)
	ask := func() reply { return w.send(theReporter, http.MethodPost, at, raw, "Idempotency-Key", "q") }
	first := ask()
	if got := into[UseAnswer](t, first); got.Allowed || got.Reasons[0].Code != use.OtherProduct {
		t.Errorf("%s", first.body)
	}
	w.SetNow(w.Now().Add(time.Minute))
	if again := ask(); !bytes.Equal(again.body, first.body) {
		t.Errorf("a repeat is answered %s", again.body)
	}
	w.send(theReporter, http.MethodPost, at, []byte(strings.Replace(string(raw), "画像", "别的", 1)), "Idempotency-Key", "q").wants(t, 422, "idempotency-key-reused")
	kept := into[list[RefusedUse]](t, w.get(theOfficer, base+"/authorizations/"+r.id+"/refused-uses")).Items
	if len(kept) != 1 || kept[0].Product != "画像" || kept[0].Reasons[0].Code != use.OtherProduct || kept[0].Taker == nil {
		t.Errorf("%+v", kept)
	}
	if got := r.totals(theOfficer); len(got) != 0 {
		t.Errorf("a question counts: %+v", got)
	}
	wantField(t, w.post(theReporter, at, object{"stage": "use", "purpose": "industry", "unit": "calls"}), "resources", "required")
}

// TestUseOfASuspendedAuthorisation: what was used before a suspension is judged by what was permitted then.
func TestUseOfASuspendedAuthorisation(t *testing.T) {
	w := newWorld(t)
	r := w.reporting(w.inOperation(), ed25519Key)
	before := r.event("before")
	w.do(theAdmin, authorizationsAt(r.id, "suspend"), object{"ground": "price", "authority": "局长办公会", "reason": "调查"})
	w.SetNow(w.Now().Add(time.Hour))
	got := r.receipt(r.batch("b", before, r.event("after")))
	if len(got.OutOfScope) != 1 || got.OutOfScope[0].Event != "after" || got.OutOfScope[0].Reasons[0].Code != use.Suspended {
		t.Errorf("%+v", got.OutOfScope)
	}
	w.do(theAdmin, authorizationsAt(r.id, "resume"), object{"reason": "查清"})
	w.SetNow(w.Now().Add(time.Hour))
	if got := r.receipt(r.batch("c", r.event("again"))); len(got.OutOfScope) != 0 {
		t.Errorf("%+v", got.OutOfScope)
	}
}

// TestBatchesThatAreRefused: a batch with a fault is refused as a whole, with a code and the field, and changes nothing.
func TestBatchesThatAreRefused(t *testing.T) {
	w := newWorld(t)
	r := w.reporting(w.inOperation(), ed25519Key)
	body := r.batch("b-1", r.event("e1"))
	_, other := ed25519Key(t)
	r.send(theReporter, body, "").wants(t, http.StatusForbidden, "signature-missing")
	r.send(theReporter, body, other(body)).wants(t, http.StatusForbidden, "signature-wrong")
	r.send(theReporter, body, "???").wants(t, http.StatusForbidden, "signature-wrong")
	r.send(theReporter, append([]byte(" "), body...), r.sign(body)).wants(t, http.StatusForbidden, "signature-wrong")
	r.send(theSignatory, body, r.sign(body)).wants(t, http.StatusForbidden, "not-entitled")
	r.send(theAdmin, body, r.sign(body)).wants(t, http.StatusForbidden, "not-entitled")
	r.send(theRival, body, r.sign(body)).wants(t, http.StatusNotFound, "not-found")
	r.send(theReader, body, r.sign(body)).wants(t, http.StatusForbidden, "not-entitled")

	for field, c := range map[string]struct{ code, from, to string }{
		"platform":             {"other-platform", r.platform, "plt-other"},
		"batch":                {"bad-event-id", `"b-1"`, `"b 1"`},
		"number":               {"batch-number-too-far", `"number":1`, `"number":123456`},
		"events[0].id":         {"bad-event-id", `"e1"`, `"e/1"`},
		"events[0].at":         {"time-in-future", w.Now().Add(-time.Minute).Format(time.RFC3339), w.Now().Add(time.Hour).Format(time.RFC3339)},
		"events[0].stage":      {"not-a-choice", `"product-operation"`, `"theft"`},
		"events[0].volume":     {"too-small", `"volume":5`, `"volume":-5`},
		"events[0].surprise":   {"unknown-field", `"volume":5`, `"volume":5,"surprise":1`},
		"events[0].taker.name": {"required", `{"name":"某保险公司（虚构）"}`, `{}`},
	} {
		wrong := []byte(strings.Replace(string(body), c.from, c.to, 1))
		if bytes.Equal(wrong, body) {
			t.Fatalf("%s: nothing is wrong", field)
		}
		wantField(t, r.report(wrong), field, c.code)
	}
	r.report([]byte("{")).wants(t, http.StatusBadRequest, "bad-json")
	r.report(bytes.Repeat([]byte(" "), use.MaxBytes+1)).wants(t, http.StatusRequestEntityTooLarge, "body-too-large")
	many := make([]object, use.MaxEvents+1)
	for i := range many {
		many[i] = r.event(fmt.Sprint("m", i))
	}
	wantField(t, r.report(r.batch("b-many", many...)), "events", "too-many")

	if got := r.totals(theOfficer); len(got) != 0 {
		t.Errorf("what was refused counts: %+v", got)
	}
	r.receipt(body)
	changed := bytes.Replace(body, []byte(`"volume":5`), []byte(`"volume":6`), 1)
	r.report(changed).wants(t, http.StatusConflict, "batch-changed")
	r.report(bytes.Replace(changed, []byte(`"b-1"`), []byte(`"b-1b"`), 1)).wants(t, http.StatusConflict, "batch-number-taken")
	wantField(t, r.report(r.batch("b-2", r.event("e9"), r.event("e1"))), "events[1].id", "reported-before")
	r.number = 9
	r.receipt(r.batch("b-9", r.event("e2")))
	if p := into[Platform](t, w.get(theApplicant, platformsPath+"/"+r.platform)); !slices.Equal(p.Missing, []use.Gap{{From: 2, To: 9}}) {
		t.Errorf("%+v", p.Missing)
	}
	second := w.reporting(r.id, ed25519Key)
	second.send(theReporter, body, second.sign(body)).wants(t, http.StatusUnprocessableEntity, "invalid-input") // it names the first platform

	if p := into[Platform](t, w.post(theApplicant, platformsPath+"/"+r.platform+"/revoke", object{"reason": "私钥泄露"})); p.Revoked == nil || p.Revoked.Reason != "私钥泄露" {
		t.Errorf("%+v", p)
	}
	r.report(r.batch("b-10", r.event("e3"))).wants(t, http.StatusForbidden, "platform-revoked")
	w.post(theReporter, platformsPath+"/"+r.platform+"/check", r.event("x")).wants(t, http.StatusUnprocessableEntity, "invalid-input") // an ID is no part of a question
}

// TestPlatformsAreTheOperators: its people register and revoke them once there is an agreement; nobody else does.
func TestPlatformsAreTheOperators(t *testing.T) {
	w := newWorld(t)
	public, _ := ed25519Key(t)
	draft := w.AuthorizationIn(authorization.Submitted)
	w.post(theApplicant, base+"/authorizations/"+draft+"/platforms", object{"name": "p", "key": public}).wants(t, http.StatusConflict, "agreement-needed")
	r := w.reporting(w.inOperation(), ed25519Key)
	at := base + "/authorizations/" + r.id + "/platforms"
	wantField(t, w.post(theApplicant, at, object{"name": "p", "key": "-----BEGIN PUBLIC KEY-----"}), "key", "bad-public-key")
	wantField(t, w.post(theApplicant, at, object{"name": " ", "key": public}), "name", "required")
	for person, status := range map[string]int{theRival: http.StatusNotFound, theOfficer: http.StatusForbidden, theReporter: http.StatusForbidden, theAuditor: http.StatusForbidden} {
		if got := w.post(person, at, object{"name": "p", "key": public}).status; got != status {
			t.Errorf("%s registers: %d", person, got)
		}
		if got := w.post(person, platformsPath+"/"+r.platform+"/revoke", object{"reason": "x"}).status; got != status {
			t.Errorf("%s revokes: %d", person, got)
		}
	}
	body := []byte(fmt.Sprintf(`{"name":"同一","key":%q}`, public))
	first := w.send(theSignatory, http.MethodPost, at, body, "Idempotency-Key", "p")
	if again := w.send(theSignatory, http.MethodPost, at, body, "Idempotency-Key", "p"); first.status != http.StatusCreated || !bytes.Equal(first.body, again.body) {
		t.Errorf("%d %s", again.status, again.body)
	}
	for range use.MaxPlatforms - 2 {
		w.reporting(r.id, ed25519Key)
	}
	w.post(theApplicant, at, object{"name": "p", "key": public}).wants(t, http.StatusConflict, "too-many-platforms")
	if got := into[list[Platform]](t, w.get(theOfficer, at)).Items; len(got) != use.MaxPlatforms {
		t.Errorf("%d are listed", len(got))
	}
}

// TestTakersAreNotForAll: who takes products is told to the operator, the agency and supervisors alone.
func TestTakersAreNotForAll(t *testing.T) {
	w := newWorld(t)
	r := w.reporting(w.inOperation(), ed25519Key)
	r.receipt(r.batch("b", r.event("e1"), r.event("e2", "resources", []string{"res-other"})))
	for person, told := range map[string]bool{theApplicant: true, theOfficer: true, theAuditor: true, theSupplier: false} {
		got := into[list[RecordedUse]](t, w.get(person, base+"/authorizations/"+r.id+"/uses?out_of_scope=true")).Items
		if len(got) != 1 || got[0].ID != "e2" || (got[0].Taker != nil) != told {
			t.Errorf("%s is told %+v", person, got)
		}
	}
	for _, path := range []string{"/uses", "/use-totals", "/use-batches", "/refused-uses", "/platforms"} {
		w.get(theRival, base+"/authorizations/"+r.id+path).wants(t, http.StatusNotFound, "not-found")
	}
	batches := into[list[UseReceipt]](t, w.get(theSupplier, base+"/authorizations/"+r.id+"/use-batches")).Items
	if len(batches) != 1 || batches[0].Hash == "" || len(batches[0].OutOfScope) != 1 {
		t.Errorf("%+v", batches)
	}
}

// FuzzBatches: whatever a platform sends, it is answered with a receipt or a problem, never with an error of the system.
func FuzzBatches(f *testing.F) {
	w := newWorld(f)
	r := w.reporting(w.inOperation(), ed25519Key)
	f.Add(r.batch("b-1", r.event("e1")))
	f.Add([]byte(`{"platform":"x","batch":"\u0000","number":1e3,"events":[null]}`))
	f.Add([]byte(`{"events":[{"at":"9999-12-31T23:59:59Z","resources":[null],"volume":1.5}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		one, mine := *w, *r
		one.t, mine.world = t, &one
		if got := mine.report(body); got.status >= http.StatusInternalServerError || got.status < http.StatusOK {
			t.Errorf("%d %s", got.status, got.body)
		}
	})
}

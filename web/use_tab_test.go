package web

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"slices"
	"strings"
	"testing"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/use"
	"datacharter/internal/town"
)

func platformKey(w *world) (public string, private ed25519.PrivateKey) {
	key, private, err := ed25519.GenerateKey(nil)
	w.Must(err)
	der, err := x509.MarshalPKIXPublicKey(key)
	w.Must(err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})), private
}

// reports reports some uses of a resource under an authorisation, with a running number that leaves a gap.
func (w *world) reports(platform string, key ed25519.PrivateKey, number int64, resources ...string) {
	w.t.Helper()
	b := use.Batch{Platform: platform, ID: "b-" + strings.Join(resources, "-"), Number: number}
	for i, r := range resources {
		b.Events = append(b.Events, use.Event{ID: b.ID + string(rune('a'+i)), Use: use.Use{
			At: w.Now(), Stage: use.Using, Resources: []string{r}, Purpose: "industry", Scenario: "农业保险", Taker: &use.Taker{Name: "某保险公司（虚构）"}, Volume: 12, Unit: use.Calls,
		}})
	}
	body, err := json.Marshal(b)
	w.Must(err)
	_, refused, err := w.Desk.ReportUse(w.t.Context(), w.Actor(town.Reporter), casework.BatchOrder{
		Platform: platform, Body: body, Signature: base64.StdEncoding.EncodeToString(ed25519.Sign(key, body)), Batch: b,
	})
	w.Must(err)
	if refused != nil {
		w.t.Fatalf("%+v", refused)
	}
}

// ledger is the use ledger of the authorisation in operation, with what two platforms reported, and the ID of one in use.
func (w *world) ledger() (id, platform string) {
	w.t.Helper()
	const known = "platform in use"
	id = w.in(authorization.Kind, authorization.Operating)
	if w.cases[known] != "" {
		return id, w.cases[known]
	}
	actor := w.Actor(town.Applicant)
	register := func(name string) (string, ed25519.PrivateKey) {
		public, private := platformKey(w)
		p, refused, err := w.Desk.RegisterPlatform(w.t.Context(), actor, casework.PlatformOrder{Authorization: id, Key: name, Register: &use.PlatformInput{Name: name, Key: public}})
		w.Must(err)
		if refused != nil {
			w.t.Fatalf("%+v", refused)
		}
		return p.ID, private
	}
	old, key := register("旧平台")
	w.reports(old, key, 3, town.Resource)
	_, _, err := w.Desk.RevokePlatform(w.t.Context(), actor, casework.PlatformOrder{Platform: old, Revoke: &use.RevokeInput{Reason: "私钥更换"}})
	w.Must(err)
	platform, key = register("可信计算平台")
	w.reports(platform, key, 1, town.Resource, "res-other", town.Resource)
	_, refused, err := w.Desk.AskUse(w.t.Context(), w.Actor(town.Reporter), casework.UseQuestion{Platform: platform, Key: "q", Use: use.Use{
		Stage: use.Processing, Resources: []string{"res-other"}, Purpose: "public-benefit", Volume: 1, Unit: use.Records,
	}})
	w.Must(err)
	if refused != nil {
		w.t.Fatalf("%+v", refused)
	}
	w.cases[known] = platform
	return id, platform
}

func useTabs(w *world) []call {
	id, _ := w.ledger()
	at := "/authorizations/" + id + "?tab=use"
	return []call{{town.Applicant, at}, {town.PersonID(town.Supplier, "supply-reviewer", 1), at + "&per=day"}}
}

func revoking(w *world) []call {
	_, platform := w.ledger()
	return []call{{town.Applicant, "/platforms/" + platform + "/revoke"}}
}

// TestUseTab: the ledger shows what use comes to, what lies beyond the scope and why, the batches, and the platforms with the numbers that are missing.
func TestUseTab(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, _ := w.ledger()
	at := "/authorizations/" + id + "?tab=use"
	officer := w.as(town.Officer).get(at).wants(http.StatusOK)
	for _, says := range []string{"使用", "36 次调用", "超出 1", "资源不在协议范围内：res-other", "27号第14条第1项、第21条", "某保险公司（虚构）", "旧平台", "已停用", "私钥更换", "1–2", "用途与协议不符"} {
		if !strings.Contains(officer.text(), says) {
			t.Errorf("the ledger does not say %q:\n%s", says, officer.text())
		}
	}
	for _, hides := range []string{"登记平台", "停用公钥"} {
		if strings.Contains(officer.text(), hides) {
			t.Errorf("an officer is offered %q", hides)
		}
	}
	if p := w.as(town.PersonID(town.Supplier, "supply-reviewer", 1)).get(at).wants(http.StatusOK); strings.Contains(p.text(), "某保险公司") || !strings.Contains(p.text(), "不向您显示") {
		t.Error("a supplier is told who takes products")
	}
	if p := w.as(town.Officer).speaking("en").get(at).wants(http.StatusOK); !strings.Contains(p.text(), "the resource is not in the agreement: res-other") {
		t.Error(p.text())
	}
	w.as(town.OtherApplicant).get(at).wants(http.StatusNotFound)
}

// TestPlatformPages: the operator's people register a platform and end its key on pages; others do not.
func TestPlatformPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, _ := w.ledger()
	at := "/authorizations/" + id + "/platforms/new"
	public, key := platformKey(w)
	mine := w.as(town.Applicant)
	wrong := mine.get(at).wants(http.StatusOK).form(at).set("name", "新平台").set("key", "AAAA").submit().wants(http.StatusUnprocessableEntity)
	if got := strings.Join(wrong.faults(), " "); !strings.Contains(got, "公钥") || wrong.form(at).values.Get("name") != "新平台" {
		t.Errorf("%q", got)
	}
	done := wrong.form(at).set("key", strings.ReplaceAll(public, "\n", "\r\n")).submit().wants(http.StatusOK)
	if !strings.Contains(done.text(), "平台已登记") || !strings.Contains(done.text(), "新平台") {
		t.Error(done.text())
	}
	platforms, err := w.Store.UsePlatforms(t.Context(), id)
	w.Must(err)
	added := platforms[slices.IndexFunc(platforms, func(p use.Platform) bool { return p.Name == "新平台" })]
	w.reports(added.ID, key, 1, town.Resource)
	revoke := revokePlatformURL(added)
	mine.get(revoke).wants(http.StatusOK).form(revoke).submit().wants(http.StatusUnprocessableEntity)
	if p := mine.get(revoke).form(revoke).set("reason", "私钥泄露").submit().wants(http.StatusOK); !strings.Contains(p.text(), "私钥泄露") {
		t.Error(p.text())
	}
	w.as(town.OtherApplicant).get(revoke).wants(http.StatusNotFound)
	w.as(town.OtherApplicant).get(at).wants(http.StatusNotFound)
	w.as(town.Officer).get(at).wants(http.StatusForbidden)
	if p := w.as(town.Reporter).get("/use-guide").wants(http.StatusOK); !strings.Contains(p.text(), "openssl genpkey") {
		t.Error(p.text())
	}
}

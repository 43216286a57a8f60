package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

func someResource(key, title string) catalogue.Resource {
	return catalogue.Resource{
		ID: catalogue.ResourceID(catalogue.Shanghai, key), Source: catalogue.Shanghai, SourceKey: key, Title: title, Provider: "市虚构局",
		Frequency: catalogue.Daily, Access: catalogue.Open, Updated: "2026-01-01",
	}
}

func testResources(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	put := func(resources ...catalogue.Resource) []catalogue.Stored {
		t.Helper()
		return must[[]catalogue.Stored](t)(f.PutResources(ctx, resources))
	}
	expect := func(want, got []catalogue.Stored) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	a, b := someResource("a", "公交线路"), someResource("b", "停车场")
	a.Tags, a.Formats, a.Summary = []string{"交通", "出行"}, []string{"csv", "json"}, "多行\n说明"
	expect([]catalogue.Stored{catalogue.Created, catalogue.Created}, put(a, b))
	expect([]catalogue.Stored{catalogue.Unchanged, catalogue.Unchanged}, put(a, b))
	changed := b
	changed.Title = "停车库"
	expect([]catalogue.Stored{catalogue.Unchanged, catalogue.Changed}, put(a, changed))
	expect([]catalogue.Stored{catalogue.Changed, catalogue.Changed, catalogue.Unchanged}, put(b, changed, changed))
	c := someResource("c", "一次")
	twice := c
	twice.Title = "两次"
	expect([]catalogue.Stored{catalogue.Created, catalogue.Changed}, put(c, twice))
	expect([]catalogue.Stored{}, put())

	if diff := cmp.Diff(a, must[catalogue.Resource](t)(f.GetResource(ctx, a.ID))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := must[catalogue.Resource](t)(f.GetResource(ctx, c.ID)); got.Title != "两次" {
		t.Errorf("title is %s", got.Title)
	}
	_, err := f.GetResource(ctx, "res-none")
	wantErr(t, err, store.ErrNotFound)
	if found := f.search("停车场"); found != "" {
		t.Errorf("the old title still finds %s", found)
	}
	if found := f.search("停车库"); found != "b" {
		t.Errorf("the new title finds %q", found)
	}
}

// search names the keys of the resources found, sorted.
func (f *fixture) search(text string) string {
	f.t.Helper()
	return f.listed(store.ResourceFilter{Text: text})
}

func (f *fixture) listed(filter store.ResourceFilter) string {
	f.t.Helper()
	var keys []string
	for _, r := range must[store.Page[catalogue.Resource]](f.t)(f.ListResources(f.t.Context(), filter)).Items {
		keys = append(keys, r.SourceKey)
	}
	slices.Sort(keys)
	return strings.Join(keys, " ")
}

func testSearch(t *testing.T, d Database) {
	f := setup(t, d)
	a, b, c := someResource("a", "公共交通线路数据"), someResource("b", "机动车停车场"), someResource("c", "Public Transport ETA")
	a.Theme, a.Tags = "道路交通", []string{"公交"}
	b.Provider, b.Source, b.Frequency = "市交通委员会", catalogue.Jiangsu, catalogue.Monthly
	c.Access, c.Subject = catalogue.OnApplication, "气象"
	must[[]catalogue.Stored](t)(f.PutResources(t.Context(), []catalogue.Resource{a, b, c}))
	for text, want := range map[string]string{
		"": "a b c", "交通": "a b", "公共交通": "a", "通线": "a", "场": "b", "车": "b", "公交": "a", "道路": "a", "委员会": "b", "交通 停车": "b", "交通停车": "",
		"transport": "c", "TRANS": "c", "ransport": "", "public eta": "c", "气象": "c", "水": "", "，。": "a b c", strings.Repeat("公共交通线路数据 ", 400): "a",
	} {
		if got := f.search(text); got != want {
			t.Errorf("%.40q finds %q, want %q", text, got, want)
		}
	}
	for _, test := range []struct {
		filter store.ResourceFilter
		want   string
	}{
		{store.ResourceFilter{Source: catalogue.Jiangsu}, "b"},
		{store.ResourceFilter{Provider: "市虚构局"}, "a c"},
		{store.ResourceFilter{Theme: "道路交通"}, "a"},
		{store.ResourceFilter{Access: catalogue.OnApplication}, "c"},
		{store.ResourceFilter{Frequency: catalogue.Monthly}, "b"},
		{store.ResourceFilter{Text: "交通", Source: catalogue.Shanghai}, "a"},
	} {
		if got := f.listed(test.filter); got != test.want {
			t.Errorf("%+v finds %q, want %q", test.filter, got, test.want)
		}
	}
}

func testAttachments(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	ctx := t.Context()
	applicant := f.person("applicant", "operator", "applicant")
	rival := f.person("rival", "operator2", "applicant")
	officer := f.person("officer", "agency", "case-officer")
	auditor := f.person("auditor", "supervisor", "supervisor")
	put := func(digest, organization, name string) lifecycle.Attachment {
		a := lifecycle.Attachment{Digest: digest, Name: name, MediaType: "text/plain", Size: 12, Organization: organization}
		check(t, f.PutAttachment(ctx, a, "applicant"))
		return a
	}
	a := put("d1", "operator", "能力说明.txt")
	put("d1", "operator", "same again")
	put("d1", "operator2", "also theirs")
	b := put("d2", "operator", "unused")
	for _, bad := range [][2]string{{"none", "applicant"}, {"operator", "none"}} {
		wantErr(t, f.PutAttachment(ctx, lifecycle.Attachment{Digest: "d9", Organization: bad[0]}, bad[1]), store.ErrNotFound)
	}
	f.open("e1", opening{Applicant: "operator", Agency: "agency", Files: []string{"d1", "d1"}, Draft: true})

	get := func(actor identity.Actor, digest string) *store.AttachmentView {
		view, err := f.GetAttachment(ctx, actor, digest)
		together, known := must[map[string]store.AttachmentView](t)(f.Attachments(ctx, actor, []string{"d9", digest, "\x00"}))[digest]
		if errors.Is(err, store.ErrNotFound) && !known {
			return nil
		}
		check(t, err)
		if diff := cmp.Diff(view, together); diff != "" {
			t.Errorf("with others (-alone +together):\n%s", diff)
		}
		return &view
	}
	want := &store.AttachmentView{Attachment: a, UploadedBy: "applicant", At: start}
	if diff := cmp.Diff(want, get(applicant, "d1")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := get(rival, "d1"); got == nil || got.Name != "also theirs" {
		t.Errorf("the other uploader gets %+v", got)
	}
	if get(officer, "d1") != nil || get(auditor, "d1") != nil || get(rival, "d2") != nil || get(applicant, "d9") != nil {
		t.Error("an attachment is seen by those who may not")
	}
	f.do("e1", "", "submit", nil)
	if diff := cmp.Diff(want, get(officer, "d1")); diff != "" {
		t.Errorf("officer (-want +got):\n%s", diff)
	}
	if get(auditor, "d1") == nil || get(auditor, "d2") != nil || get(officer, "d2") != nil {
		t.Error("attachments are not seen with their case")
	}
	if got := get(applicant, "d2"); got == nil || got.Attachment != b {
		t.Errorf("own attachment: %+v", got)
	}
}

func testPolicies(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	p := store.Policy{Hash: "sha256:1", Name: "national", Version: 1, Content: []byte("name: national\n# 注释\n"), AddedAt: start}
	check(t, f.PutPolicy(ctx, p))
	check(t, f.PutPolicy(ctx, p))
	wantErr(t, f.PutPolicy(ctx, store.Policy{Hash: "sha256:x", Name: "national", Version: 1}), store.ErrTaken)
	check(t, f.PutPolicy(ctx, store.Policy{Hash: "sha256:2", Name: "national", Version: 2, Content: []byte("two")}))
	check(t, f.PutPolicy(ctx, store.Policy{Hash: "sha256:3", Name: "a-region", Version: 1, Content: []byte("three")}))
	if diff := cmp.Diff(p, must[store.Policy](t)(f.GetPolicy(ctx, p.Hash))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	check(t, f.InTx(ctx, func(tx *store.Tx) error {
		if diff := cmp.Diff(p, must[store.Policy](t)(tx.Policy(p.Hash))); diff != "" {
			t.Errorf("in a transaction (-want +got):\n%s", diff)
		}
		_, err := tx.Policy("sha256:none")
		wantErr(t, err, store.ErrNotFound)
		return nil
	}))
	_, err := f.GetPolicy(ctx, "sha256:none")
	wantErr(t, err, store.ErrNotFound)
	var got []string
	for _, p := range must[[]store.Policy](t)(f.ListPolicies(ctx)) {
		got = append(got, p.Hash+" "+string(p.Content))
	}
	if diff := cmp.Diff([]string{"sha256:3 ", "sha256:2 ", "sha256:1 "}, got); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
}

func testSettings(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	type clock struct{ Mode string }
	var got clock
	if must[bool](t)(f.GetSetting(ctx, "clock", &got)) {
		t.Error("a setting was there that nobody made")
	}
	if !must[bool](t)(f.PutSettingIfAbsent(ctx, "clock", clock{"real"})) || must[bool](t)(f.PutSettingIfAbsent(ctx, "clock", clock{"training"})) {
		t.Error("the first does not win")
	}
	if !must[bool](t)(f.GetSetting(ctx, "clock", &got)) || got.Mode != "real" {
		t.Errorf("got %+v", got)
	}
	if _, err := f.GetSetting(ctx, "clock", new(int)); err == nil {
		t.Error("a setting was read as what it is not")
	}
	if _, err := f.PutSettingIfAbsent(ctx, "f", func() {}); err == nil {
		t.Error("a function was stored")
	}
}

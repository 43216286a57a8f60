package storetest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

func ids(messages []store.Message) string {
	out := make([]string, len(messages))
	for i, m := range messages {
		out[i] = m.ID
	}
	return strings.Join(out, " ")
}

func testOutboxOrder(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("b", opening{})
	f.open("a", opening{})
	f.do("b", "", "note", noting{Notes: []string{"1", "2"}, Publish: true, SendTo: "a"})
	f.pass(time.Second)
	f.do("a", "", "note", noting{Notes: []string{"3"}, SendTo: "b"})
	var many []string
	for range 11 {
		many = append(many, "n")
	}
	f.pass(time.Second)
	f.do("b", "", "note", noting{Notes: many, SendTo: "a"})

	first := must[[]store.Message](t)(f.Outbox(t.Context(), 10, f.now()))
	if got, want := ids(first), "b/2/0 a/2/0"; got != want {
		t.Fatalf("due are %s, want %s", got, want)
	}
	want := store.Message{
		ID: "b/2/0", Case: "b", Kind: errandKind, At: start,
		Effect: lifecycle.Effect{Publication: &lifecycle.Publication{Subject: "noted", Content: json.RawMessage(`{"note":"1"}`)}},
	}
	if diff := cmp.Diff(want, first[0]); diff != "" {
		t.Errorf("message (-want +got):\n%s", diff)
	}
	if got := ids(must[[]store.Message](t)(f.Outbox(t.Context(), 1, f.now()))); got != "b/2/0" {
		t.Errorf("the first is %s", got)
	}
	backlog := must[store.Backlog](t)(f.OutboxBacklog(t.Context()))
	if diff := cmp.Diff(store.Backlog{Waiting: 16, Oldest: start}, backlog); diff != "" {
		t.Errorf("backlog (-want +got):\n%s", diff)
	}

	order := strings.Join(f.deliverAll(), " ")
	for _, of := range []string{"b/2/0 b/2/1 b/3/0 b/3/1 b/4/0 b/5/0 b/6/0 b/7/0 b/8/0 b/9/0 b/10/0 b/11/0 b/12/0 b/13/0 b/14/0", "a/2/0"} {
		rest := order
		for id := range strings.FieldsSeq(of) {
			_, after, ok := strings.Cut(" "+rest+" ", " "+id+" ")
			if !ok {
				t.Fatalf("%s is missing or out of order in %s", id, order)
			}
			rest = after
		}
	}
	if backlog := must[store.Backlog](t)(f.OutboxBacklog(t.Context())); backlog.Waiting != 0 || !backlog.Oldest.IsZero() {
		t.Errorf("backlog after delivery: %+v", backlog)
	}
	check(t, f.Delivered(t.Context(), "b/2/0"))
	check(t, f.Delivered(t.Context(), "none/1/0"))
}

func testOutboxRetries(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("a", opening{})
	f.open("b", opening{})
	f.do("a", "", "note", noting{Notes: []string{"1", "2"}, SendTo: "b"})
	f.do("b", "", "note", noting{Notes: []string{"3"}, SendTo: "a"})
	check(t, f.Failed(t.Context(), "a/2/0", "timeout", f.now().Add(time.Minute)))
	check(t, f.Failed(t.Context(), "a/2/0", "refused", f.now().Add(time.Minute)))
	due := func() string { return ids(must[[]store.Message](t)(f.Outbox(t.Context(), 10, f.now()))) }
	if got := due(); got != "b/2/0" {
		t.Errorf("due after a failure: %s; a case's later messages wait, other cases do not", got)
	}
	f.pass(time.Minute)
	messages := must[[]store.Message](t)(f.Outbox(t.Context(), 10, f.now()))
	if ids(messages) != "a/2/0 b/2/0" || messages[0].Attempts != 2 || messages[0].LastError != "refused" {
		t.Errorf("due after the pause: %+v", messages)
	}
	check(t, f.Delivered(t.Context(), "a/2/0"))
	check(t, f.Failed(t.Context(), "a/2/0", "late", f.now()))
	if got := due(); got != "b/2/0 a/3/0" && got != "a/3/0 b/2/0" {
		t.Errorf("due after delivery: %s", got)
	}
}

func testNotices(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("officer", "agency", "case-officer")
	f.open("e1", opening{})
	f.do("e1", "", "note", noting{Notes: []string{"一"}, Tell: &lifecycle.Recipients{Person: "officer"}})
	f.pass(time.Hour)
	f.do("e1", "", "note", noting{Notes: []string{"二", "三"}, Tell: &lifecycle.Recipients{Role: identity.CaseOfficer}})
	waiting := must[[]store.Message](t)(f.Outbox(t.Context(), 1, f.now()))
	f.deliverAll()
	check(t, f.Deliver(t.Context(), waiting[0], waiting[0])) // once more, and twice

	box := func(filter store.NoticeFilter) []store.NoticeView {
		return must[store.Page[store.NoticeView]](t)(f.ListNotices(t.Context(), "officer", filter)).Items
	}
	got := box(store.NoticeFilter{})
	if len(got) != 3 || got[0].ID != "e1/4/0" {
		t.Fatalf("notices: %+v", got)
	}
	want := store.NoticeView{ID: "e1/2/0", Case: "e1", CaseKind: errandKind, Subject: "noted", Params: map[string]string{"case": "e1"}, At: start}
	if diff := cmp.Diff(want, got[2]); diff != "" {
		t.Errorf("notice (-want +got):\n%s", diff)
	}
	unread := func() int64 { return must[int64](t)(f.UnreadNotices(t.Context(), "officer")) }
	if unread() != 3 {
		t.Errorf("%d unread", unread())
	}
	check(t, f.MarkNoticesRead(t.Context(), "somebody", "e1/2/0"))
	check(t, f.MarkNoticesRead(t.Context(), "officer", "e1/2/0", "none"))
	readAt := f.now()
	if left := box(store.NoticeFilter{Unread: true}); unread() != 2 || len(left) != 2 || left[1].ID != "e1/3/0" {
		t.Errorf("unread: %+v", left)
	}
	f.pass(time.Hour)
	check(t, f.MarkNoticesRead(t.Context(), "officer"))
	if all := box(store.NoticeFilter{}); unread() != 0 || !all[2].ReadAt.Equal(readAt) || !all[0].ReadAt.Equal(f.now()) {
		t.Errorf("read: %+v", all)
	}
	if others := must[store.Page[store.NoticeView]](t)(f.ListNotices(t.Context(), "nobody", store.NoticeFilter{})); len(others.Items) > 0 {
		t.Errorf("notices of another: %+v", others.Items)
	}
}

func testRecipients(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("anna", "agency", "case-officer", "agency", "legal-reviewer")
	f.person("bert", "agency2", "case-officer")
	f.person("carl", "government", "legal-reviewer")
	f.person("dora", "agency", "case-officer")
	f.person("emil", "agency", "case-officer")
	f.person("fred", "agency", "administrator")
	f.organization("agency3", identity.Agency)
	f.person("gone", "agency3", "case-officer")
	check(t, f.ClosePerson(t.Context(), "dora"))
	check(t, f.CloseOrganization(t.Context(), "agency3"))
	f.open("e1", opening{})
	f.do("e1", "emil", "declare", nil)
	for i, test := range []struct {
		to   lifecycle.Recipients
		want string
	}{
		{lifecycle.Recipients{Person: "anna"}, "anna"},
		{lifecycle.Recipients{Person: "emil"}, "emil"},
		{lifecycle.Recipients{Person: "dora"}, ""},
		{lifecycle.Recipients{Person: "unknown"}, ""},
		{lifecycle.Recipients{Person: "anna", Organization: "agency2"}, ""},
		{lifecycle.Recipients{Role: identity.CaseOfficer}, "anna bert"},
		{lifecycle.Recipients{Role: identity.LegalReviewer}, "anna carl"},
		{lifecycle.Recipients{Role: identity.LegalReviewer, Kind: identity.Government}, "carl"},
		{lifecycle.Recipients{Organization: "agency"}, "anna fred"},
		{lifecycle.Recipients{Organization: "agency", Role: identity.Administrator}, "fred"},
		{lifecycle.Recipients{Kind: identity.Agency}, "anna bert fred"},
		{lifecycle.Recipients{Organization: "government", Also: "agency", Role: identity.LegalReviewer}, "anna carl"},
		{lifecycle.Recipients{Organization: "agency2", Also: "agency3", Role: identity.CaseOfficer}, "bert"},
		{lifecycle.Recipients{Organization: "agency3"}, ""},
		{lifecycle.Recipients{}, ""},
	} {
		m := store.Message{ID: fmt.Sprint("e1/9/", i), Case: "e1", Kind: errandKind, At: f.now(), Effect: lifecycle.Tell(test.to, "noted")}
		check(t, f.Deliver(t.Context(), m))
		var got []string
		for _, person := range []string{"anna", "bert", "carl", "dora", "emil", "fred", "gone"} {
			for _, n := range must[store.Page[store.NoticeView]](t)(f.ListNotices(t.Context(), person, store.NoticeFilter{})).Items {
				if n.ID == m.ID {
					got = append(got, person)
				}
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%+v reaches %v, want %s", test.to, got, test.want)
		}
	}
}

func testPublications(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("e1", opening{})
	f.open("e2", opening{})
	f.do("e1", "", "note", noting{Notes: []string{"公示"}, Publish: true})
	f.pass(time.Hour)
	f.do("e2", "", "note", noting{Notes: []string{"again"}, Publish: true})
	waiting := must[[]store.Message](t)(f.Outbox(t.Context(), 1, f.now()))
	f.deliverAll()
	check(t, f.Deliver(t.Context(), waiting[0], waiting[0])) // once more, and twice
	list := func(filter store.PublicationFilter) []store.PublicationView {
		return must[store.Page[store.PublicationView]](t)(f.ListPublications(t.Context(), filter)).Items
	}
	all := list(store.PublicationFilter{})
	if len(all) != 2 || all[0].ID != "e2/2/0" {
		t.Fatalf("publications: %+v", all)
	}
	want := store.PublicationView{ID: "e1/2/0", Case: "e1", CaseKind: errandKind, Subject: "noted", Content: json.RawMessage(`{"note":"公示"}`), At: start}
	if diff := cmp.Diff([]store.PublicationView{want}, list(store.PublicationFilter{Case: "e1"})); diff != "" {
		t.Errorf("publication (-want +got):\n%s", diff)
	}
	if len(list(store.PublicationFilter{Subject: "noted"})) != 2 || len(list(store.PublicationFilter{Subject: "other"})) != 0 {
		t.Error("subjects are not told apart")
	}
}

// testDeliverTogether delivers many messages at once: all or none.
func testDeliverTogether(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("officer", "agency", "case-officer")
	f.person("colleague", "agency2", "case-officer")
	to := &lifecycle.Recipients{Role: identity.CaseOfficer}
	for i := range 30 {
		id := fmt.Sprintf("e%02d", i)
		f.open(id, opening{})
		f.do(id, "", "note", noting{Notes: []string{"n"}, Tell: to, Publish: true})
	}
	f.do("e00", "", "note", noting{Notes: []string{"n"}, SendTo: "e01"})
	notices := must[[]store.Message](t)(f.Outbox(t.Context(), 100, f.now()))
	if len(notices) != 30 {
		t.Fatalf("%d messages", len(notices))
	}
	if err := f.Deliver(t.Context(), append(notices, store.Message{ID: "e00/3/0", Effect: lifecycle.SendTo(errandKind, "e01", "note", nil)})...); err == nil {
		t.Error("a command to another case was delivered to nobody")
	}
	waiting := func() int64 { return must[store.Backlog](t)(f.OutboxBacklog(t.Context())).Waiting }
	boxes := func() int64 {
		return must[int64](t)(f.UnreadNotices(t.Context(), "officer")) + must[int64](t)(f.UnreadNotices(t.Context(), "colleague"))
	}
	if waiting() != 61 || boxes() != 0 {
		t.Errorf("%d wait, %d notices, after a failure", waiting(), boxes())
	}
	check(t, f.Deliver(t.Context(), notices...))
	if waiting() != 31 || boxes() != 60 {
		t.Errorf("%d wait, %d notices", waiting(), boxes())
	}
	publications := must[[]store.Message](t)(f.Outbox(t.Context(), 100, f.now()))
	check(t, f.Deliver(t.Context(), append(publications, notices...)...))
	public := must[store.Page[store.PublicationView]](t)(f.ListPublications(t.Context(), store.PublicationFilter{}))
	if waiting() != 1 || boxes() != 60 || len(public.Items) != 30 {
		t.Errorf("%d wait, %d notices, %d publications", waiting(), boxes(), len(public.Items))
	}
	check(t, f.Deliver(t.Context()))
}

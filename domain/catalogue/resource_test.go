package catalogue

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// full has a value in every field.
func full() Resource {
	r := Resource{Source: Jiangsu, Language: "zh", Tags: []string{"甲", "乙"}, Formats: []string{"csv"}, Frequency: Yearly, Access: Open, Spatial: []string{"北京"}, Fields: []DataField{{"站号", "字符型", "五位"}}}
	v := reflect.ValueOf(&r).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.IsZero() {
			f.SetString("值" + v.Type().Field(i).Name)
		}
	}
	return r
}

// A field that the digest, the differences or the words forget would make a change invisible.
func TestEveryFieldCounts(t *testing.T) {
	r := full()
	typ := reflect.TypeFor[Resource]()
	if len(r.fields()) != typ.NumField() {
		t.Fatalf("fields() lists %d of %d fields", len(r.fields()), typ.NumField())
	}
	for i := range typ.NumField() {
		name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
		if got := r.fields()[i].name; got != name {
			t.Errorf("field %d is %q, want %q", i, got, name)
		}
		if !FieldName(name).Complete() {
			t.Errorf("field %q has no words", name)
		}
		changed := full()
		f := reflect.ValueOf(&changed).Elem().Field(i)
		f.SetZero()
		if changed.Digest() == r.Digest() {
			t.Errorf("the digest does not see field %q", name)
		}
		if d := Differences(r, changed); len(d) != 1 || d[0].Field != name || d[0].From == "" || d[0].To != "" {
			t.Errorf("differences for field %q: %v", name, d)
		}
	}
}

func TestDigestTellsNeighboursApart(t *testing.T) {
	a, b := Resource{Title: "甲乙"}, Resource{Title: "甲", Summary: "乙"}
	if a.Digest() == b.Digest() {
		t.Error("fields run into each other")
	}
	if got := full().Digest(); got != full().Digest() || len(got) != 64 {
		t.Errorf("digest %q is not stable", got)
	}
	if d := Differences(full(), full()); d != nil {
		t.Errorf("a resource differs from itself: %v", d)
	}
}

// These digests are stored: of a resource that has nothing of a field that came later, the digest is the one it had before there was such a field.
func TestDigestStays(t *testing.T) {
	r, _ := Normalise(quiet())
	if got := r.Digest(); got != "8ab7945e5483a05e3081e5c769ff577c31e8ca08deceaff7652fb59b4fd9d6d2" {
		t.Errorf("%s", got)
	}
	if got := (Resource{}).Digest(); got != "1795bcea17a30130b11197068f087d735d00f8d2b2e7fe0b7db371b9ad85d098" {
		t.Errorf("%s", got)
	}
}

// These identifiers are stored: they may never change.
func TestResourceIDIsStable(t *testing.T) {
	for _, c := range []struct{ source, key, want string }{
		{Jiangsu, "326d021d-23a0-4001-83c3-573563a82058", "res-f67fcab1ce7357db"},
		{HongKong, "137c3bda-a78e-4ab0-9830-4f1b7fbc847c", "res-7d6ef58ea38b20f4"},
		{Shanghai, "拆除施工企业信息|上海市住房和城乡建设管理委员会|2020-01-02", "res-7d397a540f4739f3"},
	} {
		if got := ResourceID(c.source, c.key); got != c.want {
			t.Errorf("ResourceID(%q, %q) = %q, want %q", c.source, c.key, got, c.want)
		}
	}
	if ResourceID("a", "bc") == ResourceID("ab", "c") {
		t.Error("source and key run into each other")
	}
}

func TestWordsAreComplete(t *testing.T) {
	for _, c := range Codes() {
		if !c.Words().Complete() {
			t.Errorf("code %q has no words", c)
		}
	}
	if len(Codes()) != len(codeWords) {
		t.Errorf("%d codes, %d words", len(Codes()), len(codeWords))
	}
	for _, f := range Frequencies() {
		if !f.Name().Complete() {
			t.Errorf("frequency %q has no name", f)
		}
	}
	for _, a := range Accesses() {
		if !a.Name().Complete() {
			t.Errorf("access %q has no name", a)
		}
	}
	if !FieldName("").Complete() {
		t.Error("the row as a whole has no words")
	}
	if got := Frequency("hourly").Name().EN; got != "hourly" {
		t.Errorf("a frequency outside the list is named %q", got)
	}
}

func TestSourceByKey(t *testing.T) {
	for _, s := range sources {
		got, ok := SourceByKey(s.Key)
		if !ok || !cmp.Equal(got, s) || !s.Name.Complete() || !s.License.Complete() || !validAddress(s.Site) || s.Language == "" {
			t.Errorf("source %q is not complete", s.Key)
		}
	}
	if _, ok := SourceByKey("nowhere"); ok {
		t.Error("found a source that is none")
	}
}

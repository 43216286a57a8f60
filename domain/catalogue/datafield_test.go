package catalogue

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFieldsIn(t *testing.T) {
	for text, want := range map[string][]DataField{
		"":          nil,
		" \n\t\t\n": nil,
		"站号":        {{Name: "站号"}},
		"站号、站名，气温":  {{Name: "站号"}, {Name: "站名"}, {Name: "气温"}},
		"站号:字符型；气温：数值型：摄氏度": {{Name: "站号", Type: "字符型"}, {Name: "气温", Type: "数值型", Description: "摄氏度"}},
		"站号|字符型|五位; ;气温":    {{Name: "站号", Type: "字符型", Description: "五位"}, {Name: "气温"}},
		"站号\t字符型\t五位\r\n气温": {{Name: "站号", Type: "字符型", Description: "五位"}, {Name: "气温"}},
		"站号，新\t\t":          {{Name: "站号，新"}},
	} {
		if diff := cmp.Diff(want, FieldsIn(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// Fields that were normalised come back from the text in which they are exported, whatever they say.
func TestFieldsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("站号 ,，、;；:：|\t\n\r\"=a1")), 0, 8, -1)
		var published []DataField
		for range rapid.IntRange(0, 4).Draw(t, "n") {
			published = append(published, DataField{text.Draw(t, "name"), text.Draw(t, "type"), text.Draw(t, "description")})
		}
		r, _ := Normalise(Resource{Fields: published})
		if diff := cmp.Diff(r.Fields, FieldsIn(joinFields(r.Fields))); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		if again, _ := Normalise(r); cmp.Diff(r.Fields, again.Fields) != "" {
			t.Fatal("normalising twice changes more")
		}
	})
}

func TestCoverage(t *testing.T) {
	for _, c := range []struct {
		from, to, wantFrom, wantTo, codes string
	}{
		{"2019", "2020-02", "2019", "2020-02", ""},
		{"2019-05-06T00:00:00", " 2020-01-01 ", "2019-05-06", "2020-01-01", "space-normalised"},
		{"2019-05", "2019", "2019-05", "2019", ""}, // within the year
		{"2020", "2019", "2020", "2019", "coverage-reversed"},
		{"去年", "2019-13", "", "", "date-unreadable date-unreadable"},
	} {
		r := quiet()
		r.TemporalFrom, r.TemporalTo, r.Spatial = c.from, c.to, []string{"乙", "甲", "乙"}
		got, remarks := Normalise(r)
		if got.TemporalFrom != c.wantFrom || got.TemporalTo != c.wantTo || codes(remarks) != c.codes || cmp.Diff([]string{"乙", "甲"}, got.Spatial) != "" {
			t.Errorf("%s to %s: %+v, %s", c.from, c.to, got, codes(remarks))
		}
	}
}

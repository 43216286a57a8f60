package catalogue

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// quiet is a resource that Normalise has nothing to say about.
func quiet() Resource {
	return Resource{
		Source: Jiangsu, SourceKey: "k1", Title: "示例资源", Summary: "说明", Provider: "示例市数据局", Updated: "2023-06-13", Formats: []string{"csv"},
		FrequencyPublished: "每年", AccessPublished: "无条件开放",
	}
}

func TestNormaliseQuiet(t *testing.T) {
	want := quiet()
	want.ID, want.Frequency, want.Access = ResourceID(Jiangsu, "k1"), Yearly, Open
	got, remarks := Normalise(quiet())
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(remarks) > 0 {
		t.Errorf("remarks: %v", remarks)
	}
	if faults := Validate(got); faults != nil {
		t.Errorf("faults: %v", faults)
	}
}

func TestNormaliseText(t *testing.T) {
	for _, c := range []struct {
		name, published, line, lines string
		lineCodes, linesCodes        string
	}{
		{"plain", "水环境 质量", "水环境 质量", "水环境 质量", "", ""},
		{"break", "Sea Water for Flushing\nConsumption", "Sea Water for Flushing Consumption", "Sea Water for Flushing\nConsumption", "line-break-removed", "line-break-kept"},
		{"windows break", "a\r\nb", "a b", "a\nb", "line-break-removed", "line-break-kept"},
		{"empty lines", "a\n\n\n\nb\u2028c", "a b c", "a\n\nb\nc", "line-break-removed", "line-break-kept"},
		{"space before a break", "a \nb", "a b", "a\nb", "line-break-removed", "line-break-kept"},
		{"break at the end", "权力事项信息\n", "权力事项信息", "权力事项信息", "line-break-removed", "line-break-removed"},
		{"tab", "企业\t地址", "企业 地址", "企业 地址", "space-normalised", "space-normalised"},
		{"wide space", "平均工资\u3000", "平均工资", "平均工资", "space-normalised", "space-normalised"},
		{"no-break space", "2011\u00a0Census", "2011 Census", "2011 Census", "space-normalised", "space-normalised"},
		{"double space", "a  b", "a b", "a b", "space-normalised", "space-normalised"},
		{"byte order mark", "国控企业\ufeff", "国控企业", "国控企业", "character-removed", "character-removed"},
		{"control", "a\x00b\u200bc", "abc", "abc", "character-removed", "character-removed"},
		{"unreadable", "环\ufffd境", "环\ufffd境", "环\ufffd境", "character-unreadable", "character-unreadable"},
		{"placeholder", " 无 ", "", "", "space-normalised placeholder", "space-normalised placeholder"},
		{"spaces only", "  ", "", "", "space-normalised", "space-normalised"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rs remarks
			if got := rs.line("title", c.published); got != c.line {
				t.Errorf("line %q, want %q", got, c.line)
			}
			if got := codes(rs); got != c.lineCodes {
				t.Errorf("line: %q, want %q", got, c.lineCodes)
			}
			rs = nil
			if got := rs.lines("summary", c.published); got != c.lines {
				t.Errorf("lines %q, want %q", got, c.lines)
			}
			if got := codes(rs); got != c.linesCodes {
				t.Errorf("lines: %q, want %q", got, c.linesCodes)
			}
		})
	}
}

func codes(rs []Remark) string {
	all := make([]string, len(rs))
	for i, r := range rs {
		all[i] = string(r.Code)
	}
	return strings.Join(all, " ")
}

func TestNormaliseValues(t *testing.T) {
	for _, c := range []struct {
		name  string
		set   func(*Resource)
		got   func(Resource) string
		want  string
		codes string
	}{
		{"day", func(r *Resource) { r.Updated = "2024-02-29" }, updated, "2024-02-29", ""},
		{"time without zone", func(r *Resource) { r.Updated = "2025-09-12T16:34:01.328888" }, updated, "2025-09-12", ""},
		{"time after a space", func(r *Resource) { r.Updated = "2025-09-12 16:34" }, updated, "2025-09-12", ""},
		{"no such day", func(r *Resource) { r.Updated = "2023-02-29" }, updated, "", "date-unreadable"},
		{"other notation", func(r *Resource) { r.Updated = "2023/6/13" }, updated, "", "date-unreadable"},
		{"day run on", func(r *Resource) { r.Updated = "2023-06-131" }, updated, "", "date-unreadable"},
		{"no date", func(r *Resource) { r.Updated = "" }, updated, "", "empty"},
		{"dates reversed", func(r *Resource) { r.FirstPublished = "2023-06-14" }, updated, "2023-06-13", "dates-reversed"},
		{"formats", func(r *Resource) { r.Formats = []string{"XLSX", "csv", "CSV", ""} }, formats, "csv xlsx", ""},
		{"formats unknown", func(r *Resource) { r.Formats = []string{"WP", "csv", "file"} }, formats, "csv file wp", "format-unknown"},
		{"no formats", func(r *Resource) { r.Formats = nil }, formats, "", "empty"},
		{"no summary", func(r *Resource) { r.Summary = "" }, func(r Resource) string { return r.Summary }, "", "empty"},
		{"summary placeholder", func(r *Resource) { r.Summary = "无" }, func(r Resource) string { return r.Summary }, "", "placeholder"},
		{"tags", func(r *Resource) { r.Tags = []string{"行业", "机构", "", "行业"} }, func(r Resource) string { return strings.Join(r.Tags, " ") }, "机构 行业", ""},
		{"frequency unknown", func(r *Resource) { r.FrequencyPublished = "其他" }, frequency, "unknown 其他", "word-unknown"},
		{"frequency not published", func(r *Resource) { r.FrequencyPublished = "" }, frequency, "unknown ", ""},
		{"frequency given", func(r *Resource) { r.FrequencyPublished, r.Frequency = "", Daily }, frequency, "daily ", ""},
		{"published word decides", func(r *Resource) { r.Frequency = Daily }, frequency, "yearly 每年", ""},
		{"access on condition", func(r *Resource) { r.AccessPublished = "有条件开放" }, access, "on-application 有条件开放", ""},
		{"access unknown", func(r *Resource) { r.AccessPublished = "内部" }, access, "unknown 内部", "word-unknown"},
		{"address", func(r *Resource) { r.DetailURL = "http://data.example.cn:8118/a?b=c" }, address, "http://data.example.cn:8118/a?b=c", ""},
		{"address unreadable", func(r *Resource) { r.DetailURL = "javascript:alert(1)" }, address, "", "address-unreadable"},
		{"address broken", func(r *Resource) { r.DetailURL = "http://%zz" }, address, "", "address-unreadable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := quiet()
			c.set(&r)
			n, rs := Normalise(r)
			if got := c.got(n); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if got := codes(rs); got != c.codes {
				t.Errorf("codes %q, want %q", got, c.codes)
			}
		})
	}
}

func updated(r Resource) string   { return r.Updated }
func formats(r Resource) string   { return strings.Join(r.Formats, " ") }
func frequency(r Resource) string { return string(r.Frequency) + " " + r.FrequencyPublished }
func access(r Resource) string    { return string(r.Access) + " " + r.AccessPublished }
func address(r Resource) string   { return r.DetailURL }

// Every word that the three catalogues use is settled, except 其他 ("other"), which says nothing.
func TestPublishedWords(t *testing.T) {
	for word, want := range map[string]Frequency{
		"每年": Yearly, "每天": Daily, "每日": Daily, "每月": Monthly, "静态数据": Static, "不定期更新": Irregular, "即时": Realtime, "实时": Realtime,
		"每季度": Quarterly, "每半年": HalfYearly, "每周": Weekly, "每半月": HalfMonthly,
	} {
		if got, ok := meaning(frequencies, word); !ok || got != want {
			t.Errorf("%s means %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]Access{"无条件开放": Open, "有条件开放": OnApplication, "依申请开放": OnApplication, "授权运营": Authorised} {
		if got, ok := meaning(accesses, word); !ok || got != want {
			t.Errorf("%s means %q, want %q", word, got, want)
		}
	}
}

func TestRemarksStayFew(t *testing.T) {
	r := quiet()
	for range 10_000 {
		r.Tags = append(r.Tags, "a\tb", "无")
	}
	r.DetailURL = strings.Repeat("x", 1_000_000)
	_, rs := Normalise(r)
	if len(rs) != 3 {
		t.Fatalf("%d remarks", len(rs))
	}
	for _, m := range rs {
		if n := len([]rune(m.Value)); n > MaxRemarkRunes+1 {
			t.Errorf("remark %q has a value of %d characters", m.Code, n)
		}
	}
}

var messy = rapid.StringOfN(rapid.RuneFrom([]rune("数据 aZ\n\r\t\u3000\u00a0\ufeff\u2028-/|无1,")), 0, 30, -1)

func TestNormaliseTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once, _ := Normalise(Resource{
			Source: Shanghai, SourceKey: messy.Draw(t, "key"), Title: messy.Draw(t, "title"), Summary: messy.Draw(t, "summary"), Provider: messy.Draw(t, "provider"),
			Tags: rapid.SliceOf(messy).Draw(t, "tags"), Formats: rapid.SliceOf(messy).Draw(t, "formats"),
			FrequencyPublished: rapid.SampledFrom([]string{"", "每年", "其他", "无"}).Draw(t, "frequency"),
			AccessPublished:    rapid.SampledFrom([]string{"", "无条件开放", "其他"}).Draw(t, "access"),
			FirstPublished:     rapid.SampledFrom([]string{"", "2023-01-01T00:00", "1", "2024-01-01\n"}).Draw(t, "first"),
			Updated:            rapid.SampledFrom([]string{"", "2023-06-01", "2023-06-01 08:00"}).Draw(t, "updated"),
			DetailURL:          rapid.SampledFrom([]string{"", "https://example.cn/a b", " https://example.cn/ ", "//x"}).Draw(t, "url"),
		})
		twice, _ := Normalise(once)
		if diff := cmp.Diff(once, twice); diff != "" {
			t.Fatal(diff)
		}
		if strings.ContainsAny(once.Title+once.Provider+strings.Join(once.Tags, ""), "\r\n\t") || strings.Contains(once.Summary, "\n\n\n") {
			t.Fatalf("breaks left: %q", once)
		}
	})
}

func FuzzNormalise(f *testing.F) {
	f.Add("示例\n资源", "a\r\n\r\n\r\nb", "CSV", "2023-06-13T00:00", "http://example.cn/?a=b")
	f.Add("\xff", "\u2028", "İ", "0000-00-00", "http://[::1")
	f.Fuzz(func(t *testing.T, title, summary, format, date, address string) {
		once, remarks := Normalise(Resource{
			Source: HongKong, SourceKey: title, Title: title, Summary: summary, Provider: title, Formats: []string{format}, FirstPublished: date, Updated: date, DetailURL: address,
		})
		if twice, _ := Normalise(once); once.Digest() != twice.Digest() {
			t.Fatalf("normalising twice changes: %v", Differences(once, twice))
		}
		for _, m := range remarks {
			if !m.Code.Words().Complete() || !FieldName(m.Field).Complete() {
				t.Fatalf("remark without words: %v", m)
			}
		}
		for _, fault := range Validate(once) {
			if !FieldName(fault.Path).Complete() {
				t.Fatalf("fault in a field without words: %v", fault)
			}
		}
	})
}

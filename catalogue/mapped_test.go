package catalogue

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"datacharter/domain/catalogue"
	"datacharter/domain/refusal"
	"datacharter/web/export"
)

const tableMapping = `
source: 宁波
form: csv
language: zh
skipRows: 1
fields:
  sourceKey: 编号
  title: 资源名称|名称
  provider: 提供部门
  tags: 标签
  formats: 格式
  frequency: 更新
  access: 开放
  updated: 更新日期
  summary: 说明
fixed:
  theme: 综合
words:
  frequency: {每小时: realtime}
  access: {公开: open, 内部: authorised}
`

const table = `宁波目录,,,,,,,,
编号,资源名称,提供部门,标签,格式,更新,开放,更新日期,说明
1,停车场,交通局,"停车、车位",CSV;XLSX,每小时,公开,2026/3/5,"多行
说明"
2,'=公交,交通局,,json,每日,内部,2026年3月12日,
3,,交通局,,,,,,
,,,,,,,,
4,水质,,,,,,,
1,停车场,交通局,停车,csv,每周,其他,20260101,旧
`

func mappingOf(t *testing.T, text string) Mapping {
	t.Helper()
	m, wrong := ParseMapping([]byte(text))
	if wrong != nil {
		t.Fatalf("%+v", wrong)
	}
	return m
}

func mapped(t *testing.T, m Mapping, file []byte) []Row {
	t.Helper()
	var rows []Row
	if err := ReadMapped(context.Background(), bytes.NewReader(file), m, func(r Row) error { rows = append(rows, r); return nil }); err != nil {
		t.Fatal(err)
	}
	return rows
}

// xlsx writes a table as a workbook, days as the numbers that spreadsheets keep for them.
func xlsx(t *testing.T, rows [][]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if _, err := book.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestMappedTables(t *testing.T) {
	m := mappingOf(t, tableMapping)
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(table))
	if err != nil {
		t.Fatal(err)
	}
	sheet := m
	sheet.Form = XLSX
	cells := [][]any{
		{"宁波目录"},
		{"编号", "资源名称", "提供部门", "标签", "格式", "更新", "开放", "更新日期", "说明"},
		{1, "停车场", "交通局", "停车、车位", "CSV;XLSX", "每小时", "公开", 46086, "多行\n说明"},
		{2, "=公交", "交通局", "", "json", "每日", "内部", "2026年3月12日"},
		{3, "", "交通局"},
		{},
		{4, "水质"},
		{1, "停车场", "交通局", "停车", "csv", "每周", "其他", "20260101", "旧"},
	}
	for name, rows := range map[string][]Row{
		"csv": mapped(t, m, []byte(table)), "gb18030": mapped(t, m, gbk), "windows": mapped(t, m, []byte("\ufeff"+strings.ReplaceAll(table, "\n", "\r\n"))), "xlsx": mapped(t, sheet, xlsx(t, cells)),
	} {
		t.Run(name, func(t *testing.T) {
			if len(rows) != 5 || rows[2].Skip != TitleMissing || rows[3].Skip != ProviderMissing {
				t.Fatalf("%+v", rows)
			}
			want := catalogue.Resource{
				ID: catalogue.ResourceID("宁波", "1"), Source: "宁波", SourceKey: "1", Title: "停车场", Provider: "交通局", Theme: "综合", Tags: []string{"停车", "车位"}, Formats: []string{"csv", "xlsx"},
				Frequency: catalogue.Realtime, Access: catalogue.Open, Updated: "2026-03-05", Summary: "多行\n说明", Language: "zh",
			}
			slices.Sort(want.Tags)
			if diff := cmp.Diff(want, rows[0].Resource); diff != "" {
				t.Error(diff)
			}
			second := rows[1].Resource
			if second.Title != "=公交" || second.Frequency != catalogue.Daily || second.FrequencyPublished != "每日" || second.Access != catalogue.Authorised || second.Updated != "2026-03-12" {
				t.Errorf("%+v", second)
			}
			if last := rows[4].Resource; last.Access != catalogue.UnknownAccess || last.AccessPublished != "其他" || !strings.Contains(codes(rows[4].Remarks), "word-unknown") {
				t.Errorf("%+v %v", last, rows[4].Remarks)
			}
		})
	}
}

func codes(all []catalogue.Remark) string {
	var out []string
	for _, m := range all {
		out = append(out, string(m.Code))
	}
	return strings.Join(out, " ")
}

const ckanAnswer = `{"success": true, "result": {"count": 3, "results": [
 {"id": "a-1", "name": "stops", "title": "Bus stops", "notes": "Where buses stop", "organization": {"id": "o1", "title": "Transport Department"}, "groups": [{"title": "Transport"}, {"title": "Maps"}],
  "tags": [{"name": "bus", "display_name": "bus"}, {"name": "stop"}], "resources": [{"format": "CSV"}, {"format": "GeoJSON"}, {"format": ""}], "license_title": "CC BY 4.0",
  "metadata_created": "2024-01-02T03:04:05.678", "metadata_modified": "2025-01-02T03:04:05", "url": "https://data.example.org/stops", "frequency": "Daily", "private": false,
  "temporal_start": "2019-01-01T00:00:00", "temporal_end": "2020", "spatial": "{\"type\": \"Point\"}", "spatial_coverage": "Hong Kong, Kowloon",
  "data_dictionary": [{"id": "stop", "type": "text", "info": {"notes": "Code of the stop"}}, {"name": "lat", "datatype": "number"}]},
 "only-a-name",
 {"id": "a-2", "title": "", "name": "no-title-but-a-name", "organization": null, "author": "Somebody"}
]}}`

func TestMappedCKAN(t *testing.T) {
	rows := mapped(t, mappingOf(t, "{source: example, form: ckan, language: en, fixed: {access: open}}"), []byte(ckanAnswer))
	want := catalogue.Resource{
		ID: catalogue.ResourceID("example", "a-1"), Source: "example", SourceKey: "a-1", Title: "Bus stops", Summary: "Where buses stop", Provider: "Transport Department", ProviderCode: "o1",
		Theme: "Transport", Tags: []string{"bus"}, Formats: []string{"csv", "geojson"}, License: "CC BY 4.0", FirstPublished: "2024-01-02", Updated: "2025-01-02",
		DetailURL: "https://data.example.org/stops", Frequency: catalogue.Daily, Access: catalogue.Open, Language: "en",
		TemporalFrom: "2019-01-01", TemporalTo: "2020", Spatial: []string{"Hong Kong", "Kowloon"},
		Fields: []catalogue.DataField{{Name: "stop", Type: "text", Description: "Code of the stop"}, {Name: "lat", Type: "number"}},
	}
	if len(rows) != 3 || rows[1].Skip != RowNotObject || rows[2].Resource.Title != "no-title-but-a-name" || rows[2].Resource.Provider != "Somebody" {
		t.Fatalf("%+v", rows)
	}
	if diff := cmp.Diff(want, rows[0].Resource); diff != "" {
		t.Error(diff)
	}
}

const dcatGraph = `{"@context": {"dct": "http://purl.org/dc/terms/"}, "@graph": [
 {"@id": "https://x/publisher", "@type": "foaf:Agent", "foaf:name": "Ministry"},
 {"@id": "https://x/1", "@type": "dcat:Dataset", "dct:title": [{"@value": "Straßen", "@language": "de"}, {"@value": "Roads", "@language": "en"}], "dct:publisher": {"@id": "https://x/publisher"},
  "dcat:keyword": ["road", "map"], "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/WEEKLY"},
  "dct:accessRights": {"@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC"}, "dct:modified": {"@value": "2025-05-06T00:00:00Z", "@type": "xsd:dateTime"},
  "dcat:distribution": [{"dct:format": {"@id": "http://publications.europa.eu/resource/authority/file-type/CSV"}}], "dcat:landingPage": {"@id": "https://x/roads"},
  "dct:rightsHolder": {"@id": "https://x/publisher"}, "dct:spatial": [{"@id": "http://publications.europa.eu/resource/authority/country/AUT"}],
  "dct:temporal": {"dcat:startDate": {"@value": "2018", "@type": "xsd:gYear"}, "dcat:endDate": {"@value": "2019-05-06", "@type": "xsd:date"}},
  "csvw:tableSchema": {"csvw:column": {"@list": [{"csvw:title": "length"}, {"@id": "https://x/column"}]}}},
 {"@id": "https://x/column", "csvw:name": "name", "csvw:datatype": "string", "dct:description": [{"@value": "Name", "@language": "en"}]},
 {"@id": "https://x/d", "@type": "dcat:Distribution"}
]}`

func TestMappedDCAT(t *testing.T) {
	rows := mapped(t, mappingOf(t, "{source: x, form: dcat, language: en}"), []byte(dcatGraph))
	want := catalogue.Resource{
		ID: catalogue.ResourceID("x", "https://x/1"), Source: "x", SourceKey: "https://x/1", Title: "Roads", Provider: "Ministry", Tags: []string{"map", "road"}, Formats: []string{"csv"},
		Frequency: catalogue.Weekly, Access: catalogue.Open, Updated: "2025-05-06", DetailURL: "https://x/roads", Language: "en",
		Holder: "Ministry", Spatial: []string{"http://publications.europa.eu/resource/authority/country/AUT"}, TemporalFrom: "2018", TemporalTo: "2019-05-06",
		Fields: []catalogue.DataField{{Name: "length"}, {Name: "name", Type: "string", Description: "Name"}},
	}
	if len(rows) != 1 {
		t.Fatalf("%+v", rows)
	}
	if diff := cmp.Diff(want, rows[0].Resource); diff != "" {
		t.Error(diff)
	}
}

// TestOwnExportComesBack: what this system exports, as a table or as linked data, it imports again, and nothing is lost on the way.
func TestOwnExportComesBack(t *testing.T) {
	var all []catalogue.Resource
	for _, source := range []string{"jiangsu", "hongkong"} {
		file, err := os.ReadFile(filepath.Join("..", "demo", "catalogue", source+".json"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Read(t.Context(), bytes.NewReader(file), func(r Row) error { all = append(all, r.Resource); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	described := all[0]
	described.SourceKey, described.Holder, described.Spatial, described.TemporalFrom, described.TemporalTo = "described", "某市气象局", []string{"110000", "天津市"}, "2019", "2020-02-29"
	described.Fields = []catalogue.DataField{{Name: "站号, 新", Type: "字符型", Description: "五位：全国统一|编码"}, {Name: "气温"}, {Name: "乙", Description: "无类型"}}
	alone := all[0]
	alone.SourceKey, alone.Fields = "alone", []catalogue.DataField{{Name: "一个：有标点，的名称"}}
	all = append(all, described, alone)
	items := func() iter.Seq2[catalogue.Resource, error] {
		return func(yield func(catalogue.Resource, error) bool) {
			for _, r := range all {
				if !yield(r, nil) {
					return
				}
			}
		}
	}
	fields := map[string]string{"frequency": "update frequency as published|update frequency", "access": "access as published|access"}
	for _, name := range mappable {
		if fields[name] == "" {
			fields[name] = catalogue.FieldName(name).EN
		}
	}
	for form, m := range map[export.Form]Mapping{
		export.CSV: {Source: "back", Form: CSV, Fields: fields}, export.XLSX: {Source: "back", Form: XLSX, Fields: fields}, export.JSONLD: {Source: "back", Form: DCAT},
	} {
		var out bytes.Buffer
		if err := export.Resources(form, &out, "en", "2026-11-28", export.Linked("https://x/", func(id string) string { return "https://x/" + id }), items()); err != nil {
			t.Fatal(err)
		}
		rows := mapped(t, m, out.Bytes())
		if len(rows) != len(all) {
			t.Fatalf("%s: %d of %d rows", form, len(rows), len(all))
		}
		for i, r := range rows {
			want := all[i]
			want.Source, want.ID = "back", catalogue.ResourceID("back", want.SourceKey)
			if diff := catalogue.Differences(want, r.Resource); len(diff) > 0 {
				t.Fatalf("%s, row %d: %+v", form, r.Number, diff)
			}
		}
	}
}

func TestBadMappings(t *testing.T) {
	for text, want := range map[string]string{
		"": "mapping-unreadable", "[": "mapping-unreadable", "source: a\nnonsense: 1": "mapping-unreadable", "source: [a]": "mapping-unreadable",
		"form: csv": "source:required", "{source: jiangsu, form: ckan}": "source:source-key-unfit", "{source: 'a=b', form: ckan}": "source:source-key-unfit",
		"{source: a, form: pdf, fields: {title: a, provider: b}}":                "form:not-a-choice",
		"{source: a, form: csv}":                                                 "fields.title:required",
		"{source: a, form: csv, fields: {title: a}, fixed: {provider: b, x: y}}": "fixed.x:not-a-choice",
		"{source: a, form: dcat, fields: {id: x}}":                               "fields.id:not-a-choice",
		"{source: a, form: dcat, words: {frequency: {x: hourly}}}":               "words.frequency:not-a-choice",
		"{source: a, form: dcat, words: {title: {x: y}}}":                        "words.title:not-a-choice",
		"{source: a, form: dcat, skipRows: -1}":                                  "skipRows:not-a-choice",
		"{source: " + strings.Repeat("长", 61) + ", form: dcat}":                  "source:too-long",
	} {
		_, wrong := ParseMapping([]byte(text))
		if wrong == nil {
			t.Errorf("%s: nothing is wrong", text)
			continue
		}
		got := wrong.Code
		if len(wrong.Fields) > 0 {
			got = wrong.Fields[0].Path + ":" + wrong.Fields[0].Code
		}
		if got != want || wrong.Class() != refusal.Invalid {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestMappedFailures(t *testing.T) {
	named := mappingOf(t, tableMapping)
	sheet := named
	sheet.Form = XLSX
	ckan, dcat := Mapping{Source: "a", Form: CKAN}, Mapping{Source: "a", Form: DCAT}
	for _, c := range []struct {
		name, file string
		m          Mapping
		want       FailureCode
	}{
		{"empty", "", named, NoRows},
		{"headings alone", "x\n编号,资源名称,提供部门,标签,格式,更新,开放,更新日期,说明\n", named, NoRows},
		{"another table", "x\na,b\n1,2\n", named, ColumnMissing},
		{"quotes", "x\n\"a\n", named, NotTable},
		{"bytes", "\xff\xff\xff", named, NotUTF8},
		{"no workbook", "PK", sheet, NotTable},
		{"no JSON", "x", ckan, NotJSON},
		{"broken off", `{"result": [`, ckan, Truncated},
		{"two", "[] []", ckan, TrailingData},
		{"no list", `{"a": 1}`, ckan, ShapeUnknown},
		{"bytes in JSON", "[\"\xff\"]", ckan, NotUTF8},
		{"no dataset", `{"@type": "dcat:Catalog"}`, dcat, ShapeUnknown},
		{"empty list", "[]", ckan, NoRows},
		{"no form", "x", Mapping{Source: "a"}, FormatUnknown},
	} {
		report, err := Run{Mapping: &c.m, Sink: memory{}.put}.Import(t.Context(), strings.NewReader(c.file))
		var failure *Failure
		if !errors.As(err, &failure) || failure.Code != c.want || report.Failure != failure || !failure.Code.Words().Complete() || failure.Detail("en") == "" {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// TestDryRun: a dry run stores nothing and says what the import then does, with the fields that change.
func TestDryRun(t *testing.T) {
	kept := map[string]catalogue.Resource{}
	compare := func(_ context.Context, batch []catalogue.Resource) ([]catalogue.Comparison, error) {
		out := make([]catalogue.Comparison, len(batch))
		for i, r := range batch {
			was, is := kept[r.ID]
			switch {
			case !is:
				out[i].Stored = catalogue.Created
			case was.Digest() == r.Digest():
				out[i].Stored = catalogue.Unchanged
			default:
				out[i] = catalogue.Comparison{Stored: catalogue.Changed, Differences: catalogue.Differences(was, r)}
			}
		}
		return out, nil
	}
	sink := func(ctx context.Context, batch []catalogue.Resource) ([]catalogue.Stored, error) {
		compared, err := compare(ctx, batch)
		out := make([]catalogue.Stored, len(batch))
		for i, r := range batch {
			kept[r.ID], out[i] = r, compared[i].Stored
		}
		return out, err
	}
	m := mappingOf(t, tableMapping)
	dry, wet := Run{Mapping: &m, Compare: compare}, Run{Mapping: &m, Compare: compare, Sink: sink}
	for _, step := range []struct{ file, want string }{
		{table, "新增  | 新增  | 拒收  缺少名称 | 拒收  缺少提供单位 | 合并  与另一行为同一资源，内容有出入（第 1 行）"},
		{table, "未变  | 未变  | 拒收  缺少名称 | 拒收  缺少提供单位 | 合并  与另一行为同一资源，内容有出入（第 1 行）"},
		{strings.Replace(table, "每日,内部", "每周,公开", 1), "未变  | 变更 更新频率、更新频率原词、开放属性 | 拒收  缺少名称 | 拒收  缺少提供单位 | 合并  与另一行为同一资源，内容有出入（第 1 行）"},
	} {
		before := len(kept)
		would, err := dry.Import(t.Context(), strings.NewReader(step.file))
		if err != nil || !would.Dry || len(kept) != before {
			t.Fatalf("a dry run: %v, %d kept", err, len(kept))
		}
		did, err := wet.Import(t.Context(), strings.NewReader(step.file))
		if err != nil || did.Dry || did.Created != would.Created || did.Changed != would.Changed || did.Unchanged != would.Unchanged {
			t.Fatalf("%v: %+v after %+v", err, did, would)
		}
		for _, r := range []Report{would, did} {
			var got []string
			for i, row := range r.RowTable("zh") {
				if row[0] != i+1 || len(row) != len(r.Headings("en")) {
					t.Errorf("row %v", row)
				}
				said, _, _ := strings.Cut(row[5].(string), "；")
				if row[2] != "拒收" && row[2] != "合并" {
					said = ""
				}
				got = append(got, strings.TrimRight(fmt.Sprintf("%s %s %s", row[2], row[4], said), " ")+map[bool]string{true: "  "}[said == "" && row[4] == ""])
			}
			want := strings.Split(step.want, " | ")
			for i := range want {
				if strings.TrimSpace(want[i]) != strings.TrimSpace(got[i]) {
					t.Errorf("row %d: %q, want %q", i+1, got[i], want[i])
				}
			}
			var summary strings.Builder
			if err := errors.Join(r.WriteSummary(&summary, "zh"), r.WriteRows(&summary, "en")); err != nil || strings.Contains(summary.String(), "试运行") != r.Dry {
				t.Errorf("%v\n%s", err, summary.String())
			}
		}
	}
}

// TestRealFileWithMapping reads a real catalogue by a mapping as its own layout does.
func TestRealFileWithMapping(t *testing.T) {
	file, err := os.ReadFile(filepath.Join("..", "demo", "catalogue", "hongkong.json"))
	if err != nil {
		t.Fatal(err)
	}
	m := mappingOf(t, "{source: hk, form: ckan, language: en, fields: {provider: organization, providerCode: organization_id, theme: groups, formats: formats, detailUrl: package_url}, fixed: {access: open}}")
	rows := mapped(t, m, file)
	var own []Row
	if _, err := Read(t.Context(), bytes.NewReader(file), func(r Row) error { own = append(own, r); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(own) {
		t.Fatalf("%d rows, %d by the layout of its own", len(rows), len(own))
	}
	for i, r := range rows {
		if r.Skip != own[i].Skip || r.Resource.Title != own[i].Resource.Title || r.Resource.Theme != own[i].Resource.Theme || r.Resource.DetailURL != own[i].Resource.DetailURL {
			t.Fatalf("row %d: %+v and %+v", r.Number, r, own[i])
		}
	}
}

func FuzzMapped(f *testing.F) {
	for _, file := range []string{table, ckanAnswer, dcatGraph, "", "[{}]", `{"@graph":[{"@type":["Dataset"],"title":{"@id":"a"}}]}`} {
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file string) {
		for _, m := range []Mapping{{Source: "a", Form: CSV, Fields: map[string]string{"title": "资源名称|a", "provider": "提供部门|b"}}, {Source: "a", Form: CKAN}, {Source: "a", Form: DCAT}} {
			report, err := Run{Mapping: &m, Sink: memory{}.put}.Import(context.Background(), strings.NewReader(file))
			var failure *Failure
			if err != nil && (!errors.As(err, &failure) || !failure.Code.Words().Complete()) {
				t.Fatal(err)
			}
			if len(report.RowTable("en")) != report.Rows || report.Rows != report.Imported+report.Merged+report.Skipped+report.NotStored {
				t.Fatalf("%+v", report)
			}
		}
	})
}

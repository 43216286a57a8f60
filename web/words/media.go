package words

import (
	"strings"

	"datacharter/domain/text"
)

// media names the types of files that rules may allow, with the extensions that go with them.
var media = map[string]struct {
	name       text.Text
	extensions []string
}{
	"application/pdf": {text.Text{ZH: "PDF", EN: "PDF"}, []string{".pdf"}},
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": {text.Text{ZH: "Word 文档（.docx）", EN: "Word (.docx)"}, []string{".docx"}},
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       {text.Text{ZH: "Excel 表格（.xlsx）", EN: "Excel (.xlsx)"}, []string{".xlsx"}},
	"image/png":  {text.Text{ZH: "PNG 图片", EN: "PNG images"}, []string{".png"}},
	"image/jpeg": {text.Text{ZH: "JPEG 图片", EN: "JPEG images"}, []string{".jpg", ".jpeg"}},
	"text/plain": {text.Text{ZH: "纯文本（.txt）", EN: "plain text (.txt)"}, []string{".txt"}},
	"text/csv":   {text.Text{ZH: "CSV", EN: "CSV"}, []string{".csv"}},
}

// MediaType names a type of files; one that the catalogue lacks by itself.
func MediaType(name string) text.Text {
	if m, ok := media[name]; ok {
		return m.name
	}
	return text.Text{ZH: name, EN: name}
}

// Extensions lists the extensions of types of files, as a control for files takes them; a type without is there itself.
func Extensions(types []string) string {
	var out []string
	for _, t := range types {
		if m, ok := media[t]; ok {
			out = append(out, m.extensions...)
		} else {
			out = append(out, t)
		}
	}
	return strings.Join(out, ",")
}

package api

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/internal/town"
)

// upload sends a file; declared is its Content-Type.
func (w *world) upload(person, name, declared string, content []byte) reply {
	w.t.Helper()
	w.keys++
	return w.send(person, http.MethodPost, base+"/attachments?name="+url.QueryEscape(name), content, "Content-Type", declared, "Idempotency-Key", fmt.Sprint("up-", w.keys))
}

const (
	docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

func office(t *testing.T, directory string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "docProps/app.xml", directory + "/document.xml"} {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(bytes.Repeat([]byte("<x/>"+name), 500)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFileTypes(t *testing.T) {
	w := newWorld(t)
	var picture bytes.Buffer
	w.Must(png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 2))))
	pdf, table, text := []byte("%PDF-1.7\n%%EOF\n"), []byte("name,count\na,1\nb,2\n"), []byte("一份说明\n")
	for _, c := range []struct {
		name, declared string
		content        []byte
		status         int
		code           string
	}{
		{"a.pdf", "application/pdf", pdf, 201, ""},
		{"A.PDF", "application/pdf; version=1.7", pdf, 201, ""},
		{"图.png", "image/png", picture.Bytes(), 201, ""},
		{"a.docx", docx, office(t, "word"), 201, ""},
		{"a.xlsx", xlsx, office(t, "xl"), 201, ""},
		{"a.csv", "text/csv", table, 201, ""},
		{"a.csv", "text/csv; charset=utf-8", []byte("only one column\nof text\n"), 201, ""},
		{"a.txt", "text/plain; charset=gbk", []byte("\xb9\xab\xb9\xb2\xca\xfd\xbe\xdd\r\n"), 201, ""},
		{"a.txt", "text/plain", text, 201, ""},
		{"a.pdf", "image/png", picture.Bytes(), 422, "file-mismatch"},
		{"a.png", "image/png", pdf, 422, "file-mismatch"},
		{"a.docx", docx, office(t, "xl"), 422, "file-mismatch"},
		{"a.docx", docx, office(t, "other"), 422, "file-mismatch"},
		{"a", "application/pdf", pdf, 422, "file-mismatch"},
		{"a.txt", "text/plain", []byte("<!DOCTYPE html><html><script>alert(1)</script>"), 422, "file-mismatch"},
		{"a.txt", "text/plain", []byte("\x00\x01\x02\x03binary"), 422, "file-mismatch"},
		{"a.html", "text/html", []byte("<html>"), 422, "file-type"},
		{"a.svg", "image/svg+xml", []byte("<svg/>"), 422, "file-type"},
		{"a.exe", "application/octet-stream", []byte("MZ"), 422, "file-type"},
		{"a.txt", "nonsense/", text, 415, "unsupported-media-type"},
		{"a.txt", "text/plain", nil, 422, "file-empty"},
		{"../a.txt", "text/plain", text, 422, "invalid-input"},
		{"a\\b.txt", "text/plain", text, 422, "invalid-input"},
		{"a\r\nX: y.txt", "text/plain", text, 422, "invalid-input"},
		{"a\u202etxt.exe.txt", "text/plain", text, 422, "invalid-input"},
		{"..", "text/plain", text, 422, "invalid-input"},
		{"", "text/plain", text, 422, "invalid-input"},
		{strings.Repeat("长", 197) + ".txt", "text/plain", text, 422, "invalid-input"},
	} {
		r := w.upload(theApplicant, c.name, c.declared, c.content)
		if r.status != c.status || c.code != "" && into[Problem](t, r).Code != c.code {
			t.Errorf("%q as %s: %d %s", c.name, c.declared, r.status, r.body)
		}
	}
	left, err := os.ReadDir(filepath.Join(w.Directory, "incoming"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestUploadAndDownload(t *testing.T) {
	w := newWorld(t)
	content := []byte("附件内容 attachment\n")
	first := w.upload(theApplicant, "说明 1.txt", "text/plain", content)
	a := into[Attachment](t, first)
	if first.status != http.StatusCreated || a.Organization != operator || a.Size != int64(len(content)) || first.header.Get("Location") != a.Href {
		t.Fatalf("%d %s", first.status, first.body)
	}
	repeat := w.send(theApplicant, http.MethodPost, base+"/attachments?name="+url.QueryEscape("说明 1.txt"), content, "Content-Type", "text/plain", "Idempotency-Key", fmt.Sprint("up-", w.keys))
	if repeat.status != 201 || !bytes.Equal(repeat.body, first.body) {
		t.Errorf("repeated: %s", repeat.body)
	}
	w.send(theApplicant, http.MethodPost, base+"/attachments?name=b.txt", content, "Content-Type", "text/plain", "Idempotency-Key", fmt.Sprint("up-", w.keys)).wants(t, 422, "idempotency-key-reused")
	got := w.get(theSignatory, a.Href) // of the same organisation
	if got.status != 200 || !bytes.Equal(got.body, content) || got.header.Get("Content-Type") != "text/plain" || got.header.Get("Cache-Control") != "no-store" ||
		got.header.Get("Content-Disposition") != "attachment; filename*=utf-8''%E8%AF%B4%E6%98%8E%201.txt" || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %v %s", got.status, got.header, got.body)
	}
	if part := w.send(theApplicant, http.MethodGet, a.Href, nil, "Range", "bytes=0-5"); part.status != http.StatusPartialContent || string(part.body) != "附件" {
		t.Errorf("%d %q", part.status, part.body)
	}
	w.get(theOfficer, a.Href).wants(t, 404, "not-found")
	w.get(theRival, a.Href).wants(t, 404, "not-found")
	w.InForce()
	draft := town.Application()
	draft["attachments"] = []string{a.Digest}
	id := w.do(theApplicant, base+"/authorizations", draft).ID
	w.get(theOfficer, a.Href).wants(t, 404, "not-found") // a draft is its applicant's
	w.do(theApplicant, authorizationsAt(id, "submit"), object{})
	if r := w.get(theOfficer, a.Href); r.status != 200 {
		t.Errorf("of a case that the officer sees: %s", r.body)
	}
	w.get(theRival, a.Href).wants(t, 404, "not-found")
	w.get(theReader, a.Href).wants(t, 404, "not-found")
	// What belongs to another organisation cannot be attached, though its digest is known.
	draft["agency"] = agency
	w.post(theRival, base+"/authorizations", draft).wants(t, 422, "invalid-input")
	for _, digest := range []string{"sha256:" + strings.Repeat("0", 64), "sha256:..", "x", strings.ToUpper(a.Digest)} {
		w.get(theApplicant, base+"/attachments/"+digest).wants(t, 404, "not-found")
	}
	// A member of the public has evidence of his own, and no other member has it.
	w.Must(w.Store.CreatePerson(t.Context(), "neighbour", "虚构"))
	w.Must(w.Store.Grant(t.Context(), "neighbour", town.Citizens, "reader"))
	secret, _, err := w.Store.IssueToken(t.Context(), "neighbour", "x", w.Now().AddDate(1, 0, 0))
	w.Must(err)
	w.secrets["neighbour"] = secret
	private := into[Attachment](t, w.upload(theReader, "b.txt", "text/plain", []byte("照片")))
	if r := w.get(theReader, private.Href); r.status != http.StatusOK {
		t.Errorf("%d %s", r.status, r.body)
	}
	w.get("neighbour", private.Href).wants(t, 404, "not-found")
	if _, err := w.server.files.Open(a.Digest); err != nil {
		t.Error(err)
	}
	w.Stands(authorization.Kind, id, authorization.Submitted)
}

func TestUploadLimits(t *testing.T) {
	w := newWorld(t)
	limit := int(w.Cases.Policies.All()[0].Application.Attachments.MaxBytes)
	w.upload(theApplicant, "a.txt", "text/plain", bytes.Repeat([]byte("a"), limit+1)).wants(t, http.StatusRequestEntityTooLarge, "file-too-large")
	ctx := t.Context()
	w.Must(w.Store.CreatePerson(ctx, "both", "虚构"))
	w.Must(w.Store.Grant(ctx, "both", agency, "case-officer"))
	w.Must(w.Store.Grant(ctx, "both", supplier, "supply-reviewer"))
	secret, _, err := w.Store.IssueToken(ctx, "both", "x", w.Now().AddDate(1, 0, 0))
	w.Must(err)
	w.secrets["both"] = secret
	w.upload("both", "a.txt", "text/plain", []byte("x")).wants(t, 422, "invalid-input")
	for organization, status := range map[string]int{supplier: 201, operator: 422} {
		r := w.send("both", http.MethodPost, base+"/attachments?name=a.txt&organization="+organization, []byte("x"), "Content-Type", "text/plain", "Idempotency-Key", organization)
		if r.status != status {
			t.Errorf("for %s: %s", organization, r.body)
		}
	}
}

func TestUploadForm(t *testing.T) {
	w := newWorld(t)
	form := func(filename string, parts ...string) ([]byte, string) {
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		for _, name := range parts {
			part, err := m.CreatePart(textproto.MIMEHeader{
				"Content-Disposition": {`form-data; name="` + name + `"; filename="` + filename + `"`}, "Content-Type": {"text/plain"},
			})
			w.Must(err)
			_, err = part.Write([]byte("内容\n"))
			w.Must(err)
		}
		w.Must(m.Close())
		return body.Bytes(), m.FormDataContentType()
	}
	send := func(body []byte, media string) reply {
		w.keys++
		return w.send(theApplicant, http.MethodPost, base+"/attachments", body, "Content-Type", media, "Idempotency-Key", fmt.Sprint("form-", w.keys))
	}
	body, media := form("说明.txt", "file")
	r := send(body, media)
	if a := into[Attachment](t, r); r.status != http.StatusCreated || a.MediaType != "text/plain" || a.Name != "说明.txt" || a.Size != 7 {
		t.Errorf("%d %s", r.status, r.body)
	}
	send(body[:len(body)-60], media).wants(t, 400, "bad-request")
	send(nil, media).wants(t, 400, "bad-request")
	send(body, "multipart/form-data").wants(t, 400, "bad-request")
	body, media = form("说明.txt", "other")
	send(body, media).wants(t, 400, "bad-request")
	body, media = form("说明.txt", "file", "file")
	send(body, media).wants(t, 400, "bad-request")
	body, media = form(`C:\\temp\\说明.txt`, "file")
	if p := send(body, media).wants(t, 422, "invalid-input"); p.Errors[0] != (FieldProblem{"file", "file-name", p.Errors[0].Detail}) {
		t.Errorf("%+v", p)
	}
}

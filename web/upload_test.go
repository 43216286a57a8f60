package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"

	"datacharter/internal/town"
)

// upload sends one file as the script does.
func (c *client) upload(control, organization, name, media string, content []byte) *page {
	c.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	c.w.Must(form.WriteField("control", control))
	c.w.Must(form.WriteField("organization", organization))
	part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {multipart.FileContentDisposition("file", name)}, "Content-Type": {media}})
	c.w.Must(err)
	_, err = part.Write(content)
	c.w.Must(err)
	c.w.Must(form.Close())
	return c.send(http.MethodPost, "/attachments", &body, "Content-Type", form.FormDataContentType())
}

// TestUpload: a file sent as it is chosen comes back as a row of the form; one that is not taken is refused in words.
func TestUpload(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.as(town.Applicant)
	kept := c.upload("attachments", town.Operator, "方案.txt", "text/plain", []byte("实施方案")).wants(http.StatusOK)
	boxes := all(kept.document(), tag("input"))
	if len(boxes) != 1 || attr(boxes[0], "name") != "attachments" || !has(boxes[0], "checked") || !strings.Contains(kept.text(), "方案.txt") {
		t.Fatalf("got %s", kept.body)
	}
	id := w.Drafted()
	at := "/authorizations/" + id + "/apply/attachments"
	form := c.get(at).form(at)
	form.values.Set("attachments", attr(boxes[0], "value"))
	if saved := form.press("then", "next").wants(http.StatusOK); !strings.Contains(saved.text(), "方案.txt") {
		t.Errorf("not attached: %s", saved.text())
	}
	for _, language := range []string{"zh", "en"} {
		c.speaking(language)
		for _, x := range []struct {
			name, media string
			content     []byte
			status      int
			says        map[string]string
		}{
			{"空.txt", "text/plain", nil, http.StatusUnprocessableEntity, map[string]string{"zh": "文件为空", "en": "empty"}},
			{"程序.exe", "application/x-msdownload", []byte("MZ"), http.StatusUnprocessableEntity, map[string]string{"zh": "Word 文档", "en": "Word (.docx)"}},
			{"假.pdf", "application/pdf", []byte("只是文字"), http.StatusUnprocessableEntity, map[string]string{"zh": "不一致", "en": "do not agree"}},
			{"大.txt", "text/plain", bytes.Repeat([]byte("a"), 50<<20+1), http.StatusRequestEntityTooLarge, map[string]string{"zh": "超过 50.0 MB", "en": "larger than 50.0 MB"}},
		} {
			if got := c.upload("attachments", town.Operator, x.name, x.media, x.content).wants(x.status); !strings.Contains(got.text(), x.says[language]) || strings.Contains(got.body, "<input") {
				t.Errorf("%s: %s", x.name, got.body)
			}
		}
	}
	for _, within := range []string{"materials.risk.attachments", "findings[3].evidence"} {
		if got := c.upload(within, town.Operator, "方案.txt", "text/plain", []byte("实施方案")).wants(http.StatusOK); !strings.Contains(got.body, `name="`+within+`"`) {
			t.Errorf("%s: %s", within, got.body)
		}
	}
	c.upload(`materials">.attachments`, town.Operator, "方案.txt", "text/plain", []byte("为别处")).wants(http.StatusBadRequest)
	c.upload("attachments", town.Agency, "方案.txt", "text/plain", []byte("为别家")).wants(http.StatusBadRequest)
	c.upload("anything", town.Operator, "方案.txt", "text/plain", []byte("为别处")).wants(http.StatusBadRequest)
	c.send(http.MethodPost, "/attachments", strings.NewReader("x"), "Content-Type", "text/plain").wants(http.StatusUnsupportedMediaType)
	if got := w.nobody().upload("attachments", town.Operator, "方案.txt", "text/plain", []byte("谁")); strings.Contains(got.body, "data-file") {
		t.Errorf("nobody's file was kept: %s", got.body)
	}
}

// TestFileRulesAreTold: what may be uploaded is said beside the control.
func TestFileRulesAreTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at := "/authorizations/" + w.Drafted() + "/apply/attachments"
	if got := w.as(town.Applicant).get(at).wants(http.StatusOK); !strings.Contains(got.text(), "可以上传：PDF、") || !strings.Contains(got.text(), "不超过 50.0 MB") {
		t.Errorf("%s", got.text())
	}
}

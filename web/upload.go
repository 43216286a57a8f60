package web

import (
	"io"
	"mime/multipart"
	"strconv"
	"strings"

	"datacharter/casework"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/web/form"
	"datacharter/web/ui"
	"datacharter/web/words"
)

// uploaded is a file that a script sent as soon as it was chosen, with what the form's control says of itself.
type uploaded struct {
	control, organization string
	kept                  lifecycle.Attachment
	refused               *refusal.Refusal
}

// takeFile keeps one file for a form that is still being filled in, and answers with the piece of the form that holds it, or says why not.
func (s *server) takeFile(v *visit) {
	parts, err := v.Request.MultipartReader()
	if err != nil {
		v.refuse(refusal.UnsupportedMediaType.With())
		return
	}
	up, err := s.readFile(v, parts)
	switch {
	case err != nil:
		v.fail(err)
	case up.refused != nil:
		v.Status(casework.Status(up.refused.Code, up.refused.Class()))
		v.piece(ui.FileRefused(fileRefusal(v, up.refused)))
	default:
		v.piece(ui.FileKept(v.page, up.control, form.Choice{Value: up.kept.Digest, Words: both(fileLine(up.kept))}))
	}
}

// maxControl bounds what a control says of itself, in bytes.
const maxControl = 200

// readFile reads the parts of an upload: what the control says of itself, then the file.
func (s *server) readFile(v *visit, parts *multipart.Reader) (uploaded, error) {
	var up uploaded
	for range 3 {
		part, err := parts.NextPart()
		if err != nil {
			return up, refused{refusal.BadRequest.With()}
		}
		switch part.FormName() {
		case "control", "organization":
			raw, err := io.ReadAll(io.LimitReader(part, maxControl))
			if err != nil {
				return up, refused{refusal.BadRequest.With()}
			}
			if part.FormName() == "control" {
				up.control = string(raw)
			} else {
				up.organization = string(raw)
			}
		case "file":
			if !form.HoldsFiles(up.control) || !v.actor.In(up.organization) {
				return up, refused{refusal.BadRequest.With()}
			}
			up.kept, up.refused, err = s.receive(v, up.organization, part.FileName(), part.Header.Get("Content-Type"), part)
			return up, err
		}
	}
	return up, refused{refusal.BadRequest.With()}
}

// fileLine names an uploaded file.
func fileLine(a lifecycle.Attachment) string { return a.Name + " · " + ui.Size(a.Size) }

// fileRefusal says why a file was not taken, in the units and names that people use.
func fileRefusal(v *visit, r *refusal.Refusal) string {
	switch r.Code {
	case refusal.FileTooLarge.Name:
		if most, err := strconv.ParseInt(r.Params["max"], 10, 64); err == nil {
			return v.T("文件超过 "+ui.Size(most)+"。", "The file is larger than "+ui.Size(most)+".")
		}
	case refusal.FileType.Name:
		return v.T("不接受此类文件。可以上传：", "Files of this type are not taken. You can upload: ") + typeNames(v.page, strings.Split(r.Params["types"], ", ")) + v.T("。", ".")
	}
	return r.Detail(v.page.Language)
}

// typeNames names types of files.
func typeNames(p *ui.Page, types []string) string {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = p.In(words.MediaType(t))
	}
	return strings.Join(names, p.T("、", ", "))
}

// uploads tells a page's controls for files what may be uploaded through them, and for whom.
func uploads(p *ui.Page, rules policy.FileRules, organization string) *ui.Uploads {
	most := ui.Size(rules.MaxBytes)
	return &ui.Uploads{
		Organization: organization, MaxBytes: rules.MaxBytes, Accept: words.Extensions(rules.MediaTypes),
		Rules: p.T("可以上传：", "You can upload: ") + typeNames(p, rules.MediaTypes) +
			p.T("；每个文件不超过 "+most+"，共不超过 "+strconv.Itoa(rules.MaxFiles)+" 个。", "; each at most "+most+", at most "+strconv.Itoa(rules.MaxFiles)+" files."),
		TooLarge: p.T("文件超过 "+most+"。", "The file is larger than "+most+"."),
	}
}

package web

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"datacharter/activities"
	"datacharter/attachments"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/web/form"
	"datacharter/web/ui"
)

// Bounds of what a form sends, files apart.
const (
	maxForm  = 1 << 20 // bytes
	maxParts = 5000
)

// sent reads the form of an act. Files are kept as they come, and their digests stand in the form like any other value: a file is refused by name,
// and the others stay.
func (s *server) sent(a *act) (url.Values, []refusal.Field, error) {
	media, params, err := mime.ParseMediaType(a.GetHeader("Content-Type"))
	if err != nil || media != "multipart/form-data" {
		sent, err := s.plain(a.visit)
		return sent, nil, err
	}
	r := formReader{visit: a.visit, organization: a.organization(), sent: url.Values{}, left: maxForm}
	parts := multipart.NewReader(a.Request.Body, params["boundary"])
	for range maxParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return r.sent, r.faults, nil
		}
		if err != nil {
			return nil, nil, refused{refusal.BadRequest.With()}
		}
		if err := r.part(part); err != nil {
			return nil, nil, err
		}
	}
	return nil, nil, refused{refusal.BodyTooLarge.With()}
}

// plain reads a form without files.
func (s *server) plain(v *visit) (url.Values, error) { return s.plainUpTo(v, maxForm) }

func (s *server) plainUpTo(v *visit, most int64) (url.Values, error) {
	v.Request.Body = http.MaxBytesReader(v.Writer, v.Request.Body, most)
	if err := v.Request.ParseForm(); err != nil {
		if errors.As(err, new(*http.MaxBytesError)) {
			return nil, refused{refusal.BodyTooLarge.With()}
		}
		return nil, refused{refusal.BadRequest.With()}
	}
	return v.Request.PostForm, nil
}

// refused is a refusal as an error on its way to the visitor.
type refused struct{ *refusal.Refusal }

func (r refused) Error() string { return r.Code }

// organization is the one for which files are uploaded: the side of the case on which the person stands, else the first that he serves.
func (a *act) organization() string {
	if a.serves != "" {
		return a.serves
	}
	if a.view != nil {
		for _, side := range []string{a.view.Head.Applicant, a.view.Head.Agency, a.view.Head.Body} {
			if side != "" && a.actor.In(side) {
				return side
			}
		}
	}
	if len(a.actor.Grants) == 0 {
		return ""
	}
	return a.actor.Grants[0].Organization
}

// formReader reads a form with files, part by part.
type formReader struct {
	*visit
	organization string
	sent         url.Values
	faults       []refusal.Field
	left         int64 // bytes of values still to be taken
}

func (r *formReader) part(part *multipart.Part) error {
	name := part.FormName()
	if field, ok := strings.CutSuffix(name, ui.FileSuffix); ok {
		return r.file(field, part)
	}
	raw, err := io.ReadAll(io.LimitReader(part, r.left+1))
	if err != nil {
		return refused{refusal.BadRequest.With()}
	}
	if r.left -= int64(len(raw)); r.left < 0 {
		return refused{refusal.BodyTooLarge.With()}
	}
	r.sent.Add(name, string(raw))
	return nil
}

// file keeps an uploaded file. A control that was left empty sends a part without a name.
func (r *formReader) file(field string, part *multipart.Part) error {
	if part.FileName() == "" {
		return nil
	}
	kept, fault, err := r.server.receive(r.visit, r.organization, part.FileName(), part.Header.Get("Content-Type"), part)
	if fault != nil {
		r.faults = append(r.faults, refusal.Field{Path: field, Code: fault.Code, Params: inWords(r.page, fault)})
	}
	if err != nil || fault != nil {
		return err
	}
	if !slices.Contains(r.sent[field], kept.Digest) {
		r.sent.Add(field, kept.Digest)
	}
	return nil
}

// inWords are the parameters of a refusal of a file as people say them.
func inWords(p *ui.Page, r *refusal.Refusal) map[string]string {
	params := maps.Clone(r.Params)
	if r.Code == refusal.FileType.Name {
		params["types"] = typeNames(p, strings.Split(params["types"], ", "))
	}
	return params
}

// fileRules are what may be uploaded.
func (s *server) fileRules() (policy.FileRules, error) {
	profile, ok := s.Policies.Newest(activities.DefaultPolicy)
	if !ok {
		return policy.FileRules{}, fmt.Errorf("there is no policy profile %q", activities.DefaultPolicy)
	}
	return profile.Application.Attachments, nil
}

// receive keeps a file that a person uploads for an organisation, or says why not.
func (s *server) receive(v *visit, organization, name, declared string, body io.Reader) (lifecycle.Attachment, *refusal.Refusal, error) {
	none := lifecycle.Attachment{}
	rules, err := s.fileRules()
	if err != nil {
		return none, nil, err
	}
	if organization == "" {
		return none, refusal.NotEntitled.With(), nil
	}
	if !attachments.IsName(name) {
		return none, refusal.FileName.With(), nil
	}
	file, err := s.files.Receive(body, rules.MaxBytes)
	switch {
	case errors.Is(err, attachments.ErrTooLarge):
		_, err := io.Copy(io.Discard, io.LimitReader(body, drained)) // what follows in the form still counts
		return none, refusal.FileTooLarge.With("max", fmt.Sprint(rules.MaxBytes)), err
	case errors.As(err, &attachments.SourceError{}):
		return none, nil, refused{refusal.BadRequest.With()}
	case err != nil:
		return none, nil, err
	}
	defer func() {
		if err := file.Discard(); err != nil {
			s.logger.ErrorContext(v.ctx, "a file that was received and not kept stays behind", "request", v.id, "error", err)
		}
	}()
	if file.Size == 0 {
		return none, refusal.FileEmpty.With(), nil
	}
	media, fault, err := file.Type(rules, name, declared)
	if err != nil || fault != nil {
		return none, fault, err
	}
	a := lifecycle.Attachment{Digest: file.Digest, Name: name, MediaType: media, Size: file.Size, Organization: organization}
	if err := file.Keep(); err != nil {
		return none, nil, err
	}
	return a, nil, s.Store.PutAttachment(v.ctx, a, v.actor.Person)
}

// drained bounds how much of a file that is too large is read and thrown away, so that the rest of the form arrives.
const drained = 64 << 20

// nameFiles makes the uploaded files of an act its controls' choices, by name. A digest that is not the person's to attach is dropped.
func (s *server) nameFiles(a *act) error {
	fields := fileFields(form.Build(a.input, url.Values{}, a.shapes).Fields)
	if len(fields) > 0 {
		rules, err := s.fileRules()
		if err != nil {
			return err
		}
		if a.files > 0 {
			rules.MaxFiles = min(rules.MaxFiles, a.files)
		}
		a.page.Uploads = uploads(a.page, rules, a.organization())
	}
	for _, f := range fields {
		var choices []form.Choice
		var kept []string
		for _, digest := range a.filled[f.Name] {
			found, err := s.Store.GetAttachment(a.ctx, a.actor, digest)
			if refusalOf(err) != nil {
				continue
			}
			if err != nil {
				return err
			}
			kept = append(kept, digest)
			choices = append(choices, form.Choice{Value: digest, Words: both(fileLine(found.Attachment))})
		}
		if len(a.filled[f.Name]) == 0 {
			continue
		}
		a.filled[f.Name] = kept
		if f.One && len(kept) > 1 { // a new one takes the place of the one before
			a.filled[f.Name], choices = kept[len(kept)-1:], choices[len(choices)-1:]
		}
		shape := a.shapes[f.Name]
		shape.Choices = choices
		a.shapes[f.Name] = shape
	}
	return nil
}

// fileFields finds the controls for files outside of rows: there are none in rows.
func fileFields(fields []form.Field) []form.Field {
	var out []form.Field
	for _, f := range fields {
		if f.Kind == form.Files {
			out = append(out, f)
		}
		out = append(out, fileFields(f.Fields)...)
	}
	return out
}

// download gives a file to be saved, never to be shown by a browser.
func (s *server) download(v *visit) {
	digest := v.Param("digest")
	if !attachments.IsDigest(digest) {
		v.refuse(refusal.NotFoundHere.With())
		return
	}
	a, err := s.Store.GetAttachment(v.ctx, v.actor, digest)
	if err != nil {
		v.fail(err)
		return
	}
	file, err := s.files.Open(a.Digest)
	if err != nil {
		v.fail(fmt.Errorf("an attachment that is on record: %w", err))
		return
	}
	defer func() {
		if err := file.Close(); err != nil {
			v.fault = err
		}
	}()
	v.Header("Content-Type", a.MediaType)
	v.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.Name}))
	http.ServeContent(v.Writer, v.Request, "", a.At, file)
}

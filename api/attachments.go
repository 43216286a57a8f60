package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"datacharter/activities"
	"datacharter/attachments"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// Attachment is an uploaded file without its bytes.
type Attachment struct {
	lifecycle.Attachment
	Href string `json:"href" doc:"where its bytes are"`
}

type uploadInput struct {
	Keyed
	Name         string `query:"name" maxLength:"200" doc:"of the file; in multipart/form-data it stands in the form"`
	Organization string `query:"organization" maxLength:"100" doc:"for which it is uploaded; needed by who serves several"`
	request      *http.Request
}

// Resolve implements huma.Resolver: the body is read as it comes, not kept in memory.
func (in *uploadInput) Resolve(ctx huma.Context) []error {
	in.request = humagin.Unwrap(ctx).Request
	return nil
}

type attachmentOutput struct {
	Location string `header:"Location"`
	Body     Attachment
}

type digestInput struct {
	Digest string `path:"digest" maxLength:"200" doc:"sha256:…"`
}

type fileOutput struct{ Body func(huma.Context) }

// upload keeps a file: the whole body, or the part named file of a form.
func (s *server) upload(ctx context.Context, in *uploadInput) (*attachmentOutput, error) {
	organization, err := uploader(callOf(ctx).actor, in.Organization)
	if err != nil {
		return nil, err
	}
	profile, ok := s.Policies.Newest(activities.DefaultPolicy)
	if !ok {
		return nil, fmt.Errorf("there is no policy profile %q", activities.DefaultPolicy)
	}
	rules := profile.Application.Attachments
	sent, err := in.content()
	if err != nil {
		return nil, err
	}
	if !attachments.IsName(sent.name) {
		return nil, refuseField(refusal.FileName.At(sent.namedAt))
	}
	file, err := s.files.Receive(sent.body, rules.MaxBytes)
	switch {
	case errors.Is(err, attachments.ErrTooLarge):
		return nil, refuse(refusal.FileTooLarge.With("max", fmt.Sprint(rules.MaxBytes)))
	case errors.As(err, &attachments.SourceError{}) && errors.Is(err, os.ErrDeadlineExceeded):
		return nil, refuse(refusal.RequestTimeout.With())
	case errors.As(err, &attachments.SourceError{}):
		return nil, refuse(refusal.BadRequest.With())
	case err != nil:
		return nil, err
	}
	defer func() {
		if err := file.Discard(); err != nil {
			s.logger.ErrorContext(ctx, "a file that was received and not kept stays behind", "request", callOf(ctx).id, "error", err)
		}
	}()
	if file.Size == 0 {
		return nil, refuse(refusal.FileEmpty.With())
	}
	if err := sent.end(); err != nil {
		return nil, err
	}
	media, refused, err := file.Type(rules, sent.name, sent.declared)
	if err != nil {
		return nil, err
	}
	if refused != nil {
		return nil, refuse(refused)
	}
	a := lifecycle.Attachment{Digest: file.Digest, Name: sent.name, MediaType: media, Size: file.Size, Organization: organization}
	_, err = s.Once(ctx, callOf(ctx).actor.Person, in.Key, []string{"upload", string(canonical(&a))}, func() error {
		if err := file.Keep(); err != nil {
			return err
		}
		return s.Store.PutAttachment(ctx, a, callOf(ctx).actor.Person)
	})
	if err != nil {
		return nil, err
	}
	// An organisation that had the file keeps it under its first name.
	if stored, err := s.Store.GetAttachment(ctx, callOf(ctx).actor, a.Digest); err != nil {
		return nil, err
	} else if stored.Organization == organization {
		a = stored.Attachment
	}
	href := base + "/attachments/" + a.Digest
	return &attachmentOutput{Location: href, Body: Attachment{Attachment: a, Href: href}}, nil
}

// uploader finds the organisation for which an actor uploads: the one that he names or the only one that he serves. The public uploads the evidence of
// objections.
func uploader(actor identity.Actor, named string) (string, error) {
	var serves []string
	for _, g := range actor.Grants {
		if !slices.Contains(serves, g.Organization) {
			serves = append(serves, g.Organization)
		}
	}
	switch {
	case len(serves) == 0:
		return "", refuse(refusal.NotEntitled.With())
	case named != "" && !slices.Contains(serves, named):
		return "", refuseField(refusal.UnknownReference.At("query.organization"))
	case named != "":
		return named, nil
	case len(serves) > 1:
		return "", refuseField(refusal.Required.At("query.organization"))
	default:
		return serves[0], nil
	}
}

// sentFile is a file as it comes in a request.
type sentFile struct {
	name, namedAt string // and where in the request that stands
	declared      string // media type
	body          io.Reader
	end           func() error // to be called when body is read: refuses whatever follows it
}

// content finds the file in the request: the whole body, or the first and only part of a form.
func (in *uploadInput) content() (sentFile, error) {
	declared := in.request.Header.Get("Content-Type")
	media, params, err := mime.ParseMediaType(declared)
	if err != nil {
		return sentFile{}, refuse(refusal.UnsupportedMediaType.With())
	}
	if media != "multipart/form-data" {
		return sentFile{in.Name, "query.name", declared, in.request.Body, func() error { return nil }}, nil
	}
	form := multipart.NewReader(in.request.Body, params["boundary"])
	part, err := form.NextPart()
	if err != nil || part.FormName() != "file" {
		return sentFile{}, refuse(refusal.BadRequest.With())
	}
	end := func() error {
		if _, err := form.NextPart(); !errors.Is(err, io.EOF) {
			return refuse(refusal.BadRequest.With())
		}
		return nil
	}
	sent := sentFile{in.Name, "query.name", part.Header.Get("Content-Type"), part, end}
	if in.Name == "" {
		sent.name, sent.namedAt = part.FileName(), "file"
	}
	return sent, nil
}

// download gives a file to be saved, never to be shown by a browser.
func (s *server) download(ctx context.Context, in *digestInput) (*fileOutput, error) {
	if !attachments.IsDigest(in.Digest) {
		return nil, notFound()
	}
	a, err := s.Store.GetAttachment(ctx, callOf(ctx).actor, in.Digest)
	if err != nil {
		return nil, err
	}
	file, err := s.files.Open(a.Digest)
	if err != nil {
		return nil, fmt.Errorf("an attachment that is on record: %w", err)
	}
	return &fileOutput{Body: func(hc huma.Context) {
		c := humagin.Unwrap(hc)
		defer func() {
			if err := file.Close(); err != nil {
				callOf(ctx).fault = err
			}
		}()
		c.Header("Content-Type", a.MediaType)
		c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.Name}))
		c.Header("ETag", `"`+strings.TrimPrefix(a.Digest, "sha256:")+`"`)
		http.ServeContent(c.Writer, c.Request, "", time.Time{}, file)
	}}, nil
}

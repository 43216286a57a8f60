package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// AttachmentView is an uploaded file without its bytes.
type AttachmentView struct {
	lifecycle.Attachment
	UploadedBy string
	At         time.Time
}

// Attaching is a case that refers to attachments: who may see the case may then see them.
type Attaching interface {
	// AttachmentDigests lists the digests, in any order.
	AttachmentDigests() []string
}

type attachmentRow struct {
	Digest       string `gorm:"primaryKey"`
	Organization string `gorm:"primaryKey"`
	Name         string
	MediaType    string
	Size         int64
	UploadedBy   string
	At           int64
}

func (attachmentRow) TableName() string { return "attachments" }

func (r attachmentRow) attachment() lifecycle.Attachment {
	return lifecycle.Attachment{Digest: r.Digest, Name: r.Name, MediaType: r.MediaType, Size: r.Size, Organization: r.Organization}
}

func (r attachmentRow) view() AttachmentView {
	return AttachmentView{Attachment: r.attachment(), UploadedBy: r.UploadedBy, At: fromMicros(r.At)}
}

// PutAttachment notes an uploaded file; one that the organisation has already stays as it is. ErrNotFound when there is no such organisation or person.
func (s *Store) PutAttachment(ctx context.Context, a lifecycle.Attachment, uploadedBy string) error {
	row := attachmentRow{
		Digest: a.Digest, Organization: a.Organization, Name: storable(a.Name), MediaType: a.MediaType, Size: a.Size,
		UploadedBy: uploadedBy, At: micros(s.businessNow()),
	}
	err := s.write.WithContext(ctx).Clauses(onlyOnce).Create(&row).Error
	if s.dialect.isForeignKey(err) {
		return ErrNotFound
	}
	return err
}

// GetAttachment returns a file that an organisation of the actor's uploaded or that a case or quality report he may see refers to, or ErrNotFound. Members of the public have
// nothing to do with each other: of theirs each has his own.
// The same file uploaded by several organisations is the same file: his own upload comes first.
func (s *Store) GetAttachment(ctx context.Context, actor identity.Actor, digest string) (AttachmentView, error) {
	var row attachmentRow
	if err := s.attachmentsFor(ctx, actor).Where("a.digest = ?", digest).Take(&row).Error; err != nil {
		return AttachmentView{}, s.found(err)
	}
	return row.view(), nil
}

// Attachments is GetAttachment for several files at once, by digest. What is not there for the actor is left out.
func (s *Store) Attachments(ctx context.Context, actor identity.Actor, digests []string) (map[string]AttachmentView, error) {
	query := func(digests []string) *gorm.DB { return s.attachmentsFor(ctx, actor).Where("a.digest IN ?", digests) }
	found := map[string]AttachmentView{}
	return lookUp(digests, query, func(r attachmentRow) (string, AttachmentView, error) {
		if _, seen := found[r.Digest]; !seen {
			found[r.Digest] = r.view()
		}
		return r.Digest, found[r.Digest], nil
	})
}

// attachmentsFor are the uploads that the actor may have, his own first.
func (s *Store) attachmentsFor(ctx context.Context, actor identity.Actor) *gorm.DB {
	organizations, public := []string{""}, []string{""} // no organisation has an empty ID
	for _, g := range actor.Grants {
		if g.Kind == identity.Public {
			public = append(public, g.Organization)
		} else {
			organizations = append(organizations, g.Organization)
		}
	}
	may, report := sees(actor), seesReport(actor)
	return s.read.WithContext(ctx).Table("attachments AS a").Select("a.*").
		Where("a.organization IN ? OR a.organization IN ? AND a.uploaded_by = ? OR EXISTS (SELECT 1 FROM case_attachments l JOIN cases c ON c.id = l.case_id WHERE l.digest = a.digest AND "+may.sql+")"+
			" OR EXISTS (SELECT 1 FROM concern_attachments l JOIN concerns c ON c.id = l.concern_id WHERE l.digest = a.digest AND ("+report.sql+"))",
			slices.Concat([]any{organizations, public, actor.Person}, may.args, report.args)...).
		Order(ownFirst(organizations))
}

// ownFirst orders rows of attachments, called a, so that those of the organisations come first.
func ownFirst(organizations []string) clause.OrderBy {
	return clause.OrderBy{Expression: clause.Expr{
		SQL: "CASE WHEN a.organization IN ? THEN 0 ELSE 1 END, a.organization", Vars: []any{organizations},
	}}
}

package store

import (
	"context"
	"time"

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

// PutAttachment notes an uploaded file; one that the organisation has already stays as it is.
func (s *Store) PutAttachment(ctx context.Context, a lifecycle.Attachment, uploadedBy string) error {
	panic("not yet")
}

// GetAttachment returns a file that an organisation of the actor's uploaded or that a case he may see refers to, or ErrNotFound.
func (s *Store) GetAttachment(ctx context.Context, actor identity.Actor, digest string) (AttachmentView, error) {
	panic("not yet")
}

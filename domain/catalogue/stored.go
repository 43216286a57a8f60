package catalogue

// Stored says what storing a resource changed.
type Stored string

// The answers. Unchanged means that the stored resource has the same digest.
const (
	Created   Stored = "created"
	Changed   Stored = "changed"
	Unchanged Stored = "unchanged"
)

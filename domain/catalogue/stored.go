package catalogue

// Stored says what storing a resource changed.
type Stored string

// The answers. Unchanged means that the stored resource has the same digest. Held and Dismissed mean that it differs and nothing was changed, because the
// stored resource is registered: what the source says now waits for a person, or one has dismissed it before.
const (
	Created   Stored = "created"
	Changed   Stored = "changed"
	Unchanged Stored = "unchanged"
	Held      Stored = "held"
	Dismissed Stored = "dismissed"
)

// Comparison says what storing a resource would change, and of one that is there already in which fields it differs: from what is stored to what would be.
type Comparison struct {
	Stored      Stored
	Differences []Difference
}

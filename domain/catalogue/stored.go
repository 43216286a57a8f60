package catalogue

// Stored says what storing a resource changed.
type Stored string

// The answers. Unchanged means that the stored resource has the same digest.
const (
	Created   Stored = "created"
	Changed   Stored = "changed"
	Unchanged Stored = "unchanged"
)

// Comparison says what storing a resource would change, and of one that is there already in which fields: from what is stored to what would be.
type Comparison struct {
	Stored      Stored
	Differences []Difference
}

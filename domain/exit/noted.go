package exit

// Noted is what the system notes as the result of what it did itself. People's results are their own words.
type Noted string

// What the system notes.
const (
	SuspensionOrdered Noted = "access-suspension-ordered"
	AccessRestored    Noted = "access-restored"
	NoticeSent        Noted = "notice-in-outbox"
	NoticeWithdrawn   Noted = "notice-withdrawn"
	ProductsRelisted  Noted = "products-relisted"
	StepTaken         Noted = "done"
)

package api

// Keyed is what every request that changes something must carry.
type Keyed struct {
	Key string `header:"Idempotency-Key" required:"true" minLength:"1" maxLength:"200" pattern:"^[!-~]+$" doc:"names this request: a repeat with the same key and body changes nothing and gets the same answer"`
}

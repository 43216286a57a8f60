package authorization

import (
	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// notBanned refuses an applicant whom an earlier exit keeps from applying again, with the day on which that ends.
func notBanned(applicant string, env lifecycle.Env) refused {
	today := calendar.DateOf(env.Now)
	for _, c := range env.Facts.Exits[applicant] {
		if x, ok := c.(*exit.Exit); ok && x.Banned(today) {
			return refusal.ExitBanned.With("exit", x.ID, "until", x.Ban.Until.String())
		}
	}
	return nil
}

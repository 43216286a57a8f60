package exit

import "datacharter/domain/text"

// Judgement is a yearly evaluation that was failed, or an internal-control audit that found defects, as the authorisation had it when the exit was opened: a ground
// such as a failed evaluation rests on it (27号 Art. 14(9), 21).
type Judgement struct {
	Of       JudgementOf `json:"of"`
	Year     int         `json:"year"`
	Points   int         `json:"points,omitempty"` // of 100, of an evaluation
	Grade    text.Text   `json:"grade,omitzero"`   // of an evaluation
	Evidence []string    `json:"evidence,omitempty"`
}

// JudgementOf is what was judged by. It is stored: never rename one.
type JudgementOf string

// What there is.
const (
	Evaluated JudgementOf = "evaluation"
	Audited   JudgementOf = "audit"
)

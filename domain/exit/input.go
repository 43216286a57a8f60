package exit

import "datacharter/domain/lifecycle"

// Bounds of inputs, in characters and in number.
const (
	maxText        = 4000
	maxShort       = 200
	maxPoints      = 50  // of one statement
	maxAllPoints   = 200 // of the whole defence
	maxCertificate = 100
)

// The inputs of the commands.
type (
	// Nothing is the input of commands that need none.
	Nothing struct{}
	// OpenInput names the authorisation whose exit this is.
	OpenInput struct {
		Authorization string `json:"authorization"`
	}
	// ResultInput says what came of something that the system did.
	ResultInput struct {
		Result string `json:"result" maxLength:"4000"`
	}
	// DefenceInput is a statement of the operator.
	DefenceInput struct {
		Points      []string `json:"points" minItems:"1" maxItems:"50" doc:"the statement point by point; the decision answers each"`
		Attachments []string `json:"attachments,omitempty" doc:"digests of uploaded attachments"`
	}
	// DecisionInput is the decision.
	DecisionInput struct {
		Outcome Verdict  `json:"outcome" enum:"terminate,continue"`
		Reasons string   `json:"reasons" maxLength:"4000"`
		Answers []Answer `json:"answers,omitempty" doc:"one answer to each point of the defence, in its order"`

		BanMonths int  `json:"ban_months,omitempty" minimum:"0" doc:"ban on re-entry, no longer than the notice announced"`
		Harm      bool `json:"harm,omitempty" doc:"found, in an annulment: it would do great harm to the public interest, and is not done"`
	}
	// ServiceInput says how the decision was served.
	ServiceInput struct {
		Date  string `json:"date" format:"date"`
		How   string `json:"how" maxLength:"200" doc:"way of service 送达方式"`
		Proof string `json:"proof" doc:"digest of the attachment that proves service 送达回证"`
	}
	// StepInput names a step of the wind-down.
	StepInput struct {
		Step string `json:"step"`
	}
	// StepResultInput says what came of a step of the system.
	StepResultInput struct {
		Step   string `json:"step"`
		Result string `json:"result" maxLength:"4000"`
	}
	// FinishInput ends a step that people take.
	FinishInput struct {
		lifecycle.TaskInput
		Proof       []string `json:"proof,omitempty" doc:"digests of uploaded attachments"`
		Certificate string   `json:"certificate,omitempty" maxLength:"100" doc:"number of the certificate, of deletion for one"`
		Accounts    []Line   `json:"accounts,omitempty" maxItems:"200" doc:"the settlement, for the step settle-accounts: what was received equals what was paid out"`
		Note        string   `json:"note,omitempty" maxLength:"4000"`
		Nothing     bool     `json:"nothing,omitempty" doc:"there is nothing to do, where the step may have that; the note says why"`
	}
	// ReasonInput is a reason in words.
	ReasonInput struct {
		Reason string `json:"reason" maxLength:"4000"`
	}
	// UndoneInput says what came of undoing a measure.
	UndoneInput struct {
		Measure MeasureName `json:"measure" enum:"interim,notice"`
		Result  string      `json:"result" maxLength:"4000"`
	}
)

package exit

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

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

// faults collects what is wrong with the fields of an input.
type faults []refusal.Field

func (f *faults) add(field refusal.Field) { *f = append(*f, field) }

// text checks words that must be there.
func (f *faults) text(path, s string, most int) {
	if strings.TrimSpace(s) == "" {
		f.add(refusal.Required.At(path))
	}
	f.atMost(path, s, most)
}

func (f *faults) atMost(path, s string, most int) {
	if utf8.RuneCountInString(s) > most {
		f.add(refusal.TooLong.At(path, "max", fmt.Sprint(most)))
	}
}

// count checks the length of a list, and reports whether its items are worth looking at.
func (f *faults) count(path string, n, most int) bool {
	if n > most {
		f.add(refusal.TooMany.At(path, "max", fmt.Sprint(most)))
	}
	return n <= most
}

// files checks attachments: each there once, uploaded by somebody of the actor's organisation.
func (f *faults) files(path string, digests []string, env lifecycle.Env) {
	if !f.count(path, len(digests), env.Policy.Application.Attachments.MaxFiles) {
		return
	}
	for i, d := range digests {
		at := fmt.Sprintf("%s[%d]", path, i)
		f.file(at, d, env)
		if slices.Index(digests, d) != i {
			f.add(refusal.Repeated.At(at))
		}
	}
}

func (f *faults) file(path, digest string, env lifecycle.Env) {
	if file, ok := env.Facts.Attachments[digest]; !ok || file.Organization != env.By.Organization {
		f.add(refusal.UnknownReference.At(path))
	}
}

func (f faults) refusal() *refusal.Refusal { return refusal.InvalidFields(f) }

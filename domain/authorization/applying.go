package authorization

import (
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/refusal"
	"datacharter/domain/regrading"
)

// The inputs of the application phase.
type (
	// DraftInput opens a case with an application.
	DraftInput struct {
		Application
		Applicant string `json:"applicant,omitempty" doc:"organisation ID of the applicant; needed only by who drafts for more than one"`
	}
	// ReturnInput names all that is missing, once (一次性告知).
	ReturnInput struct {
		Missing []Missing `json:"missing" minItems:"1" maxItems:"100"`
	}
	// ReasonInput is a command's reason in words.
	ReasonInput struct {
		Reason string `json:"reason" maxLength:"4000"`
	}
	// Nothing is the input of commands that need none.
	Nothing struct{}
)

// OrganizationID implements lifecycle.OnBehalf.
func (in DraftInput) OrganizationID() string { return in.Applicant }

// The events of the application phase.
type (
	// Drafted opens the case as a draft.
	Drafted struct {
		Applicant string              `json:"applicant"`
		Policy    lifecycle.PolicyRef `json:"policy"`
		Content   Application         `json:"content"`
	}
	// Edited replaces the application's content.
	Edited struct {
		Content Application `json:"content"`
	}
	// DraftDeleted ends a draft.
	DraftDeleted struct{}
	// Handed is a submission or resubmission.
	Handed struct {
		Submission Submission          `json:"submission"`
		State      lifecycle.State     `json:"state"`
		Policy     lifecycle.PolicyRef `json:"policy"`
	}
	// ReturnedIncomplete sends the application back with everything missing named.
	ReturnedIncomplete struct {
		Missing []Missing `json:"missing"`
	}
	// Accepted ends the completeness check and opens the reviews.
	Accepted struct{}
	// RefusedIncomplete refuses the application at the completeness check.
	RefusedIncomplete struct {
		Reason string `json:"reason"`
	}
	// ApplicationWithdrawn ends the case at the applicant's wish.
	ApplicationWithdrawn struct {
		Reason string `json:"reason"`
	}
)

// EventType implements lifecycle.Content.
func (Drafted) EventType() string { return "drafted" }

// EventType implements lifecycle.Content.
func (Edited) EventType() string { return "edited" }

// EventType implements lifecycle.Content.
func (DraftDeleted) EventType() string { return "draft-deleted" }

// EventType implements lifecycle.Content.
func (Handed) EventType() string { return "submitted" }

// EventType implements lifecycle.Content.
func (ReturnedIncomplete) EventType() string { return "returned-incomplete" }

// EventType implements lifecycle.Content.
func (Accepted) EventType() string { return "accepted" }

// EventType implements lifecycle.Content.
func (RefusedIncomplete) EventType() string { return "refused-incomplete" }

// EventType implements lifecycle.Content.
func (ApplicationWithdrawn) EventType() string { return "withdrawn" }

// The names of the limits of this phase.
const (
	completeness = "completeness"
	completion   = "completion"
)

const completenessStep = "completeness"

// Bounds of what is named as missing.
const (
	maxMissing     = 100
	maxMissingText = 1000
)

func draft(a *Authorization, in DraftInput, env lifecycle.Env) (contents, refused) {
	applicant := env.By.Organization
	f := in.check(a.ID, applicant, env)
	f.Unless(in.Applicant != "" || !env.Actor.ForSeveral(identity.Applicant), refusal.Required.At("applicant"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{Drafted{Applicant: applicant, Policy: env.PolicyRef(), Content: in.Application}}, nil
}

func edit(a *Authorization, in Application, env lifecycle.Env) (contents, refused) {
	f := in.check(a.ID, a.Applicant, env)
	f.Unless(a.State == Draft || in.Agency == a.Agency, refusal.FixedOnceSubmitted.At("agency"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{Edited{Content: in}}, nil
}

func deleteDraft(*Authorization, Nothing, lifecycle.Env) (contents, refused) {
	return contents{DraftDeleted{}}, nil
}

func submit(a *Authorization, _ Nothing, env lifecycle.Env) (contents, refused) {
	handed, r := hand(a, Submitted, env)
	if r != nil {
		return nil, r
	}
	return contents{handed, a.checked(env)}, nil
}

// checked is the limit of the completeness check.
func (a *Authorization) checked(env lifecycle.Env) lifecycle.DeadlineStarted {
	return env.Limit(completeness, env.Policy.Application.Completeness, a.officers(), a.administrators())
}

// resubmit goes back to where the application was returned from: to the completeness check, or to a new round of reviews.
func resubmit(a *Authorization, _ Nothing, env lifecycle.Env) (contents, refused) {
	next := Submitted
	if a.State != Returned {
		next = Reviewing
	}
	handed, r := hand(a, next, env)
	if r != nil {
		return nil, r
	}
	out := append(contents{handed}, a.EndDeadlines(completion)...)
	if next == Reviewing {
		opened, r := a.course(env).OpenRound(env)
		return append(out, opened...), r
	}
	clock := a.RestartClocks(env, completeness)
	if len(clock) == 0 { // it had run out before the return: that miss stands, and the check now due has a limit of its own
		clock = contents{a.checked(env)}
	}
	return append(out, clock...), nil
}

// hand checks the application and freezes it as a submission.
func hand(a *Authorization, next lifecycle.State, env lifecycle.Env) (Handed, refused) {
	if r := checkApplicant(a.Applicant, env); r != nil {
		return Handed{}, r
	}
	if r := notBanned(a.Applicant, env); r != nil {
		return Handed{}, r
	}
	f := a.Application.check(a.ID, a.Applicant, env)
	a.Application.checkComplete(&f, env.Policy)
	a.keptApart(&f, env)
	var on *plan.Ref
	if env.Policy.Plan != nil {
		on = a.Application.rest(&f, len(a.Submissions) > 0, env)
	}
	if r := f.Refusal(); r != nil {
		return Handed{}, r
	}
	s := Submission{
		No: len(a.Submissions) + 1, Hash: lifecycle.ContentHash(a.Application), Content: a.Application, Plan: on, At: env.Now, By: env.By,
	}
	if len(a.Submissions) > 0 {
		s.Changes = lifecycle.Diff(a.latest().Content, a.Application)
	}
	return Handed{Submission: s, State: next, Policy: env.PolicyRef()}, nil
}

// accept ends the completeness check; the reviews open at once.
func accept(a *Authorization, _ Nothing, env lifecycle.Env) (contents, refused) {
	out := append(contents{Accepted{}}, a.EndDeadlines(completeness)...)
	opened, r := a.course(env).OpenRound(env)
	return append(out, opened...), r
}

// returnIncomplete stops the clock of the completeness check and lets the applicant's run.
func returnIncomplete(a *Authorization, in ReturnInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Unless(len(in.Missing) > 0, refusal.Required.At("missing"))
	if f.Count("missing", len(in.Missing), maxMissing) {
		for i, m := range in.Missing {
			f.AtMost(refusal.In("missing", i, "path"), m.Path, maxTitle)
			f.Text(refusal.In("missing", i, "text"), m.Text, maxMissingText)
		}
	}
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := append(contents{ReturnedIncomplete(in)}, a.StopClocks(env, completeness)...)
	return append(out, env.Limit(completion, env.Policy.Application.Completion, a.applicants(), a.officers())), nil
}

func refuseIncomplete(a *Authorization, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return append(contents{RefusedIncomplete(in)}, a.Drop()...), nil
}

func withdraw(a *Authorization, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return append(contents{ApplicationWithdrawn(in)}, a.Drop()...), nil
}

func (in ReasonInput) check() refused {
	var f refusal.Faults
	f.Text("reason", in.Reason, maxStatement)
	return f.Refusal()
}

func applicationEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.On(func(a A, e Drafted, _ lifecycle.Event) {
			a.State, a.Applicant, a.Policy = Draft, e.Applicant, e.Policy
			a.put(e.Content)
		}),
		lifecycle.On(func(a A, e Edited, _ lifecycle.Event) { a.put(e.Content) }),
		lifecycle.On(func(a A, _ DraftDeleted, _ lifecycle.Event) { a.State = Deleted }),
		lifecycle.On(func(a A, e Handed, _ lifecycle.Event) {
			a.State, a.Policy, a.Missing = e.State, e.Policy, nil
			a.Submissions = append(a.Submissions, e.Submission)
			a.Regraded = regrading.Keep(a.Regraded, a.rests())
		}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e ReturnedIncomplete, at lifecycle.Event) {
				a.State, a.Missing, a.Returns = Returned, e.Missing, a.Returns+1
				a.Acted(completenessStep, at.By.Person)
			}),
			func(a A, _ ReturnedIncomplete, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.applicants(), "application-returned")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, _ Accepted, e lifecycle.Event) {
				a.State = Reviewing
				a.Acted(completenessStep, e.By.Person)
			}),
			func(a A, _ Accepted, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.applicants(), "application-accepted")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e RefusedIncomplete, at lifecycle.Event) {
				a.State, a.Refused, a.Outcome = Refused, &Reasons{Text: e.Reason, By: at.By, At: at.At}, "refused-at-completeness"
				a.Acted(completenessStep, at.By.Person)
			}),
			func(a A, _ RefusedIncomplete, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.applicants(), "application-refused")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, _ ApplicationWithdrawn, _ lifecycle.Event) {
				a.State, a.Pending, a.Outcome = Withdrawn, nil, "withdrawn"
			}),
			func(a A, _ ApplicationWithdrawn, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.officers(), "application-withdrawn")
			}),
	}
}

func (a *Authorization) put(content Application) {
	a.Application, a.Title, a.Agency = content, content.Title, content.Agency
}

func tell(a *Authorization, to lifecycle.Recipients, subject string) []lifecycle.Effect {
	return []lifecycle.Effect{lifecycle.Tell(to, subject, "case", a.ID)}
}

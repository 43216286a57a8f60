package registration

import (
	"maps"
	"slices"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// The inputs of an application and its acceptance.
type (
	// Nothing is the input of commands that need none.
	Nothing struct{}
	// DraftInput opens a case with the application for a first registration.
	DraftInput struct {
		Application
		Registrant string `json:"registrant,omitempty" doc:"organisation ID of the registrant; needed only by who applies for more than one"`
		For        string `json:"for,omitempty" maxLength:"100" doc:"organisation ID of the registrant for whom one's own organisation drafts as its agent; the mandate is attached"`
	}
	// ResubmitInput hands an application in again; statement and attachments are for those that have no content of their own.
	ResubmitInput struct {
		Statement   string   `json:"statement,omitempty" maxLength:"4000"`
		Attachments []string `json:"attachments,omitempty" doc:"digests of uploaded attachments"`
	}
	// ReturnInput names all that is missing, once (一次性告知).
	ReturnInput struct {
		lifecycle.TaskInput
		Missing []Missing `json:"missing" minItems:"1" maxItems:"100"`
	}
	// ReasonInput is a reason in words.
	ReasonInput struct {
		Reason string `json:"reason" maxLength:"4000"`
	}
	// TaskReasonInput ends a task with a reason in words.
	TaskReasonInput struct {
		lifecycle.TaskInput
		Reason string `json:"reason" maxLength:"4000"`
	}
)

// OrganizationID implements lifecycle.OnBehalf.
func (in DraftInput) OrganizationID() string { return in.Registrant }

// The steps that count for the separation of duty, and the names of the tasks and limits that belong to them.
const (
	acceptance     = "acceptance"
	review         = "formal-review"
	recheck        = "recheck"
	coding         = "coding"
	deregistration = "deregistration"
	revocation     = "revocation"
	objecting      = "objection"
	completion     = "completion"
	notice         = "notice"
	window         = "registration-renewal"
	expiry         = "validity"
)

// Bounds of what is named as missing.
const (
	maxMissing     = 100
	maxMissingText = 1000
)

// ruled: a profile older than registrations has no rules for them.
var ruled = guard{
	Words: words("规则方案含登记规则", "the profile has rules of registration"),
	Check: func(_ *Registration, env lifecycle.Env) refused {
		if env.Policy.Registration == nil {
			return refusal.PolicyUnknown.With()
		}
		return nil
	},
}

func draft(_ *Registration, in DraftInput, env lifecycle.Env) (contents, refused) {
	registrant := env.By.Organization
	if in.For != "" {
		registrant = in.For
	}
	f := in.check(registrant, env)
	if in.For != "" {
		of, ok := env.Facts.Organizations[in.For]
		f.Unless(ok && !of.Closed && identity.MayGive(of.Kind, identity.Registrant) && in.For != env.By.Organization, refusal.UnknownReference.At("for"))
		f.Unless(in.Agent.Organization == env.By.Organization, refusal.MandateOfAnother.At("agent.organization"))
		f.Unless(len(in.Agent.Powers) == 0 || slices.Contains(in.Agent.Powers, PowerApplication), refusal.MandateExceeded.At("agent.powers"))
	}
	f.Unless(in.Registrant != "" || !env.Actor.ForSeveral(identity.Registrant), refusal.Required.At("registrant"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{Drafted{Registrant: registrant, Policy: env.PolicyRef(), Content: in.Application}}, nil
}

// edit changes an application that is not handed in or was returned. The registry stays once it has the application.
func edit(r *Registration, in Application, env lifecycle.Env) (contents, refused) {
	f := in.check(r.Applicant, r.ours(env))
	r.mandateKept(&f, in, env)
	f.Unless(r.State == Draft || in.Registry == r.Body, refusal.FixedOnceSubmitted.At("registry"))
	f.Unless(r.State == Draft || in.Object == r.Drafted.Object, refusal.FixedOnceSubmitted.At("object"))
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	return contents{Edited{For: r.acting(env), Content: in}}, nil
}

// withContent: only first and change registrations have an application of their own that can be edited.
var withContent = guard{
	Words: words("首次登记或者变更登记", "a first or a change registration"),
	Check: func(r *Registration, _ lifecycle.Env) refused {
		if p := r.underWay(); p != nil && len(p.Submitted) == 0 {
			return refusal.RegistrationNoContent.With()
		}
		return nil
	},
}

// ours lets the files that the case has already count as the registrant's: who uploaded them may be its agent no more.
func (r *Registration) ours(env lifecycle.Env) lifecycle.Env {
	files := maps.Clone(env.Facts.Attachments)
	for _, digest := range r.AttachmentDigests() {
		if file, ok := files[digest]; ok {
			file.Organization = r.Applicant
			files[digest] = file
		}
	}
	env.Facts.Attachments = files
	return env
}

func deleteDraft(r *Registration, _ Nothing, env lifecycle.Env) (contents, refused) {
	return contents{DraftDeleted{For: r.acting(env)}}, nil
}

func submit(r *Registration, _ Nothing, env lifecycle.Env) (contents, refused) {
	content, late, refused := r.handIn(r.Drafted, First, env.Now, env)
	if refused != nil {
		return nil, refused
	}
	return r.apply(Applied{Type: First, Content: &content, Late: late, Policy: env.PolicyRef()}, env), nil
}

// handIn checks an application of a type that was first handed in at a time, and freezes it. Only a first registration can be late.
func (r *Registration) handIn(a Application, of Type, first time.Time, env lifecycle.Env) (s Submission, late bool, refused refused) {
	f := a.check(r.Applicant, r.ours(env))
	a.checkComplete(&f)
	late = of == First && a.checkTimely(&f, env.Policy.Registration, first, env)
	return Submission{Hash: lifecycle.ContentHash(a), Content: a, At: env.Now, By: env.By}, late, f.Refusal()
}

// apply hands an application to the registry, whose clock of acceptance starts (26号 Art. 10).
func (r *Registration) apply(a Applied, env lifecycle.Env) contents {
	a.For = r.acting(env)
	return append(contents{a}, r.toAccept(env)...)
}

func (r *Registration) toAccept(env lifecycle.Env) contents {
	return r.assign(acceptance, words("登记受理", "acceptance of the registration"), env)
}

// assign gives the registry a task with its limit.
func (r *Registration) assign(step string, title textOf, env lifecycle.Env) contents {
	return contents{r.task(0, step, step, title, env), env.Limit(step, r.limit(step, env), r.registrars(), r.registrars())}
}

func (r *Registration) task(n int, step, limit string, title textOf, env lifecycle.Env) lifecycle.TaskOpened {
	return r.NewTask(n, lifecycle.Task{
		Name: step, Title: title, Kind: identity.Registry, Organization: r.Body, Role: identity.Registrar, Step: step, Deadline: limit,
	}, env.Now)
}

// resubmit hands a returned application in again: the clock of acceptance starts anew (26号 Art. 10).
func resubmit(r *Registration, in ResubmitInput, env lifecycle.Env) (contents, refused) {
	p := r.underWay()
	out := Resubmitted{For: r.acting(env), Statement: in.Statement, Attachments: in.Attachments}
	var f refusal.Faults
	f.AtMost("statement", in.Statement, maxText)
	env.CheckFiles(&f, "attachments", in.Attachments, r.Applicant, env.By.Organization)
	if len(p.Submitted) > 0 {
		content, late, refused := r.handIn(r.Drafted, p.Type, p.At, env)
		if refused != nil {
			return nil, refused
		}
		out.Content, out.Late = &content, late
	} else {
		f.Unless(in.Statement != "" || len(in.Attachments) > 0, refusal.Required.At("statement"))
	}
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	events := append(contents{out}, r.EndDeadlines(completion)...)
	return append(events, r.toAccept(env)...), nil
}

// accept ends the check of an application and opens the step that its type has next.
func accept(r *Registration, in lifecycle.TaskInput, env lifecycle.Env) (contents, refused) {
	p := r.underWay()
	out := append(contents{finished(in.Task, "accepted", "")}, r.EndDeadlines(acceptance)...)
	next, step, title := Reviewing, review, words("形式审核", "formal review")
	if p.Type == Deregistration {
		next, step, title = Deregistering, deregistration, words("办理注销", "deregistration")
	}
	return append(append(out, Accepted{State: next}), r.assign(step, title, env)...), nil
}

// returnable: all that is missing is named at once (一次性告知). Only the registrant completes an application; whoever else asks for a correction may ask anew.
var returnable = guard{
	Words: words("登记主体的申请，尚未退回过（一次性告知）", "the registrant's application, not returned before: all that is missing is named at once"),
	Check: func(r *Registration, env lifecycle.Env) refused {
		if !r.byRegistrant(r.underWay()) {
			return refusal.RegistrationOthers.With()
		}
		if r.underWay().Returns >= env.Policy.Registration.MaxReturns {
			return refusal.ReturnedBefore.With()
		}
		return nil
	},
}

// returnIncomplete ends the clock of acceptance; the next one starts with the resubmission.
func returnIncomplete(r *Registration, in ReturnInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Unless(len(in.Missing) > 0, refusal.Required.At("missing"))
	if f.Count("missing", len(in.Missing), maxMissing) {
		for i, m := range in.Missing {
			f.AtMost(refusal.In("missing", i, "path"), m.Path, maxName)
			f.Text(refusal.In("missing", i, "text"), m.Text, maxMissingText)
		}
	}
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	out := append(contents{finished(in.Task, "returned", "")}, r.EndDeadlines(acceptance)...)
	return append(out, ReturnedIncomplete{Missing: in.Missing}, env.Limit(completion, env.Policy.Registration.Completion, r.registrants(), r.registrars())), nil
}

func refuse(r *Registration, in TaskReasonInput, env lifecycle.Env) (contents, refused) {
	if refused := checkReason(in.Reason); refused != nil {
		return nil, refused
	}
	return r.fail(NotAccepted, in.Reason, env, finished(in.Task, string(NotAccepted), in.Reason)), nil
}

// own: what somebody else asked for, or the registry began by itself, the registrant cannot take back.
var own = guard{
	Words: words("登记主体自己的申请", "the registrant's own application"),
	Check: func(r *Registration, _ lifecycle.Env) refused {
		if !r.byRegistrant(r.underWay()) {
			return refusal.RegistrationOthers.With()
		}
		return nil
	},
}

func withdraw(r *Registration, in ReasonInput, env lifecycle.Env) (contents, refused) {
	if refused := checkReason(in.Reason); refused != nil {
		return nil, refused
	}
	return r.fail(Withdrawn, in.Reason, env), nil
}

func checkReason(reason string) refused {
	var f refusal.Faults
	f.Text("reason", reason, maxText)
	return f.Refusal()
}

func finished(task, outcome, opinion string) lifecycle.TaskFinished {
	return lifecycle.TaskFinished{Task: task, Outcome: outcome, Opinion: opinion}
}

package authorization

import (
	"fmt"
	"slices"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Proposal is one side's proposal to end the authorisation by agreement.
type Proposal struct {
	Ground    string      `json:"ground"`
	Statement string      `json:"statement"`
	Evidence  []string    `json:"evidence,omitempty"`
	Side      Side        `json:"side"`
	By        identity.By `json:"by"`
	At        time.Time   `json:"at"`
}

// The inputs of exit.
type (
	// ExitInput starts an exit on a ground of the profile.
	ExitInput struct {
		Ground    string   `json:"ground" maxLength:"100" doc:"an exit ground of the policy profile"`
		Statement string   `json:"statement" maxLength:"4000" doc:"the facts and reasons"`
		Evidence  []string `json:"evidence,omitempty" doc:"digests of uploaded evidence"`
	}
	// AccessInput is the system's command over the operator's access.
	AccessInput struct {
		Access Access `json:"access" enum:"open,suspended,closed"`
	}
)

// The events of exit.
type (
	// ExitOpened sends the case into exit; the exit itself is a case of its own.
	ExitOpened struct {
		Request exit.Request `json:"request"`
	}
	// ExitProposed records a proposal to end by agreement.
	ExitProposed struct {
		Proposal Proposal `json:"proposal"`
	}
	// ExitDeclined ends the proposal.
	ExitDeclined struct {
		Reason string `json:"reason"`
	}
	// AccessSet records the operator's access to the data.
	AccessSet struct {
		Access Access `json:"access"`
	}
	// ProductsRelisted puts products back on offer.
	ProductsRelisted struct {
		Products []string `json:"products"`
	}
	// ExitEnded brings the exit's outcome back: the case goes on, or is closed.
	ExitEnded struct {
		Exit    string          `json:"exit"`
		Outcome exit.Outcome    `json:"outcome"`
		State   lifecycle.State `json:"state"`
		// What an exit that closes the case says of it; events before the public register do not.
		Way       string         `json:"way,omitempty"`
		Effective *calendar.Date `json:"effective,omitempty"`
	}
)

// EventType implements lifecycle.Content.
func (ProductsRelisted) EventType() string { return "products-relisted" }

// EventType implements lifecycle.Content.
func (ExitOpened) EventType() string { return "exit-opened" }

// EventType implements lifecycle.Content.
func (ExitProposed) EventType() string { return "exit-proposed" }

// EventType implements lifecycle.Content.
func (ExitDeclined) EventType() string { return "exit-declined" }

// EventType implements lifecycle.Content.
func (AccessSet) EventType() string { return "access-set" }

// EventType implements lifecycle.Content.
func (ExitEnded) EventType() string { return "exit-ended" }

func openExit(a *Authorization, in ExitInput, env lifecycle.Env) (contents, refused) {
	return a.exitBy(policy.ByAdministrator, in, env)
}

func waive(a *Authorization, in ExitInput, env lifecycle.Env) (contents, refused) {
	return a.exitBy(policy.ByOperator, in, env)
}

func (a *Authorization) exitBy(trigger policy.Trigger, in ExitInput, env lifecycle.Env) (contents, refused) {
	request := a.request(trigger, in, env)
	if _, r := request.Check(env.Policy.Exit); r != nil {
		return nil, r
	}
	f := in.check(env)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{ExitOpened{Request: request}}, nil
}

func (in ExitInput) check(env lifecycle.Env) refusal.Faults {
	var f refusal.Faults
	f.Text("statement", in.Statement, maxStatement)
	env.CheckFiles(&f, "evidence", in.Evidence, env.By.Organization)
	return f
}

var nothingProposed = guard{
	Words: words("没有待答复的协商退出提议", "no proposal to end by agreement waits for an answer"),
	Check: func(a *Authorization, _ lifecycle.Env) refused {
		if a.Proposal != nil {
			return refusal.ExitProposedAlready.With()
		}
		return nil
	},
}

// proposeExit checks all that the exit will need, so that the other side's consent is enough.
func proposeExit(a *Authorization, in ExitInput, env lifecycle.Env) (contents, refused) {
	f := in.check(env)
	i := slices.IndexFunc(env.Policy.Exit.Grounds, func(g policy.ExitGround) bool { return g.Code == in.Ground && g.Trigger == policy.ByBoth })
	f.Unless(i >= 0, refusal.NotAGround.At("ground"))
	f.Unless(i < 0 || !env.Policy.Exit.Grounds[i].Evidence || len(in.Evidence) > 0, refusal.Required.At("evidence"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{ExitProposed{Proposal: Proposal{
		Ground: in.Ground, Statement: in.Statement, Evidence: in.Evidence, Side: a.side(env.By), By: env.By, At: env.Now,
	}}}, nil
}

var proposed = guard{
	Words: words("有协商退出提议", "there is a proposal"),
	Check: func(a *Authorization, _ lifecycle.Env) refused {
		if a.Proposal == nil {
			return refusal.NothingToAnswer.With()
		}
		return nil
	},
}

var otherProposedExit = guard{
	Words: words("提议由对方提出", "the other side has proposed it"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		if a.Proposal.Side == a.side(env.By) {
			return refusal.OtherSideAgrees.With()
		}
		return nil
	},
}

// consentExit is the other side's yes; it opens the exit.
func consentExit(a *Authorization, _ Nothing, env lifecycle.Env) (contents, refused) {
	p, agreedBy := a.Proposal, env.By
	env.By = p.By
	request := a.request(policy.ByBoth, ExitInput{Ground: p.Ground, Statement: p.Statement, Evidence: p.Evidence}, env)
	request.AgreedBy = &agreedBy
	if _, r := request.Check(env.Policy.Exit); r != nil {
		return nil, r
	}
	return contents{ExitOpened{Request: request}}, nil
}

func declineExit(_ *Authorization, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return contents{ExitDeclined(in)}, nil
}

func (a *Authorization) request(trigger policy.Trigger, in ExitInput, env lifecycle.Env) exit.Request {
	var resources []string
	if env.Policy.Exit.Procedure != nil {
		resources = a.rests()
	}
	return exit.Request{
		Resources: resources,
		Exit:      fmt.Sprintf("%s.exit-%d", a.ID, len(a.Exits)+1), Ground: in.Ground, Trigger: trigger,
		Evidence: in.Evidence, Statement: in.Statement, RequestedBy: env.By, Opened: env.Now, Products: a.listed(), Findings: a.proposing(), Judgements: a.Judgements(),
	}
}

// expire opens the exit at the end of the term.
func (a *Authorization) expire(env lifecycle.Env) contents {
	for _, g := range env.Policy.Exit.Grounds {
		if g.Trigger == policy.ByExpiry {
			return contents{ExitOpened{Request: a.request(g.Trigger, ExitInput{Ground: g.Code, Statement: g.Title.ZH}, env)}}
		}
	}
	return nil
}

// expired reports whether the term has ended.
func (a *Authorization) expired() bool {
	return slices.ContainsFunc([]string{expiry, termCap}, func(name string) bool {
		d := a.Deadline(name)
		return d != nil && d.Passed
	})
}

func (a *Authorization) listed() []string {
	var out []string
	for _, p := range a.Products {
		if p.Listed {
			out = append(out, p.Name)
		}
	}
	return out
}

func setAccess(a *Authorization, in AccessInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	refusal.Choice(&f, "access", in.Access, AccessOpen, AccessSuspended, AccessClosed)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	if in.Access == a.Access || in.Access == AccessOpen && a.Before == Suspended {
		return nil, nil // a suspension that came before the exit stays in force
	}
	return contents{AccessSet(in)}, nil
}

// relist puts back on offer what the wind-down took off it, after a decision to reinstate. A product that is a case comes back by itself.
func relist(a *Authorization, _ Nothing, _ lifecycle.Env) (contents, refused) {
	var names []string
	for _, name := range a.ExitRequest().Products {
		if p := a.product(name); p != nil && !p.Listed && p.Of == nil {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	return contents{ProductsRelisted{Products: names}}, nil
}

func delistAll(a *Authorization, _ Nothing, env lifecycle.Env) (contents, refused) {
	return a.offNoMore(env), nil
}

// offNoMore takes off offer whatever is on it.
func (a *Authorization) offNoMore(env lifecycle.Env) contents {
	var out contents
	for _, name := range a.listed() {
		out = append(out, ProductDelisted{Product: name, Withheld: env.Policy.Exit.Procedure != nil && a.caseOf(name) != ""})
	}
	return out
}

// recordExitOutcome ends the exit. When it was stopped or not upheld the case goes on – unless its term has ended meanwhile, which opens the next exit at once.
func recordExitOutcome(a *Authorization, in exit.Result, env lifecycle.Env) (contents, refused) {
	if in.Exit != a.ExitRequest().Exit {
		return nil, refusal.NotThatExit.With()
	}
	var f refusal.Faults
	refusal.Choice(&f, "outcome", in.Outcome, exit.OutcomeStopped, exit.OutcomeContinued, exit.OutcomeClosed, exit.OutcomeCured, exit.OutcomeReinstated)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	ended := ExitEnded{Exit: in.Exit, Outcome: in.Outcome, State: a.Before}
	switch {
	case in.Outcome == exit.OutcomeClosed:
		ended.State, ended.Way, ended.Effective = Closed, in.Way, in.Effective
		// Taking products off offer may have been done by hand: an authorisation that has ended offers nothing, and gives no access.
		return slices.Concat(a.offNoMore(env), contents{ended}, a.Drop(), a.callForDisclosure(env)), nil
	case a.expired():
		return append(contents{ended}, a.expire(env)...), nil
	default:
		return contents{ended}, nil
	}
}

func exitEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, e ExitOpened, _ lifecycle.Event) {
				a.Before, a.State, a.Proposal = a.State, Exiting, nil
				a.Exits = append(a.Exits, e.Request)
			}),
			func(a A, e ExitOpened, _ lifecycle.Event) []lifecycle.Effect {
				return slices.Concat(tell(a, a.applicants(), "exit-opened"), tell(a, a.officers(), "exit-opened"), a.tellProducts(StandsExiting),
					a.tellFindings(ConsequenceInput{Exit: e.Request.Exit}))
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e ExitProposed, _ lifecycle.Event) { a.Proposal = &e.Proposal }),
			func(a A, e ExitProposed, _ lifecycle.Event) []lifecycle.Effect {
				if e.Proposal.Side == AgencySide {
					return tell(a, a.applicants(), "exit-proposed")
				}
				return tell(a, a.officers(), "exit-proposed")
			}),
		lifecycle.On(func(a A, _ ExitDeclined, _ lifecycle.Event) { a.Proposal = nil }),
		lifecycle.On(func(a A, e ProductsRelisted, _ lifecycle.Event) {
			for _, name := range e.Products {
				if p := a.product(name); p != nil {
					p.Listed = true
				}
			}
		}),
		lifecycle.On(func(a A, e AccessSet, _ lifecycle.Event) { a.Access = e.Access }),
		lifecycle.Sending(
			lifecycle.On(func(a A, e ExitEnded, at lifecycle.Event) {
				a.State, a.Before = e.State, ""
				if e.State == Closed {
					a.Access, a.Outcome = AccessClosed, "closed-after-exit"
					a.Ended = &Ending{Way: e.Way, Effective: e.Effective, At: at.At}
				}
			}),
			func(a A, _ ExitEnded, at lifecycle.Event) []lifecycle.Effect {
				return slices.Concat(tell(a, a.applicants(), "exit-ended"), tell(a, a.officers(), "exit-ended"), a.tellProducts(a.stands()), a.endAccounts(at), a.endFindings())
			}),
	}
}

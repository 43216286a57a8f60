package lives

import (
	"slices"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// Exit is the exit of one authorisation.
type Exit struct {
	*Director
	ID string
}

// Exit is the exit under way, or the last one.
func (a *Authorization) Exit() *Exit {
	return &Exit{Director: a.Director, ID: a.Case().ExitRequest().Exit}
}

// Leave opens the exit on a ground, in the way that the ground asks for.
func (a *Authorization) Leave(g policy.ExitGround) *Exit {
	a.T.Helper()
	in := authorization.ExitInput{Ground: g.Code, Statement: "事实和理由"}
	if g.Evidence {
		in.Evidence = []string{Evidence.Digest}
	}
	switch g.Trigger {
	case policy.ByAdministrator:
		a.As(Administrator, "open-exit", in)
	case policy.ByOperator:
		a.As(Signatory, "waive", in)
	case policy.ByBoth:
		a.As(Applicant, "propose-exit", in)
		a.As(AgencySignatory, "consent-exit", authorization.Nothing{})
	case policy.ByExpiry:
		a.Reaches(authorization.Exiting, 24*time.Hour)
	}
	return a.Exit()
}

// As has a person give the exit a command, which must be accepted.
func (x *Exit) As(person, command string, input any) {
	x.T.Helper()
	x.Do(person, exit.Machine, x.ID, command, input)
}

// Case is the exit as it stands.
func (x *Exit) Case() *exit.Exit { return x.Director.Case(exit.Machine, x.ID).(*exit.Exit) }

// Reaches waits until the exit is in the state.
func (x *Exit) Reaches(state lifecycle.State, step time.Duration) {
	x.T.Helper()
	x.Until(x.ID+" in the state "+string(state), step, func() bool { return x.Case().State == state })
}

// Decide has the operator heard, where the ground asks for it – once the time to cure has passed, where there is one – and the exit decided, by a meeting
// first where its way asks for one.
func (x *Exit) Decide(v exit.Verdict) {
	x.T.Helper()
	x.Until("the opening of "+x.ID, time.Hour, func() bool { return x.Case().Version > 0 })
	var answers []exit.Answer
	if x.Case().Ground.Adverse {
		x.Until("notice of "+x.ID, time.Hour, func() bool { return x.Case().State != exit.Opened })
		x.Reaches(exit.Hearing, 24*time.Hour)
		answers = x.defend()
	}
	x.judge(v, answers)
}

// defend has the operator state its defence, and says how it will be answered.
func (x *Exit) defend() []exit.Answer {
	x.T.Helper()
	x.As(Applicant, "state-defence", exit.DefenceInput{Points: []string{"申辩一", "申辩二"}})
	return []exit.Answer{{Accepted: false, Text: "不采纳"}, {Accepted: true, Text: "采纳"}}
}

// judge has the exit decided once everybody was heard.
func (x *Exit) judge(v exit.Verdict, answers []exit.Answer) {
	x.T.Helper()
	x.Until("the end of the defence in "+x.ID, 24*time.Hour, func() bool {
		return x.Case().State == exit.Deciding || x.Case().State == exit.Resolving
	})
	if x.Case().State == exit.Resolving {
		x.Resolve(v)
	}
	x.As(Decider, "decide", exit.DecisionInput{Outcome: v, Reasons: "理由", Answers: answers})
}

// Resolve has the agency's meeting discuss the exit.
func (x *Exit) Resolve(v exit.Verdict) {
	x.T.Helper()
	voice := resolution.For
	if v == exit.Continue {
		voice = resolution.Against
	}
	m := x.Call("m-"+x.ID, Agency, resolution.Exit, x.ID)
	m.Open()
	m.Vote(resolution.ToAgree, voice)
	m.Close()
	x.Reaches(exit.Deciding, time.Hour)
}

// Outlive waits, years, for the end of what goes on after the wind-down.
func (x *Exit) Outlive() {
	x.T.Helper()
	x.Reaches(exit.Closed, 30*24*time.Hour)
}

// Serve has the decision served on the operator.
func (x *Exit) Serve() {
	x.T.Helper()
	x.As(Officer, "serve-decision", exit.ServiceInput{Date: x.today().String(), How: "直接送达", Proof: Evidence.Digest})
}

// WindDown has people do what is theirs of the wind-down, until the exit is closed.
func (x *Exit) WindDown() {
	x.T.Helper()
	over := func() bool { return x.Case().State == exit.Surviving || x.Case().State == exit.Closed }
	for !over() {
		x.Until("a task or the end of "+x.ID, time.Hour, func() bool { return x.Task() != nil || over() })
		if t := x.Task(); t != nil {
			x.Finish(*t)
		}
	}
}

// Finish has a task of the wind-down done.
func (x *Exit) Finish(t lifecycle.Task) {
	x.T.Helper()
	in := exit.FinishInput{TaskInput: lifecycle.TaskInput{Task: t.ID}, Proof: []string{Proof.Digest}, Certificate: "证明1", Note: "完成"}
	if t.Kind == identity.Agency {
		in.Proof = []string{Evidence.Digest}
	}
	if t.Name == exit.SettleAccounts {
		in.Accounts = []exit.Line{{Side: exit.Received, Party: identity.Public, Item: "收入", Fen: 100}, {Side: exit.Paid, Party: identity.Operator, Item: "分配", Fen: 100}}
	}
	for _, command := range []struct {
		name  string
		input any
	}{{"claim", in.TaskInput}, {"finish-step", in}} {
		switch out := x.Try(whoHolds(t), exit.Machine, x.ID, command.name, command.input); {
		case out.Refusal != nil && (out.Refusal.Code == refusal.TaskOver.Name || out.Refusal.Code == refusal.NotInState.Name):
			return // on a slow machine its limit passes meanwhile, and it falls to the agency, or the system comes to its end with one that fell to it
		case out.Refusal != nil:
			x.T.Fatalf("%s of %s is refused: %+v", command.name, t.Name, *out.Refusal)
		}
	}
}

// Task is an open task of the wind-down, or nil.
func (x *Exit) Task() *lifecycle.Task {
	tasks := x.Case().Tasks
	if i := slices.IndexFunc(tasks, lifecycle.Task.Active); i >= 0 {
		return &tasks[i]
	}
	return nil
}

package exit

import (
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// decisionStep is the deciding step of this kind of case.
const decisionStep = "exit-decision"

// notOwnRequest keeps whoever asked for the exit, or agreed to it, from deciding it.
var notOwnRequest = lifecycle.Guard[*Exit]{
	Words: text.Text{ZH: "决定人未提出或者同意该退出", EN: "the decider neither asked for the exit nor agreed to it"},
	Check: func(c *Exit, env lifecycle.Env) refused {
		if c.Request.askedBy(env.Actor.Person) {
			return refusal.ExitOwnRequest.With()
		}
		return nil
	},
}

// decide demands an answer to every point of the defence (Administrative Penalty Law Art. 45 [seen-full]: well-founded points are accepted).
func decide(c *Exit, in DecisionInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	refusal.Choice(&f, "outcome", in.Outcome, Terminate, Continue)
	f.Text("reasons", in.Reasons, maxText)
	points := c.points()
	f.Count("answers", len(in.Answers), len(points))
	for i := range points {
		path := refusal.In("answers", i, "text")
		if i < len(in.Answers) {
			f.Text(path, in.Answers[i].Text, maxText)
		} else {
			f.Add(refusal.Required.At(path))
		}
	}
	taken := DecisionTaken{Verdict: in.Outcome, Reasons: in.Reasons, Answers: in.Answers, Remedies: env.Policy.Exit.Remedies}
	c.decideInFull(in, &taken, &f)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := append(contents{taken}, c.EndDeadlines(decisionLimit)...)
	if in.Outcome == Terminate {
		out = append(out, env.Limit(serviceLimit, env.Policy.Exit.Service, c.agency(identity.CaseOfficer), c.agency(identity.Administrator)))
	}
	return out, nil
}

func needServiceProof(_ *Exit, in ServiceInput) lifecycle.Needs {
	return lifecycle.Needs{Attachments: []string{in.Proof}}
}

func serveDecision(c *Exit, in ServiceInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	date, err := calendar.ParseDate(in.Date)
	switch {
	case err != nil:
		f.Add(refusal.NotADate.At("date"))
	case date.Before(calendar.DateOf(c.Decision.At)) || date.After(calendar.DateOf(env.Now)):
		f.Add(refusal.ExitServiceDate.At("date"))
	}
	f.Text("how", in.How, maxShort)
	env.CheckFile(&f, "proof", in.Proof, env.By.Organization)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	served := DecisionServed{Service: Service{Date: date, How: in.How, Proof: in.Proof, By: env.By}}
	if !c.InFull() {
		return append(contents{served}, c.EndDeadlines(serviceLimit)...), nil
	}
	served.Ban = c.ban(date)
	return append(append(contents{served}, c.EndDeadlines(serviceLimit)...), c.remedyLimits(date, env)...), nil
}

package plan

import (
	"slices"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/regrading"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
)

// folds says how each event changes the case and what it sends out.
func folds() []lifecycle.EventType[*Plan] {
	type (
		P  = *Plan
		at = lifecycle.Event
	)
	return []lifecycle.EventType[P]{
		lifecycle.InterestEvent[P](),
		lifecycle.On(func(p P, e review.StageOpened, _ at) {
			p.State = Reviewing
			if e.Round != p.Round {
				p.Findings = nil
			}
			p.Round, p.Stage = e.Round, e.Stage
		}),
		lifecycle.Sending(lifecycle.On(func(p P, e regrading.Recorded, at at) { p.Regraded = regrading.Note(p.Regraded, e, at.At) }), tellRegraded),
		lifecycle.On(func(p P, e Drafted, _ at) {
			p.State, p.Agency, p.Policy = Draft, e.Agency, e.Policy
			p.put(e.Content)
		}),
		lifecycle.On(func(p P, e Edited, _ at) { p.put(e.Content) }),
		lifecycle.On(func(p P, _ DraftDeleted, _ at) { p.State, p.Outcome = Deleted, WasDeleted }),
		lifecycle.On(func(p P, e Handed, at at) {
			p.Policy, p.Submitted = e.Policy, &Submission{Hash: e.Hash, By: at.By, At: at.At}
		}),
		lifecycle.Sending(lifecycle.On(func(p P, e CommentBegun, _ at) {
			p.Earlier = p.hearings()
			p.Comment = &Commenting{From: e.From, Until: e.Until, Content: p.Drafted}
		}), publishComment),
		lifecycle.On(func(p P, e Commented, at at) {
			p.Comment.Opinions = append(p.Comment.Opinions, Opinion{No: e.No, Name: e.Name, Text: e.Text, By: at.By, At: at.At})
		}),
		lifecycle.On(func(p P, _ CommentOver, _ at) { p.Comment.Over = true }),
		lifecycle.Sending(lifecycle.On(func(p P, e Found, _ at) {
			p.Findings = append(p.Findings, e.Finding)
			for _, a := range e.Finding.Answers {
				p.Comment.Opinions[a.No-1].Answer = &a
			}
		}), tellAnswers),
		lifecycle.Sending(lifecycle.On(func(p P, e ReviewsPassed, _ at) { p.State, p.Pending = AwaitingDecision, &e.Pending }), tellPassed),
		lifecycle.Sending(lifecycle.On(func(p P, _ ReviewsReturned, _ at) { p.State = ReviewReturned }), tellReturned),
		lifecycle.Sending(lifecycle.On(func(p P, e ResolutionRecorded, _ at) {
			if e.State != "" {
				p.State = e.State
			}
			p.Pending = e.Pending
			p.Resolutions = append(p.Resolutions, Resolved{Hash: e.Hash, Resolution: e.Resolution})
			p.Deciders = append(p.Deciders, e.Resolution.Body)
			for _, v := range e.Resolution.Votes {
				p.Acted(resolution.Step(e.Resolution.Decision), v.Person)
			}
		}), tellResolution),
		lifecycle.On(func(p P, e CameInForce, at at) {
			v := Version{No: len(p.Versions) + 1, Hash: p.Drafted.Hash(), Content: p.Drafted, Resolution: e.Resolution, From: at.At, By: at.By}
			if p.Change != nil {
				v.Reason = p.Change.Reason
			}
			v.Hearings = p.settle()
			p.Versions = append(p.Versions, v)
			p.State, p.Change = ToBeFiled, nil
			p.Regraded = regrading.Keep(p.Regraded, p.Drafted.resourceIDs())
		}),
		lifecycle.Sending(lifecycle.On(func(p P, e CameToNothing, at at) { p.fell(e, at) }), tellNothing),
		lifecycle.Sending(lifecycle.On(func(p P, _ WasEnded, _ at) {
			v := p.InForce()
			v.Hearings = append(slices.Clone(v.Hearings), p.settle()...)
			p.State, p.Outcome, p.Open, p.Change = Ended, WasCancelled, nil, nil
		}), publishEnd),
		lifecycle.On(func(p P, e WasFiled, _ at) { p.State, p.InForce().Filing = ToBePublished, &e.Filing }),
		lifecycle.Sending(lifecycle.On(func(p P, e WasPublished, _ at) { p.State, p.InForce().Published = Published, &e.On }), publishEntry[WasPublished]),
		lifecycle.Sending(lifecycle.On(func(p P, e Opened, at at) {
			p.Open = &Opening{Notice: e.Notice, Until: e.Until, At: at.At, By: at.By}
		}), publishEntry[Opened]),
		lifecycle.Sending(lifecycle.On(func(p P, _ Closed, _ at) { p.Open = nil }), publishClosed),
		lifecycle.Sending(lifecycle.On(func(p P, e Amended, at at) {
			before := p.InForce()
			on := calendar.DateOf(at.At)
			p.Versions = append(p.Versions, Version{
				No: len(p.Versions) + 1, Hash: e.Content.Hash(), Content: e.Content, Minor: true, Reason: e.Reason, Resolution: before.Resolution,
				From: at.At, By: at.By, Filing: before.Filing, Published: &on, Hearings: before.Hearings,
			})
			p.put(e.Content)
		}), publishEntry[Amended]),
		lifecycle.On(func(p P, e ChangeProposed, at at) {
			p.State, p.Change = Revising, &Change{Cancels: e.Cancels, Reason: e.Reason, By: at.By, At: at.At}
		}),
	}
}

func (p *Plan) put(c Content) { p.Drafted, p.Title = c, c.Name }

// fell: a case without a version in force is over; else the change is, and the plan stands as before.
func (p *Plan) fell(e CameToNothing, at lifecycle.Event) {
	p.Pending = nil
	p.settle()
	v := p.InForce()
	if v == nil {
		p.Outcome = e.Outcome
		p.State = map[string]lifecycle.State{WasWithdrawn: Withdrawn, WasRejected: Rejected, WasRefused: Refused}[e.Outcome]
		return
	}
	p.Failures = append(p.Failures, Failure{Cancels: p.Change.Cancels, Reason: e.Reason, Outcome: e.Outcome, At: at.At})
	p.State, p.Change = Published, nil
	p.put(v.Content)
	p.Regraded = regrading.Keep(p.Regraded, v.Content.resourceIDs())
}

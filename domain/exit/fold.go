package exit

import (
	"slices"

	"datacharter/domain/lifecycle"
)

// events says how each event changes the case and what it sends out.
func events() []lifecycle.EventType[*Exit] {
	return slices.Concat(plainEvents(), procedureEvents(), reviewEvents(), afterEvents(), []lifecycle.EventType[*Exit]{lifecycle.InterestEvent[*Exit]()})
}

func plainEvents() []lifecycle.EventType[*Exit] {
	type at = lifecycle.Event
	return []lifecycle.EventType[*Exit]{
		lifecycle.On(func(c *Exit, e ExitOpened, _ at) {
			c.State, c.Title, c.Applicant, c.Agency, c.Interests, c.Policy = Opened, e.Title, e.Applicant, e.Agency, e.Interests, e.Policy
			c.Authorization, c.Request, c.Ground, c.Steps = e.Authorization, e.Request, e.Ground, e.Steps
			c.takeWay(e.Way)
		}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e InterimNoted, at at) {
			c.Measures = append(c.Measures, Measure{Name: Interim, Result: e.Result, At: at.At})
		}), tellSuspended),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e NoticeServed, at at) {
			c.State = e.State
			c.Measures = append(c.Measures, Measure{Name: Notice, Result: e.Result, At: at.At})
			c.Intended, c.Related, c.Pending = e.Intended, e.Related, e.Pending
			c.Steps = slices.DeleteFunc(c.Steps, func(s Step) bool { return slices.Contains(e.Dropped, s.Code) })
		}), tellNotice),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e DefenceStated, at at) {
			c.Defence.Statements = append(c.Defence.Statements, Statement{Points: e.Points, Attachments: e.Attachments, At: at.At, By: at.By})
		}), tellDefence),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e DefenceClosed, at at) {
			c.State, c.Defence.Waived, c.Defence.ClosedAt = Deciding, e.Waived, &at.At
			if e.State != "" {
				c.State, c.Pending = e.State, e.Pending
			}
		}), tellDefenceClosed),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e DecisionTaken, at at) {
			c.State = Decided
			if e.Verdict == Continue {
				c.State = Stopping
			}
			c.Decision = &Decision{
				Verdict: e.Verdict, Reasons: e.Reasons, Answers: e.Answers, Remedies: e.Remedies, At: at.At, By: at.By,
				Money: e.Money, BanMonths: e.BanMonths, Harm: e.Harm, Record: e.Record, Resolution: e.Resolution,
			}
			c.Acted(decisionStep, at.By.Person)
		}), tellDecision),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e DecisionServed, _ at) {
			c.State, c.Service, c.Ban = Served, &e.Service, e.Ban
		}), tellServed),
		lifecycle.Sending(lifecycle.On(func(c *Exit, _ WindDownBegun, _ at) {
			c.State = WindingDown
		}), tellWindDown),
		lifecycle.On(func(c *Exit, e StepBegun, _ at) {
			s := c.step(e.Step)
			s.State, s.Task = StepOpen, e.Task
		}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e StepFinished, at at) {
			s := c.step(e.Step)
			s.State, s.DoneAt, s.DoneBy = StepDone, &at.At, &at.By
			s.Proof, s.Certificate, s.Accounts, s.Note = e.Proof, e.Certificate, e.Accounts, e.Note
			s.Nothing = e.Nothing
		}), publishStep),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e StopOrdered, at at) {
			c.State, c.Stop = Stopping, &Stop{Reason: e.Reason, At: at.At, By: at.By}
		}), tellStop),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e MeasureUndone, at at) {
			if c.State == Reinstating {
				c.reinstate(e.Measure, at.At)
				return
			}
			m := c.measure(e.Measure)
			m.UndoneAt, m.Undone = &at.At, e.Result
		}), tellUndone),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e ExitEnded, _ at) {
			c.State, c.Outcome = Stopped, e.Outcome
			if e.Outcome == OutcomeClosed {
				c.State = Closed
			}
		}), report),
	}
}

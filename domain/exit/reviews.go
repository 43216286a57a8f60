package exit

import (
	"slices"
	"strconv"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// ReviewKind is the way in which the decision is reviewed.
type ReviewKind string

// The ways.
const (
	Reconsideration ReviewKind = "reconsideration" // 行政复议
	Suit            ReviewKind = "suit"            // 行政诉讼
)

// ReviewResult is what came of it.
type ReviewResult string

// The results.
const (
	Upheld    ReviewResult = "upheld"
	Annulled  ReviewResult = "annulled"
	Changed   ReviewResult = "changed"
	Withdrawn ReviewResult = "withdrawn" // by the operator
)

// Review is one reconsideration or suit as the agency noted it.
type Review struct {
	No       int           `json:"no"`
	Kind     ReviewKind    `json:"kind"`
	Body     string        `json:"body"`
	Number   string        `json:"number"`
	Date     calendar.Date `json:"date"` // of the application or suit
	Late     bool          `json:"late,omitempty"`
	At       time.Time     `json:"at"`
	By       identity.By   `json:"by"`
	Result   ReviewResult  `json:"result,omitempty"` // empty while it is pending
	Decided  calendar.Date `json:"decided,omitzero"`
	Document string        `json:"document,omitempty"` // number of what decided it
	Proof    string        `json:"proof,omitempty"`    // attachment
	Carried  bool          `json:"carried,omitempty"`  // the agency has carried an annulment or change out
}

// toCarry reports whether an annulment or change waits to be carried out.
func (r Review) toCarry() bool { return (r.Result == Annulled || r.Result == Changed) && !r.Carried }

// Stay is the effect of the decision being stayed 暂缓执行: no further step starts, and the clocks of open steps are held.
type Stay struct {
	Review int       `json:"review"`
	Body   string    `json:"body"`
	Reason string    `json:"reason"`
	Proof  string    `json:"proof"` // attachment
	At     time.Time `json:"at"`
}

// Reinstatement is the decision to carry out an annulment or change: the authorisation goes on.
type Reinstatement struct {
	Review    int         `json:"review"`
	Reference string      `json:"reference"`
	Reasons   string      `json:"reasons"`
	At        time.Time   `json:"at"`
	By        identity.By `json:"by"`
}

// The inputs of reviews.
type (
	// ReviewInput notes that a review was applied for.
	ReviewInput struct {
		Kind   ReviewKind `json:"kind" enum:"reconsideration,suit"`
		Body   string     `json:"body" maxLength:"200" doc:"before which body"`
		Number string     `json:"number" maxLength:"200" doc:"its number"`
		Date   string     `json:"date" format:"date" doc:"of the application or suit"`
	}
	// StayInput notes that the effect of the decision is stayed.
	StayInput struct {
		Review int    `json:"review" minimum:"1" doc:"number of the review in which it was ordered"`
		Body   string `json:"body" maxLength:"200" doc:"who ordered it"`
		Reason string `json:"reason" maxLength:"4000"`
		Proof  string `json:"proof" doc:"digest of the uploaded order"`
	}
	// ReviewResultInput notes what came of a review.
	ReviewResultInput struct {
		Review   int          `json:"review" minimum:"1" doc:"number of the review"`
		Result   ReviewResult `json:"result" enum:"upheld,annulled,changed,withdrawn"`
		Date     string       `json:"date" format:"date"`
		Document string       `json:"document" maxLength:"200" doc:"number of the decision or judgment"`
		Proof    string       `json:"proof" doc:"digest of the uploaded decision or judgment"`
	}
	// CarryInput carries out what a review decided.
	CarryInput struct {
		Review    int    `json:"review" minimum:"1" doc:"number of the review that is carried out"`
		Reference string `json:"reference" maxLength:"200" doc:"number of the agency's own decision"`
		Reasons   string `json:"reasons" maxLength:"4000"`
	}
)

// The events of reviews.
type (
	// ReviewNoted records a reconsideration or suit.
	ReviewNoted struct {
		Review Review `json:"review"`
	}
	// EffectStayed stays the effect of the decision.
	EffectStayed struct {
		Stay Stay `json:"stay"`
	}
	// StayLifted ends that.
	StayLifted struct {
		Reason string `json:"reason"`
	}
	// ReviewDecided records what came of a review.
	ReviewDecided struct {
		Review   int           `json:"review"`
		Result   ReviewResult  `json:"result"`
		Date     calendar.Date `json:"date"`
		Document string        `json:"document"`
		Proof    string        `json:"proof"`
		// Owed is true when nothing can be undone any more: the remedy is money.
		Owed bool `json:"owed,omitempty"`
	}
	// ExitProceeds records the decision that, as changed, the exit goes on.
	ExitProceeds struct {
		Review    int    `json:"review"`
		Reference string `json:"reference"`
		Reasons   string `json:"reasons"`
	}
	// WasReinstated records the decision to reinstate the authorisation.
	WasReinstated struct {
		Reinstatement Reinstatement `json:"reinstatement"`
	}
)

// EventType implements lifecycle.Content.
func (ReviewNoted) EventType() string { return "review-noted" }

// EventType implements lifecycle.Content.
func (EffectStayed) EventType() string { return "effect-stayed" }

// EventType implements lifecycle.Content.
func (StayLifted) EventType() string { return "stay-lifted" }

// EventType implements lifecycle.Content.
func (ReviewDecided) EventType() string { return "review-decided" }

// EventType implements lifecycle.Content.
func (ExitProceeds) EventType() string { return "exit-proceeds" }

// EventType implements lifecycle.Content.
func (WasReinstated) EventType() string { return "reinstated" }

// The names of the limits in which the operator may have the decision reviewed.
const (
	ReconsiderationLimit = "reconsideration"
	SuitLimit            = "suit"
)

// remedyLimits let the operator's time for reconsideration and suit run from the day of service (行政复议法 Art. 20; 行政诉讼法 Art. 46).
func (c *Exit) remedyLimits(served calendar.Date, env lifecycle.Env) contents {
	rules := env.Policy.Exit.Procedure
	return contents{
		env.LimitFrom(ReconsiderationLimit, rules.Reconsideration.Limit, served, c.operator(), lifecycle.Recipients{}),
		env.LimitFrom(SuitLimit, rules.Suit.Limit, served, c.operator(), lifecycle.Recipients{}),
	}
}

// Paused reports whether no further step of the wind-down may start: its effect is stayed, or an annulment waits to be carried out.
func (c *Exit) Paused() bool {
	return c.Stay != nil || slices.ContainsFunc(c.Reviews, Review.toCarry)
}

// NoReturn is the first irreversible step that was done, or nil: from then on the authorisation cannot be reinstated.
func (c *Exit) NoReturn() *Step {
	var first *Step
	for i := range c.Steps {
		s := &c.Steps[i]
		if s.Irreversible && s.State == StepDone && !s.Nothing && (first == nil || s.DoneAt.Before(*first.DoneAt)) {
			first = s
		}
	}
	return first
}

var (
	inFull  = when("按完整程序办理的退出", "an exit in full", func(c *Exit, _ lifecycle.Env) bool { return c.InFull() && c.Service != nil }, refusal.ExitNotServed)
	stayed  = when("决定暂缓执行", "the effect is stayed", func(c *Exit, _ lifecycle.Env) bool { return c.Stay != nil }, refusal.ExitNotStayed)
	pending = when("有待结的复议或者诉讼", "a reconsideration or suit is pending", func(c *Exit, _ lifecycle.Env) bool { return c.reviewing() }, refusal.ExitNoReview)
	running = when("清退未暂停", "the wind-down is not paused", func(c *Exit, _ lifecycle.Env) bool { return !c.Paused() }, refusal.ExitStayed)
	changed = when("有待执行的变更决定", "a change waits to be carried out", func(c *Exit, _ lifecycle.Env) bool {
		return slices.ContainsFunc(c.Reviews, func(r Review) bool { return r.toCarry() && r.Result == Changed })
	}, refusal.ExitAnnulled)
	toCarry = when("有待执行的撤销或者变更决定", "an annulment or change waits to be carried out", func(c *Exit, _ lifecycle.Env) bool {
		return slices.ContainsFunc(c.Reviews, Review.toCarry)
	}, refusal.ExitNoReview)
	notStayed = when("未暂缓执行", "the effect is not stayed", func(c *Exit, _ lifecycle.Env) bool { return c.Stay == nil }, refusal.ExitNoted)
)

func (c *Exit) reviewing() bool {
	for _, r := range c.Reviews {
		if r.Result == "" {
			return true
		}
	}
	return false
}

// review returns the review of the number, or nil.
func (c *Exit) review(no int) *Review {
	if no < 1 || no > len(c.Reviews) {
		return nil
	}
	return &c.Reviews[no-1]
}

// day reads a day between two others.
func day(f *refusal.Faults, path, in string, from, to calendar.Date) calendar.Date {
	on, err := calendar.ParseDate(in)
	switch {
	case err != nil:
		f.Add(refusal.NotADate.At(path))
	case on.Before(from) || on.After(to):
		f.Add(refusal.ExitReviewDate.At(path))
	}
	return on
}

func noteReview(c *Exit, in ReviewInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	refusal.Choice(&f, "kind", in.Kind, Reconsideration, Suit)
	f.Text("body", in.Body, maxShort)
	f.Text("number", in.Number, maxShort)
	on := day(&f, "date", in.Date, c.Service.Date, calendar.DateOf(env.Now))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	d := c.Deadline(string(in.Kind))
	return contents{ReviewNoted{Review: Review{
		No: len(c.Reviews) + 1, Kind: in.Kind, Body: in.Body, Number: in.Number, Date: on, Late: d != nil && on.After(d.Due.On), At: env.Now, By: env.By,
	}}}, nil
}

func needStayProof(_ *Exit, in StayInput) lifecycle.Needs {
	return lifecycle.Needs{Attachments: []string{in.Proof}}
}

// stay holds the clocks of the steps that are open: nothing is demanded of anybody meanwhile.
func stay(c *Exit, in StayInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	r := c.review(in.Review)
	f.Unless(r != nil && r.Result == "", refusal.UnknownReference.At("review"))
	f.Text("body", in.Body, maxShort)
	f.Text("reason", in.Reason, maxText)
	env.CheckFile(&f, "proof", in.Proof, env.By.Organization)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := contents{EffectStayed{Stay: Stay{Review: in.Review, Body: in.Body, Reason: in.Reason, Proof: in.Proof, At: env.Now}}}
	return append(out, c.holdSteps(env)...), nil
}

func (c *Exit) holdSteps(env lifecycle.Env) contents { return c.stepClocks(env, c.StopClocks) }

func (c *Exit) resumeSteps(env lifecycle.Env) contents { return c.stepClocks(env, c.RestartClocks) }

// stepClocks turns the clocks of all steps, and of no other limit.
func (c *Exit) stepClocks(env lifecycle.Env, turn func(lifecycle.Env, ...string) contents) contents {
	var names []string
	for _, s := range c.Steps {
		names = append(names, s.LimitName(), "agency-"+s.LimitName())
	}
	if len(names) == 0 {
		return nil // to name none would turn them all
	}
	return turn(env, names...)
}

func liftStay(c *Exit, in ReasonInput, env lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return append(contents{StayLifted(in)}, c.resumeSteps(env)...), nil
}

func needReviewProof(_ *Exit, in ReviewResultInput) lifecycle.Needs {
	return lifecycle.Needs{Attachments: []string{in.Proof}}
}

// noteResult notes what came of a review. An annulment pauses the wind-down until it is carried out; once nothing can be undone any more, what it
// brings is money.
func noteResult(c *Exit, in ReviewResultInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	r := c.review(in.Review)
	f.Unless(r != nil && r.Result == "", refusal.UnknownReference.At("review"))
	refusal.Choice(&f, "result", in.Result, Upheld, Annulled, Changed, Withdrawn)
	from := c.Service.Date
	if r != nil {
		from = r.Date
	}
	on := day(&f, "date", in.Date, from, calendar.DateOf(env.Now))
	f.Text("document", in.Document, maxShort)
	env.CheckFile(&f, "proof", in.Proof, env.By.Organization)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	decided := ReviewDecided{Review: in.Review, Result: in.Result, Date: on, Document: in.Document, Proof: in.Proof}
	stays := c.Stay != nil && c.Stay.Review == in.Review
	against := in.Result == Annulled || in.Result == Changed
	switch {
	case !against && stays:
		return append(append(contents{decided, StayLifted{Reason: in.Document}}, c.resumeSteps(env)...), c.conclude(env, in.Review)...), nil
	case !against:
		return append(contents{decided}, c.conclude(env, in.Review)...), nil
	case c.State == Surviving || c.NoReturn() != nil:
		decided.Owed = true
		out := contents{decided}
		if stays {
			out = append(append(out, StayLifted{Reason: in.Document}), c.resumeSteps(env)...)
		}
		return append(out, c.owe(in.Review, env)...), nil
	default:
		return append(contents{decided}, c.holdSteps(env)...), nil
	}
}

// checkCarry finds what keeps a decision from carrying out a review.
func (c *Exit) checkCarry(in CarryInput) (*Review, refused) {
	var f refusal.Faults
	r := c.review(in.Review)
	f.Unless(r != nil && r.toCarry(), refusal.UnknownReference.At("review"))
	f.Text("reference", in.Reference, maxShort)
	f.Text("reasons", in.Reasons, maxText)
	return r, f.Refusal()
}

// reinstate undoes what the wind-down did, as long as nothing was done that cannot be undone.
func reinstate(c *Exit, in CarryInput, env lifecycle.Env) (contents, refused) {
	if c.NoReturn() != nil || c.State == Surviving {
		return nil, refusal.ExitPastReturn.With()
	}
	for _, s := range c.Steps {
		if s.Irreversible && s.State == StepOpen && s.By == policy.BySystem {
			return nil, refusal.ExitPastReturn.With()
		}
	}
	if _, r := c.checkCarry(in); r != nil {
		return nil, r
	}
	was := WasReinstated{Reinstatement: Reinstatement{Review: in.Review, Reference: in.Reference, Reasons: in.Reasons, At: env.Now, By: env.By}}
	return append(contents{was}, c.Drop()...), nil
}

// proceed goes on with the exit as a review changed the decision; one that was annulled cannot go on.
func proceed(c *Exit, in CarryInput, env lifecycle.Env) (contents, refused) {
	r, refused := c.checkCarry(in)
	switch {
	case refused != nil:
		return nil, refused
	case r.Result != Changed:
		return nil, refusal.ExitAnnulled.With()
	}
	out := contents{ExitProceeds(in)}
	if c.Stay != nil {
		out = append(out, StayLifted{Reason: in.Reference})
	}
	return append(out, c.resumeSteps(env)...), nil
}

// toReinstate lists what the wind-down did and reinstatement has still to undo, newest first.
func (c *Exit) toReinstate() []MeasureName {
	var out []MeasureName
	if s := c.find("delist-products"); s != nil && s.State == StepDone && s.UndoneAt == nil {
		out = append(out, Delisting)
	}
	switch s := c.find("close-access"); {
	case s != nil && s.State == StepDone && s.UndoneAt == nil:
		out = append(out, Closing)
	case c.measure(Interim) != nil && c.measure(Interim).UndoneAt == nil && (s == nil || s.State != StepDone):
		out = append(out, Interim)
	}
	return out
}

// reinstate notes that a measure, or a step, was undone.
func (c *Exit) reinstate(m MeasureName, at time.Time) {
	steps := map[MeasureName]string{Delisting: "delist-products", Closing: "close-access"}
	if s := c.find(steps[m]); s != nil {
		s.UndoneAt = &at
	}
	if i := c.measure(Interim); i != nil && m != Delisting {
		i.UndoneAt = &at
	}
}

// find returns the step of the code, or nil: a profile may have none.
func (c *Exit) find(code string) *Step {
	for i := range c.Steps {
		if c.Steps[i].Code == code {
			return &c.Steps[i]
		}
	}
	return nil
}

func reviewEvents() []lifecycle.EventType[*Exit] {
	type at = lifecycle.Event
	return []lifecycle.EventType[*Exit]{
		lifecycle.Sending(lifecycle.On(func(c *Exit, e ReviewNoted, _ at) { c.Reviews = append(c.Reviews, e.Review) }),
			func(c *Exit, e ReviewNoted, _ at) effects {
				return effects{c.tell(c.operator(), "exit-review-noted", "no", strconv.Itoa(e.Review.No)), c.tell(c.agency(identity.ExitDecider), "exit-review-noted", "no", strconv.Itoa(e.Review.No))}
			}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e EffectStayed, _ at) { c.Stay = &e.Stay }),
			func(c *Exit, _ EffectStayed, _ at) effects { return c.tellBoth("exit-stayed") }),
		lifecycle.Sending(lifecycle.On(func(c *Exit, _ StayLifted, _ at) { c.Stay = nil }),
			func(c *Exit, _ StayLifted, _ at) effects { return c.tellBoth("exit-stay-lifted") }),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e ReviewDecided, _ at) {
			r := c.review(e.Review)
			r.Result, r.Decided, r.Document, r.Proof, r.Carried = e.Result, e.Date, e.Document, e.Proof, e.Owed
		}), func(c *Exit, e ReviewDecided, _ at) effects {
			out := c.tellBoth("exit-review-decided")
			if e.Result == Annulled || e.Result == Changed {
				out = append(out, c.tell(c.agency(identity.ExitDecider), "exit-review-against"))
			}
			return out
		}),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e ExitProceeds, _ at) { c.review(e.Review).Carried = true }),
			func(c *Exit, _ ExitProceeds, _ at) effects { return c.tellBoth("exit-proceeds") }),
		lifecycle.Sending(lifecycle.On(func(c *Exit, e WasReinstated, at at) {
			c.State, c.Stay, c.Reinstated = Reinstating, nil, &e.Reinstatement
			c.review(e.Reinstatement.Review).Carried = true
			if c.Ban != nil {
				c.Ban.LiftedAt = &at.At
			}
		}), func(c *Exit, _ WasReinstated, _ at) effects { return c.tellBoth("exit-reinstated") }),
	}
}

func (c *Exit) tellBoth(subject string) effects {
	return effects{c.tell(c.operator(), subject), c.tell(c.agency(identity.CaseOfficer), subject)}
}

// Package concern holds what people say about the resources of the catalogue: reports of what is wrong with one (数据质量反馈), and demands for data
// (数据需求). Anyone may raise one, and those who supply the data answer. Both are facts that follow one another; none is changed or removed.
package concern

import (
	"slices"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// Kind tells reports from demands. It is stored: never rename one.
type Kind string

// The kinds.
const (
	Report Kind = "quality-report"
	Demand Kind = "data-demand"
)

// State is where a concern stands. It is stored: never rename one.
type State string

// The states. An answer is named by the state to which it leads.
const (
	Open      State = "open"
	Confirmed State = "confirmed"     // a report: what it says is so, and not mended yet
	Dismissed State = "not-confirmed" // a report
	Mended    State = "mended"        // a report
	Promised  State = "promised"      // a demand: the data will be supplied
	Available State = "available"     // a demand: the catalogue has it
	Declined  State = "declined"      // a demand: the data cannot be supplied
	Withdrawn State = "withdrawn"     // by who raised it
)

// named is a value of a closed list with its words.
type named[T ~string] struct {
	value T
	words text.Text
}

var kinds = []named[Kind]{
	{Report, text.Text{ZH: "数据质量反馈", EN: "quality report"}},
	{Demand, text.Text{ZH: "数据需求", EN: "data demand"}},
}

var states = []named[State]{
	{Open, text.Text{ZH: "待答复", EN: "to be answered"}},
	{Confirmed, text.Text{ZH: "属实", EN: "confirmed"}},
	{Dismissed, text.Text{ZH: "不属实", EN: "not confirmed"}},
	{Mended, text.Text{ZH: "已修正", EN: "mended"}},
	{Promised, text.Text{ZH: "将提供", EN: "will be supplied"}},
	{Available, text.Text{ZH: "已有数据", EN: "available"}},
	{Declined, text.Text{ZH: "不能提供", EN: "cannot be supplied"}},
	{Withdrawn, text.Text{ZH: "已撤回", EN: "withdrawn"}},
}

func wordsOf[T ~string](list []named[T], value T) text.Text {
	for _, n := range list {
		if n.value == value {
			return n.words
		}
	}
	return text.Text{ZH: string(value), EN: string(value)}
}

// Words names the kind; one that this program does not know is named by its code.
func (k Kind) Words() text.Text { return wordsOf(kinds, k) }

// Words names the state; one that this program does not know is named by its code.
func (s State) Words() text.Text { return wordsOf(states, s) }

// answers are the answers that each state of a kind can get. What is promised may be put off or come to nothing.
var answers = map[Kind]map[State][]State{
	Report: {Open: {Confirmed, Dismissed, Mended}, Confirmed: {Mended}},
	Demand: {Open: {Promised, Available, Declined}, Promised: {Promised, Available, Declined}},
}

// States lists the states in which a concern of the kind can be, in the order of its life.
func (k Kind) States() []State {
	return slices.Concat([]State{Open}, answers[k][Open], []State{Withdrawn})
}

// Answers lists the answers that the concern can get now; none when nothing more can be said to it.
func (c Concern) Answers() []State { return answers[c.Kind][c.State] }

// Concern is one report or demand as it stands.
type Concern struct {
	ID       string
	Kind     Kind
	Resource string // of the catalogue that it is about; empty for a demand that names none
	Title    string // of the resource, or of the demand, when it was raised
	Supplier string // the organisation that answers for the resource; empty when nobody knows which: see Capacities
	State    State
	Number   int64 // of its last entry
	Supports int   // people who have the same demand, besides who raised it
	Person   string
	At       time.Time // when it was raised
	Changed  time.Time // when its last entry was made
	Report   *ReportInput
	Demand   *DemandInput
	Limit    *lifecycle.Deadline // see Due
}

// Action is what an entry of a concern's history does.
type Action string

// The actions.
const (
	Raise    Action = "raise"
	Answer   Action = "answer"
	Support  Action = "support"
	Withdraw Action = "withdraw"
)

// Entry is one thing that was done about a concern, as it is kept.
type Entry struct {
	Number   int64        `json:"number"`
	Action   Action       `json:"action"`
	State    State        `json:"state" doc:"of the concern since"`
	Supports int          `json:"supports,omitempty" doc:"so far"`
	Answer   *AnswerInput `json:"answer,omitempty"`
	By       identity.By  `json:"by"`
	At       time.Time    `json:"at"`
}

// Apply is the concern after the entry.
func (c Concern) Apply(e Entry) Concern {
	c.State, c.Number, c.Supports, c.Changed = e.State, e.Number, e.Supports, e.At
	return c
}

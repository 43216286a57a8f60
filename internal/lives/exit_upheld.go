package lives

import (
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/exit"
)

// Upheld leads an exit for a default, just opened, in the pattern that a court upheld: notice of default with time to cure, notice of the intention to
// terminate with time to state one's case, a hearing on request told in time and on record, a meeting, the decision and its service. While it is carried out
// a reconsideration maintains it and a suit upholds it. It ends when all that outlives the authorisation has ended.
func (x *Exit) Upheld() {
	x.T.Helper()
	x.Reaches(exit.Curing, time.Hour)
	x.As(Applicant, "report-cure", exit.CureInput{Text: "已部分改正(虚构)", Attachments: []string{Proof.Digest}})
	x.As(Officer, "reject-cure", exit.ReasonInput{Reason: "未完全改正(虚构)"})
	x.Reaches(exit.Hearing, 24*time.Hour)
	x.As(Applicant, "request-hearing", exit.HearingInput{})
	answers := x.defend()
	x.hear()
	x.judge(exit.Terminate, answers)
	x.Serve()
	x.upholds(exit.Reconsideration, "人民政府(虚构)")
	x.upholds(exit.Suit, "人民法院(虚构)")
	x.WindDown()
	x.Outlive()
}

// hear holds the hearing on a day that is surely far enough ahead: seven working days, and the longest holidays between them.
func (x *Exit) hear() {
	x.T.Helper()
	on := x.today().AddDays(25)
	x.As(Lawyer, "call-hearing", exit.CallInput{Date: on.String(), Time: "9:30", Place: "第一会议室(虚构)"})
	x.Until("the day of the hearing", 24*time.Hour, func() bool { return !x.today().Before(on) })
	x.As(Lawyer, "record-hearing", exit.RecordInput{Record: Evidence.Digest, Attended: []string{"双方(虚构)"}, Summary: "双方陈述意见(虚构)"})
	x.As(Applicant, "sign-record", exit.Nothing{})
}

// upholds has somebody asked to review the decision, who lets it stand.
func (x *Exit) upholds(kind exit.ReviewKind, body string) {
	x.T.Helper()
	no := len(x.Case().Reviews) + 1
	x.As(Officer, "note-review", exit.ReviewInput{Kind: kind, Body: body, Number: "虚构〔2027〕1号", Date: x.today().String()})
	x.As(Officer, "note-review-result", exit.ReviewResultInput{
		Review: no, Result: exit.Upheld, Date: x.today().String(), Document: "虚构〔2027〕2号", Proof: Evidence.Digest,
	})
}

func (x *Exit) today() calendar.Date { return calendar.DateOf(x.Now()) }

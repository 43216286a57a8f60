package town

import (
	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/domain/lifecycle"
)

// Complained lodges a complaint that must not be refused, and returns its ID and number.
func (w *Town) Complained(in complaint.LodgeInput) (id, number string) {
	w.t.Helper()
	number, refused, err := w.Desk.Lodge(w.t.Context(), in, w.key("complaint"))
	w.Must(err)
	if refused != nil {
		w.t.Fatalf("the complaint was refused: %+v", refused)
	}
	id, _, _ = complaint.Split(number)
	return id, number
}

// Complaint gives a person's command on a complaint.
func (w *Town) Complaint(person, id, command string, input Object) {
	w.t.Helper()
	w.Do(person, complaint.Kind, id, command, input)
}

// ComplaintIn brings a complaint about the operator of an authorisation into the state and returns its ID.
func (w *Town) ComplaintIn(state lifecycle.State) string {
	w.t.Helper()
	id, _ := w.Complained(complaint.LodgeInput{
		About: complaint.AboutOperator, Authorization: w.AuthorizationIn(authorization.Operating), Facts: "产品超出约定场景使用（虚构）。", Name: "周某（虚构）", Contact: "zhou@example.org",
	})
	switch state {
	case complaint.Refused:
		w.Complaint(Officer, id, "refuse", Object{"public_reason": "不属于受理范围（虚构）。"})
	case complaint.Accepted, complaint.Answered:
		w.Complaint(Officer, id, "accept", Object{})
	}
	if state == complaint.Answered {
		w.Complaint(Officer, id, "answer", Object{"outcome": "upheld", "text": "经查属实，已责令整改（虚构）。"})
	}
	return w.Stands(complaint.Kind, id, state)
}

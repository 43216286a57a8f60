package registration

import (
	"fmt"

	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// The inputs of objections.
type (
	// ObjectionInput objects to a registration under public notice, by real name and with evidence (26号 Art. 12).
	ObjectionInput struct {
		Name      string   `json:"name" maxLength:"200" doc:"real name of who objects, or of the organisation"`
		Statement string   `json:"statement" maxLength:"4000"`
		Evidence  []string `json:"evidence" minItems:"1" doc:"digests of uploaded attachments"`
	}
	// AnswerInput ends the re-check of an objection.
	AnswerInput struct {
		lifecycle.TaskInput
		Reasons string `json:"reasons" maxLength:"4000"`
	}
)

const maxObjections = 100 // to one notice

// object raises an objection; each is re-checked by a task of its own.
func object(r *Registration, in ObjectionInput, env lifecycle.Env) (contents, refused) {
	return r.objection(in, false, env)
}

// lodgeObjection enters one that reached the registry on paper.
func lodgeObjection(r *Registration, in ObjectionInput, env lifecycle.Env) (contents, refused) {
	return r.objection(in, true, env)
}

func (r *Registration) objection(in ObjectionInput, lodged bool, env lifecycle.Env) (contents, refused) {
	p := r.underWay()
	var f refusal.Faults
	f.Text("name", in.Name, maxName)
	f.Text("statement", in.Statement, maxText)
	f.Unless(len(in.Evidence) > 0, refusal.Required.At("evidence"))
	env.CheckFiles(&f, "evidence", in.Evidence, env.By.Organization)
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	if len(p.Objections) >= maxObjections {
		return nil, refusal.RegistrationObjections.With()
	}
	no, all := len(p.Objections)+1, 1
	for _, of := range r.Procedures {
		all += len(of.Objections)
	}
	name := fmt.Sprintf("%s:%d", recheck, all)
	task := r.task(0, recheck, name, words("异议核验", "re-check of an objection"), env)
	return contents{
		task,
		env.Limit(name, env.Policy.Registration.Recheck, r.registrars(), r.registrars()),
		Objected{No: no, Name: in.Name, Statement: in.Statement, Evidence: in.Evidence, Lodged: lodged, Task: task.Task.ID},
	}, nil
}

func needEvidence(_ *Registration, in ObjectionInput) lifecycle.Needs {
	return lifecycle.Needs{Attachments: in.Evidence}
}

// uphold ends the procedure: there will be no registration (终止登记, 26号 Art. 12).
func uphold(r *Registration, in AnswerInput, env lifecycle.Env) (contents, refused) {
	o, refused := r.answered(in)
	if refused != nil {
		return nil, refused
	}
	answered := ObjectionAnswered{No: o.No, Upheld: true, Reasons: in.Reasons}
	return r.fail(Ended, in.Reasons, env, finished(in.Task, "upheld", in.Reasons), answered), nil
}

// dismiss lets the procedure go on once the notice is over and no other objection is open (26号 Art. 12 and 13).
func dismiss(r *Registration, in AnswerInput, env lifecycle.Env) (contents, refused) {
	o, refused := r.answered(in)
	if refused != nil {
		return nil, refused
	}
	out := append(contents{finished(in.Task, "dismissed", in.Reasons)}, r.EndDeadlines(r.Task(in.Task).Deadline)...)
	out = append(out, ObjectionAnswered{No: o.No, Reasons: in.Reasons})
	if r.State == Rechecking && len(r.underWay().open()) == 1 {
		out = append(out, r.grant(env)...)
	}
	return out, nil
}

// answered is the objection of the task, whose answer is given.
func (r *Registration) answered(in AnswerInput) (Objection, refused) {
	var f refusal.Faults
	f.Text("reasons", in.Reasons, maxText)
	for _, o := range r.underWay().Objections {
		if o.Task == in.Task {
			return o, f.Refusal()
		}
	}
	return Objection{}, refusal.NotFoundHere.With()
}

// noticeOver follows the last day of the notice: undisputed it leads on, disputed it waits for the re-check.
func (r *Registration) noticeOver(env lifecycle.Env) contents {
	if len(r.underWay().open()) > 0 {
		return contents{NoticeOver{State: Rechecking}}
	}
	return r.grant(env)
}

package api

import (
	"net/http"
	"slices"
	"testing"

	"datacharter/domain/authorization"
)

// Questions go over the case and over a task, and back to whoever asked.
func TestQuestions(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	w.do(theOfficer, base+"/authorizations/"+id+"/ask-question", object{"text": "谁保管日志？", "path": "capabilities.security"})
	w.post(theRival, base+"/authorizations/"+id+"/answer-question", object{"question": 1, "text": "x"}).wants(t, http.StatusNotFound, "not-found")
	w.do(theApplicant, base+"/authorizations/"+id+"/answer-question", object{"question": 1, "text": "运维部门"})
	w.do(theOfficer, base+"/authorizations/"+id+"/accept", object{})

	c := into[Case](t, w.get(theAuditor, base+"/authorizations/"+id))
	task := c.Tasks[slices.IndexFunc(c.Tasks, func(t Task) bool { return t.Active() })]
	reviewer := w.Reviewer(task.Task)
	w.post(reviewer, tasksPath+task.ID+"/ask-in-review", object{"text": "x"}).wants(t, http.StatusConflict, "task-not-claimed")
	w.do(reviewer, tasksPath+task.ID+"/claim", object{})
	w.do(reviewer, tasksPath+task.ID+"/ask-in-review", object{"text": "制度在哪里？"})
	proof := w.Evidence(theApplicant, "制度")
	w.do(theApplicant, base+"/authorizations/"+id+"/answer-question", object{"question": 2, "text": "见附件", "attachments": []string{proof}})

	read := into[struct {
		Content struct {
			Questions []authorization.Question `json:"questions"`
		} `json:"content"`
	}](t, w.get(theOfficer, base+"/authorizations/"+id)).Content.Questions
	if len(read) != 2 || read[0].Answer.Text != "运维部门" || read[1].Task != task.ID || read[1].By.Person != reviewer || !slices.Equal(read[1].Answer.Attachments, []string{proof}) {
		t.Errorf("%+v", read)
	}
	if r := w.get(reviewer, base+"/attachments/"+proof); r.status != http.StatusOK {
		t.Errorf("the asker cannot read the attachment: %d", r.status)
	}
	for person, subject := range map[string]string{theApplicant: "question-asked", theOfficer: "question-answered", reviewer: "question-answered"} {
		notices := into[list[Notice]](t, w.get(person, base+"/notices")).Items
		if !slices.ContainsFunc(notices, func(n Notice) bool { return n.Subject == subject && n.Case == id }) {
			t.Errorf("%s is not told: %+v", person, notices)
		}
	}
	if c := into[Case](t, w.get(theAuditor, base+"/authorizations/"+id)); c.State != authorization.Reviewing || len(c.Deadlines) == 0 {
		t.Errorf("%s", c.State)
	}
}

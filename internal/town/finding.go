package town

import (
	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/finding"
	"datacharter/domain/lifecycle"
)

// Found raises a finding of the agency on an authorisation and returns its ID.
func (w *Town) Found(of string) string {
	w.t.Helper()
	return w.Do(Officer, finding.Kind, "", "raise", Object{
		"authorization": of, "subject": "security", "found_by": "inspection-planned", "facts": "季度检查发现日志留存不足六个月", "evidence": []string{w.Evidence(Officer, "facts of "+of)},
	}).Case
}

// Finding gives a person's command on a finding.
func (w *Town) Finding(person, id, command string, input Object) {
	w.t.Helper()
	w.Do(person, finding.Kind, id, command, input)
}

// FindingIn makes a finding in the state and returns its ID.
func (w *Town) FindingIn(state lifecycle.State) string {
	w.t.Helper()
	of := w.AuthorizationIn(authorization.Operating)
	id := w.Found(of)
	stands := func() string { return w.Stands(finding.Kind, id, state) }
	switch state {
	case finding.Raised:
		return stands()
	case finding.Dismissed:
		w.Finding(Officer, id, "dismiss", Object{"reason": "证据不足"})
		return stands()
	case finding.Ended:
		w.Authorization(Signatory, of, "waive", Object{"ground": "waiver", "statement": "不再经营"})
		w.ExitOf(of, exit.Closed)
		return stands()
	}
	w.Finding(Officer, id, "order", Object{"measures": "补齐日志并留存六个月以上，提交配置截图"})
	if state == finding.Rectifying {
		return stands()
	}
	w.Finding(Applicant, id, "hand-in", Object{"statement": "已补齐并调整留存期限", "evidence": []string{w.Evidence(Applicant, "rectified "+id)}})
	opinion := "复查情况（虚构）"
	switch state {
	case finding.Lifted:
		w.Finding(Officer, id, "lift", Object{"opinion": opinion})
	case finding.Suspended:
		w.Finding(Officer, id, "suspend-operation", Object{"ground": "security-risk", "opinion": opinion})
	case finding.ExitProposed, finding.Exited:
		w.Finding(Officer, id, "propose-exit", Object{"ground": "beyond-scope", "opinion": opinion})
	}
	if state == finding.Exited {
		w.Do(Administrator, authorization.Kind, of, "open-exit", Object{"ground": "beyond-scope", "statement": "拒不整改", "evidence": []string{w.Evidence(Administrator, "exit of "+of)}})
	}
	return stands()
}

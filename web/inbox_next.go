package web

import (
	"errors"
	"fmt"
	"net/url"

	"datacharter/casework"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/store"
)

// maxTries bounds how often somebody quicker is given way to.
const maxTries = 5

// takeNext claims the claimable task that is due first, and leads to it.
func (s *server) takeNext(v *visit) {
	sent, err := s.plain(v)
	if err == nil && sent.Get(formKey) == "" {
		err = refused{refusal.BadRequest.With()}
	}
	if err != nil {
		v.fail(err)
		return
	}
	task, err := s.claimNext(v, sent.Get(formKey))
	switch {
	case errors.Is(err, casework.ErrStillRunning):
		v.goOn("/inbox?tab=mine", v.T("正在领取，请稍后刷新本页。", "The claim is under way; reload this page in a moment."))
	case err != nil:
		v.fail(err)
	case task == "":
		v.goOn("/inbox", v.T("没有可领取的任务了。", "There is nothing left to claim."))
	default:
		v.goOn("/tasks/"+url.PathEscape(task), v.T("已领取。", "Claimed."))
	}
}

// claimNext claims the task that is due first and returns its ID, or nothing when there is none. The key stands for one claim: a repeat finds what was claimed.
func (s *server) claimNext(v *visit, key string) (string, error) {
	for try := range maxTries {
		task, done, err := s.tryNext(v, fmt.Sprintf("%s/next/%d", key, try))
		if err != nil || done {
			return task, err
		}
	}
	return "", nil
}

// tryNext claims one task under a key; not done when somebody else was quicker.
func (s *server) tryNext(v *visit, key string) (task string, done bool, err error) {
	if task, done, err = s.claimedBefore(v, key); done || !errors.Is(err, store.ErrNotFound) {
		return task, done, err
	}
	page, err := s.Store.ListTasks(v.ctx, v.actor, store.TaskFilter{Scope: store.Claimable, Limit: 1})
	if err != nil || len(page.Items) == 0 {
		return "", true, err
	}
	t := page.Items[0]
	data := mustJSON(lifecycle.TaskInput{Task: t.ID})
	out, err := s.CarryOut(v.ctx, v.actor, casework.Order{
		Of: s.placeOf(t.CaseKind).def, Case: t.Case, Command: "claim", Key: key, Data: data, Fingerprint: casework.Fingerprint("next", t.ID),
	})
	switch {
	case err != nil:
		return "", true, err
	case out.Refusal == nil:
		return t.ID, true, nil
	case out.Refusal.Code == refusal.KeyReused.Name: // the same request, sent twice, was carried out meanwhile
		task, done, err = s.claimedBefore(v, key)
		return task, done, err
	default:
		return "", false, nil
	}
}

// claimedBefore finds what a key claimed: not done when it was refused, store.ErrNotFound when it was never used.
func (s *server) claimedBefore(v *visit, key string) (task string, done bool, err error) {
	found, _, err := s.Find(v.ctx, v.actor.Person, casework.CommandID(v.actor.Person, key))
	if err != nil || found.Refusal != nil {
		return "", false, err
	}
	held, err := s.Store.ListTasks(v.ctx, v.actor, store.TaskFilter{Case: found.Case, Mine: true, States: []lifecycle.TaskState{lifecycle.TaskClaimed}, Limit: 1})
	if err != nil || len(held.Items) == 0 {
		return "", true, err
	}
	return held.Items[0].ID, true, nil
}

// nextTask is where to go on after a task: to the next one in the visitor's hands, else to one that he claims by that.
func (s *server) nextTask(v *visit, after, key string) (string, error) {
	held, err := s.Store.ListTasks(v.ctx, v.actor, store.TaskFilter{Scope: store.Claimed, Limit: 2})
	if err != nil {
		return "", err
	}
	for _, t := range held.Items {
		if t.ID != after {
			return t.ID, nil
		}
	}
	return s.claimNext(v, key)
}

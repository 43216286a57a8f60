package web

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"golang.org/x/sync/errgroup"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/product"
	"datacharter/domain/refusal"
	"datacharter/domain/review"
	"datacharter/domain/text"
	"datacharter/policies"
	"datacharter/store"
	"datacharter/web/form"
)

// atOnce bounds how many commands of one person are under way together.
const atOnce = 8

// severalKey names the command on one task of a request for several: sent again, the request does nothing twice.
func severalKey(key, task string) string { return key + "/" + task }

// takeSeveral claims or releases the tasks chosen, or the one whose button was pressed.
func (s *server) takeSeveral(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	command, tasks := sent.Get("act"), chosenTasks(sent)
	for _, one := range []string{"claim", "release"} {
		if sent.Has(one) {
			command, tasks = one, []string{sent.Get(one)}
		}
	}
	switch {
	case command != "claim" && command != "release":
		v.refuse(refusal.BadRequest.With())
		return
	case len(tasks) == 0:
		s.sendBack(v, sent.Get("return"), v.T("请先勾选任务。", "Choose tasks first."))
		return
	}
	inputs := func(id string) any { return lifecycle.TaskInput{Task: id} }
	if err := s.onEach(v, command, sent.Get(formKey), tasks, inputs); err != nil {
		v.fail(err)
		return
	}
	if len(tasks) == 1 && sent.Has(command) {
		if done, _, err := s.Find(v.ctx, v.actor.Person, casework.CommandID(v.actor.Person, severalKey(sent.Get(formKey), tasks[0]))); err == nil && done.Refusal == nil {
			s.afterOne(v, command, tasks[0], local(sent.Get("return"), "/inbox"))
			return
		}
	}
	v.Redirect(http.StatusSeeOther, resultsURL(command, sent.Get(formKey), tasks))
}

// afterOne: who claimed a task from the list goes on with it, who released one goes on with the list.
func (s *server) afterOne(v *visit, command, task, back string) {
	if command == "claim" {
		v.goOn("/tasks/"+url.PathEscape(task), v.T("已领取。", "Claimed."))
		return
	}
	v.goOn(back, v.T("已退回。", "Released."))
}

// chosenTasks are the tasks chosen in a list, each once and no more than a page of the list has.
func chosenTasks(sent url.Values) []string {
	tasks := unique(sent["task"])
	return tasks[:min(len(tasks), pageLength)]
}

func resultsURL(command, key string, tasks []string) string {
	return addressOf("/inbox/results", url.Values{"act": {command}, formKey: {key}, "task": tasks})
}

// onEach gives the command on each task, a few at a time. What becomes of each, its record tells: an error is none of a single one.
func (s *server) onEach(v *visit, command, key string, tasks []string, input func(task string) any) error {
	if key == "" {
		return refused{refusal.BadRequest.With()}
	}
	each, ctx := errgroup.WithContext(v.ctx)
	each.SetLimit(atOnce)
	for _, id := range tasks {
		each.Go(func() error {
			t, err := s.Store.GetTask(ctx, v.actor, id)
			if errors.Is(err, store.ErrNotFound) {
				return nil
			}
			if err != nil {
				return err
			}
			data := mustJSON(input(id))
			_, err = s.CarryOut(ctx, v.actor, casework.Order{
				Of: s.placeOf(t.CaseKind).def, Case: t.Case, Command: command, Key: severalKey(key, id), Data: data,
				Fingerprint: casework.Fingerprint("several", command, id, string(data)),
			})
			if errors.Is(err, casework.ErrStillRunning) || errors.Is(err, store.ErrNotFound) || errors.As(err, &casework.Unavailable{}) {
				return nil
			}
			return err
		})
	}
	return each.Wait()
}

// result is what became of a command on one of several tasks.
type result struct {
	task    *store.TaskView // nil when it is not there for the visitor
	state   resultState
	refusal *refusal.Refusal
}

// resultState is how far a command came.
type resultState string

const (
	carriedOut resultState = "done"
	refusedIt  resultState = "refused"
	underWay   resultState = "running"
	notGiven   resultState = "not given" // it may be given again
)

// showResults says for each of several tasks what became of it.
func (s *server) showResults(v *visit) {
	q := v.Request.URL.Query()
	row, ok := authorization.Machine.Row(q.Get("act"))
	tasks := chosenTasks(q)
	if !ok || len(tasks) == 0 {
		v.refuse(refusal.NotFoundHere.With())
		return
	}
	results := make([]result, len(tasks))
	for i, id := range tasks {
		r, err := s.resultOf(v, q.Get(formKey), id)
		if err != nil {
			v.fail(err)
			return
		}
		results[i] = r
	}
	title := v.T("办理结果：", "What became of it: ") + v.page.In(row.Words)
	v.show(http.StatusOK, title, resultsPage(v, title, q.Get("act"), results))
}

// firstDone is the task of the list that is due first of those on which the command was carried out; nil when there is none.
func firstDone(results []result) *store.TaskView {
	var first *store.TaskView
	for _, r := range results {
		if r.state == carriedOut && r.task != nil && (first == nil || r.task.Due != nil && (first.Due == nil || r.task.Due.Before(*first.Due))) {
			first = r.task
		}
	}
	return first
}

func (s *server) resultOf(v *visit, key, id string) (result, error) {
	r := result{state: notGiven}
	t, err := s.Store.GetTask(v.ctx, v.actor, id)
	switch {
	case err == nil:
		r.task = &t
	case !errors.Is(err, store.ErrNotFound):
		return r, err
	}
	done, _, err := s.Find(v.ctx, v.actor.Person, casework.CommandID(v.actor.Person, severalKey(key, id)))
	switch {
	case errors.Is(err, casework.ErrStillRunning):
		r.state = underWay
	case errors.Is(err, store.ErrNotFound) || errors.As(err, &casework.Unavailable{}):
	case err != nil:
		return r, err
	case done.Refusal != nil:
		r.state, r.refusal = refusedIt, done.Refusal
	default:
		r.state = carriedOut
	}
	return r, nil
}

// together is a decision on several reviews of one kind.
type together struct {
	*visit
	tasks   []store.TaskView
	left    []leftOut
	names   names
	form    *form.Form
	key     string
	subject lifecycle.Case // of the first, on which what was filled in is tried
	env     lifecycle.Env
	due     reckoner
}

// leftOut is a chosen task that cannot be decided with the others, and why.
type leftOut struct {
	store.TaskView
	why string
}

// gather finds which of the chosen tasks can be decided together: reviews of the first one's kind that the visitor holds.
func (s *server) gather(v *visit, ids []string) (*together, error) {
	out := &together{visit: v, key: random(16, hex.EncodeToString)}
	var err error
	if out.due, err = s.reckoner(v); err != nil {
		return nil, err
	}
	for _, id := range ids {
		t, err := s.Store.GetTask(v.ctx, v.actor, id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		why, err := s.fits(out, t)
		switch {
		case err != nil:
			return nil, err
		case why != "":
			out.left = append(out.left, leftOut{t, why})
		default:
			out.tasks = append(out.tasks, t)
		}
	}
	out.names, err = s.namesOfTasks(v, out.tasks)
	return out, err
}

// reviewedKinds are the kinds of cases with reviews that nothing but an outcome and an opinion may decide.
var reviewedKinds = []lifecycle.Kind{authorization.Kind, plan.Kind, product.Kind}

// findsMore says why the reviews of plans that must find something of each plan are decided one by one, by what they find; the profile knows the article.
var findsMore = map[string]text.Text{
	policy.RiskFinding:        {ZH: "风险评估须就每份方案认定风险是否可控，请单独办理", EN: "Risk assessment finds of each plan whether its risks are controllable: decide it by itself"},
	policy.CommentsFinding:    {ZH: "公众参与须逐条答复社会公众对每份方案的意见，请单独办理", EN: "Public participation answers each opinion on the plan: decide it by itself"},
	policy.CompetitionFinding: {ZH: "公平竞争审查须就每份方案作出书面结论，请单独办理", EN: "Fair competition review comes to a conclusion on each plan: decide it by itself"},
}

// alone says why a review of a plan is decided by itself; empty when it need not be.
func (t *together) alone(rules policy.ReviewPhase, name string) string {
	for _, r := range rules.Reviews {
		if why, more := findsMore[r.Finding]; more && r.Name == name {
			return t.page.In(why) + t.T("（依据：", " (") + t.page.In(articleWords(r.Source)) + t.T("）。", ").")
		}
	}
	return ""
}

// fits says why a task cannot be decided with those gathered so far; empty when it can.
func (s *server) fits(with *together, t store.TaskView) (string, error) {
	if !slices.Contains(reviewedKinds, t.CaseKind) {
		return with.T("不是审查任务，请单独办理。", "Not a review: work on it by itself."), nil
	}
	if len(with.tasks) > 0 && (with.tasks[0].CaseKind != t.CaseKind || with.tasks[0].Name != t.Name) {
		return with.T("与其他所选任务不是同一种审查。", "Another kind of review than the others."), nil
	}
	view, err := s.Case(with.ctx, with.actor, s.placeOf(t.CaseKind).def, t.Case)
	if err != nil {
		return "", err
	}
	if t.CaseKind == plan.Kind {
		if why := with.alone(view.Policy.Plan.Review, t.Name); why != "" {
			return why, nil
		}
	}
	if !view.MayOn(t.ID, "decide") {
		return with.T("您现在不能对它出具意见：须由您领取，且尚未办结。", "You cannot decide it now: it must be claimed by you and not be finished."), nil
	}
	if len(with.tasks) == 0 {
		with.subject = view.Subject
		with.env = lifecycle.Env{Now: view.Now, Policy: view.Policy, Calendar: view.Calendar, Actor: with.actor, Compile: policies.ApplicantCondition}
	}
	return "", nil
}

// shapes: which tasks are decided stands beside the form.
func (t *together) shapes() form.Shapes {
	out := form.Shapes{"task": {Omit: true}}
	if len(t.tasks) > 0 && t.tasks[0].CaseKind == plan.Kind {
		out["conditions"] = planConditions
	}
	return out
}

// askTogether lists the chosen reviews and asks for one conclusion and opinion for all of them.
func (s *server) askTogether(v *visit) {
	q := v.Request.URL.Query()
	ids := chosenTasks(q)
	if len(ids) == 0 {
		s.sendBack(v, q.Get("return"), v.T("请先勾选任务。", "Choose tasks first."))
		return
	}
	t, err := s.gather(v, ids)
	if err != nil {
		v.fail(err)
		return
	}
	t.form = form.Build(reviewInput, url.Values{}, t.shapes())
	t.show(http.StatusOK)
}

func (t *together) show(status int) {
	t.visit.show(status, t.T("一并出具审查意见", "Decide several reviews together"), togetherPage(t))
}

// takeTogether decides the reviews listed, each by a command of its own.
func (s *server) takeTogether(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	ids := chosenTasks(sent)
	if len(ids) == 0 {
		v.refuse(refusal.BadRequest.With())
		return
	}
	filled := form.Clean(reviewInput, sent, nil)
	in, faults := form.Read(reviewInput, filled, nil)
	input := *in.(*review.Input)
	on := func(id string) any {
		one := input
		one.Task = id
		return one
	}
	t, err := s.gather(v, ids)
	if err != nil {
		v.fail(err)
		return
	}
	if faults = append(faults, t.try(on)...); len(faults) > 0 || sent.Has(formResumed) {
		t.form = form.Build(reviewInput, filled, t.shapes())
		t.form.Blame(faults)
		t.show(statusFor(faults))
		return
	}
	if err := s.onEach(v, "decide", sent.Get(formKey), ids, on); err != nil {
		v.fail(err)
		return
	}
	v.Redirect(http.StatusSeeOther, resultsURL("decide", sent.Get(formKey), ids))
}

// try finds what is wrong with what was filled in, which is the same for every review. Nothing is tried when none can be decided any more:
// then a repeat is answered with what became of each.
func (t *together) try(on func(task string) any) []refusal.Field {
	if t.subject == nil {
		return nil
	}
	data := mustJSON(on(t.tasks[0].ID))
	_, refused := t.server.placeOf(t.tasks[0].CaseKind).def.Decide(t.subject, lifecycle.Command{Name: "decide", Actor: t.actor, Data: data}, t.env)
	if refused == nil {
		return nil
	}
	return refused.Fields
}

// count words how many reviews there are.
func (t *together) count() string {
	return t.T(fmt.Sprintf("%d 件", len(t.tasks)), t.page.Plural(len(t.tasks), "", "review"))
}

// party heads the organisations of the cases: applicants, or who drafts the plans.
func (t *together) party() string {
	if t.tasks[0].CaseKind == plan.Kind {
		return t.T("实施机构", "Agency")
	}
	return t.T("申请单位", "Applicant")
}

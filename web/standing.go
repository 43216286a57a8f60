package web

import (
	"slices"
	"strconv"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/review"
	"datacharter/web/ui"
)

// taskGroup are the tasks of one stage of a round of reviews; without a title, all that a case has.
type taskGroup struct {
	title string
	tasks []lifecycle.Task
}

// openGroups is how many groups of tasks are shown open, the newest; those before are opened on demand.
const openGroups = 3

// taskGroups parts the tasks by round and stage, the newest first.
func (c *casePage) taskGroups() []taskGroup {
	tasks := c.view.Head.Tasks
	type key struct{ round, stage int }
	var keys []key
	groups := map[key][]lifecycle.Task{}
	for _, t := range tasks {
		k := key{t.Round, t.Stage}
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], t)
	}
	if len(keys) == 1 && keys[0].round <= 1 {
		return []taskGroup{{tasks: tasks}}
	}
	var out []taskGroup
	for i := len(keys) - 1; i >= 0; i-- {
		k := keys[i]
		title := ""
		if k.round > 0 {
			round, stage := strconv.Itoa(k.round), strconv.Itoa(k.stage)
			title = c.T("第"+round+"轮审查 · 第"+stage+"阶段", "Round "+round+" of reviews, stage "+stage)
		}
		out = append(out, taskGroup{title, groups[k]})
	}
	return out
}

// taskLabel names a table of tasks, each by another name.
func (c *casePage) taskLabel(g taskGroup) string {
	if g.title == "" {
		return c.T("任务", "Tasks")
	}
	return g.title
}

// detail says in the lifecycle picture of an authorization since when, or how far, each phase is.
func (c *casePage) detail() {
	a, ok := c.view.Subject.(*authorization.Authorization)
	if !ok {
		return
	}
	details := map[lifecycle.Phase]string{}
	if n := len(a.Submissions); n > 0 {
		details[authorization.ApplicationPhase] = c.T("提交 ", "handed in ") + c.page.DayOf(a.Submissions[0].At)
	}
	if a.Round > 0 {
		details[authorization.ReviewPhase] = c.reviewed(a)
	}
	if n := len(a.Resolutions); n > 0 {
		details[authorization.DecisionPhase] = c.T("决议 ", "resolved ") + c.page.DayOf(a.Resolutions[0].Resolution.DecidedOn)
	}
	if a.Filing != nil {
		details[authorization.ContractPhase] = c.T("备案 ", "filed ") + a.Filing.On.String()
	}
	if a.Started != nil {
		details[authorization.OperationPhase] = c.T("开始 ", "since ") + c.page.DayOf(*a.Started)
	}
	if request := a.ExitRequest(); request != nil {
		details[authorization.ExitPhase] = c.T("启动 ", "opened ") + c.page.DayOf(request.Opened)
	}
	if a.ClosedAt != nil {
		details[authorization.ClosedPhase] = c.page.DayOf(*a.ClosedAt)
	}
	for i := range c.stages {
		c.stages[i].Detail = details[c.place.table.Phases[i].Name]
	}
}

// reviewed counts the reviews of the present round that are done.
func (c *casePage) reviewed(a *authorization.Authorization) string {
	done, all := 0, 0
	for _, t := range a.Tasks {
		if t.Round != a.Round || t.State == lifecycle.TaskCancelled {
			continue
		}
		all++
		if t.State == lifecycle.TaskDone {
			done++
		}
	}
	return c.T("审毕 ", "done ") + strconv.Itoa(done) + " / " + strconv.Itoa(all)
}

func isReturn(t lifecycle.Task) bool {
	return t.State == lifecycle.TaskDone && t.Outcome == review.Return
}

// duesByStand parts the time limits that are open from those that are over, the latest first.
func (c *casePage) duesByStand() (running, over []ui.Due) {
	for _, d := range c.dues {
		if d.Open() {
			running = append(running, d)
		} else {
			over = append(over, d)
		}
	}
	slices.SortStableFunc(running, func(x, y ui.Due) int { return x.Due.At.Compare(y.Due.At) })
	slices.Reverse(over)
	return running, over
}

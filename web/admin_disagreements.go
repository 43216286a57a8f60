package web

import (
	"net/http"
	"strconv"

	"datacharter/casework"
	"datacharter/domain/text"
	"datacharter/reconcile"
)

const disagreementsURL = "/admin/disagreements"

// disagreements is one part of the walk over the cases.
type disagreements struct {
	*visit
	server *server
	open   bool // the open cases; else the closed ones and the drafts
	reconcile.Part
	first, next string
	key         string
}

// problemWords say how a record and its workflow disagree.
var problemWords = map[reconcile.Problem]text.Text{
	reconcile.Missing: {ZH: "没有工作流：案件在办，但到期和提醒不会自动发生", EN: "no workflow: the case is open, yet nothing falls due by itself"},
	reconcile.Differs: {ZH: "版本不一致：工作流知道的不是数据库中的版本", EN: "another version: the workflow does not know the one in the database"},
	reconcile.Left:    {ZH: "工作流多余：案件已办结或者是草稿，工作流仍在运行", EN: "left over: the case is closed or a draft, yet its workflow runs"},
	reconcile.Silent:  {ZH: "工作流不应答：没有工作进程应答，或者正等待更正后的程序", EN: "silent: no worker answers for the workflow, or it waits for a corrected program"},
}

func (s *server) showDisagreements(v *visit) {
	d := disagreements{visit: v, server: s, open: v.Query("open") != "false", key: newKey()}
	cursor := v.Query("cursor")
	var err error
	if d.Part, err = s.repairs.Disagreements(v.ctx, d.open, cursor, reconcile.DefaultCases); err != nil {
		v.fail(casework.Transport(err))
		return
	}
	open := ""
	if !d.open {
		open = "false"
	}
	d.first, d.next = firstOf(cursor, disagreementsURL, "open", open), nextOf(d.Next, disagreementsURL, "open", open)
	v.show(http.StatusOK, v.T("记录与流程核对", "Records and workflows"), disagreementsPage(d))
}

// takeRepair repairs one case once for a key; a repeat looks again how it stands.
func (s *server) takeRepair(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	back := local(sent.Get("return"), disagreementsURL)
	if sent.Has(formResumed) || sent.Get(formKey) == "" {
		v.Redirect(http.StatusSeeOther, back)
		return
	}
	id := v.Param("id")
	var left *reconcile.Disagreement
	now, err := s.Once(v.ctx, v.actor.Person, sent.Get(formKey)+"/"+id, []string{"repair-case", id}, func() (err error) {
		left, err = s.repairs.Repair(v.ctx, id)
		return err
	})
	if err == nil && !now {
		left, err = s.repairs.Check(v.ctx, id)
	}
	switch {
	case err != nil:
		v.fail(casework.Transport(err))
	case left == nil:
		v.goOn(back, v.T("已修复，记录与流程一致：", "Repaired, record and workflow agree: ")+id)
	default:
		v.goOn(back, v.T("已尝试修复，仍不一致：", "Tried, and they still disagree: ")+id+v.T("（", " (")+v.page.In(problemWords[left.Problem])+v.T("）", ")"))
	}
}

// versions tells what each side knows.
func (d disagreements) versions(x reconcile.Disagreement) string {
	row := strconv.FormatInt(x.Version, 10)
	if x.Known == 0 {
		return d.T("记录 "+row+"，流程 无", "record "+row+", workflow none")
	}
	known := strconv.FormatInt(x.Known, 10)
	return d.T("记录 "+row+"，流程 "+known, "record "+row+", workflow "+known)
}

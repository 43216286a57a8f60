package demo

import (
	"context"
	"fmt"

	"datacharter/domain/authorization"
)

// evaluated hands in the audit of a year, and has the year evaluated, the operator heard and the evaluation concluded.
func (w *walk) evaluated(ctx context.Context, year int) error {
	report, err := w.file(ctx, w.by.applies, fmt.Sprintf("%d年内部控制审计报告", year))
	if err != nil {
		return err
	}
	audit := authorization.AuditInput{Year: year, Auditor: "示范会计师事务所（虚构）", Summary: "内部控制有效（虚构）。", Outcome: authorization.AuditSound, Attachments: []string{report}}
	if err := w.give(ctx, w.by.applies, "hand-in-audit", audit); err != nil {
		return err
	}
	scores := authorization.EvaluateInput{Year: year, Reasons: "按年度报告、使用台账和检查结果评分（虚构）。", Scores: []authorization.Score{
		{Criterion: "security", Points: 28}, {Criterion: "supply", Points: 22}, {Criterion: "benefit", Points: 14}, {Criterion: "accounting", Points: 14}, {Criterion: "openness", Points: 14},
	}}
	for _, step := range []struct {
		person, command string
		input           any
	}{
		{officer, "evaluate", scores},
		{w.by.applies, "view-evaluation", authorization.ViewInput{View: "对评分没有异议（虚构）。"}},
		{agencySigns, "conclude-evaluation", authorization.ConcludeInput{Opinion: "合格以上，继续运营（虚构）。"}},
	} {
		if err := w.give(ctx, step.person, step.command, step.input); err != nil {
			return err
		}
	}
	return nil
}

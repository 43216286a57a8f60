package demo

import (
	"context"

	"datacharter/domain/finding"
)

const (
	findingsPath = base + "findings"
	supervisor   = "supervisor"
)

// found has the agency and a supervisor raise a finding each: the agency's is rectified and lifted, the supervisor's asks for a suspension.
func found(ctx context.Context, w *walk) error {
	planned := finding.RaiseInput{Subject: "security", Found: finding.ByPlannedInspection, Facts: "季度检查发现调用日志留存不足六个月（虚构）。"}
	if err := w.inspected(ctx, officer, planned, "lift", finding.OpinionInput{Opinion: "日志已补齐，抽查无误，予以销号。"}); err != nil {
		return err
	}
	unplanned := finding.RaiseInput{Subject: "security", Found: finding.ByUnplannedInspection, Facts: "现场检查发现批量调用未经审批（虚构）。"}
	return w.inspected(ctx, supervisor, unplanned, "suspend-operation", finding.ConsequenceInput{
		Ground: "security-risk", Opinion: "审批记录仍不完整，要求暂停运营排查。",
	})
}

// inspected raises a finding on the authorisation, has the operator rectify, and inspects again with a result.
func (w *walk) inspected(ctx context.Context, by string, raise finding.RaiseInput, result string, input any) error {
	evidence, err := w.file(ctx, by, "检查记录")
	if err != nil {
		return err
	}
	raise.Authorization, raise.Evidence = w.seen.ID, []string{evidence}
	raised, err := w.client.give(ctx, by, findingsPath, raise)
	if err != nil {
		return err
	}
	at := findingsPath + "/" + raised.ID
	if _, err := w.client.give(ctx, by, at+"/order", finding.OrderInput{Measures: "限期补齐，并提交证明材料。"}); err != nil {
		return err
	}
	proof, err := w.file(ctx, w.by.applies, "整改证明材料")
	if err != nil {
		return err
	}
	if _, err := w.client.give(ctx, w.by.applies, at+"/hand-in", finding.HandInInput{Statement: "已按要求整改（虚构）。", Evidence: []string{proof}}); err != nil {
		return err
	}
	_, err = w.client.give(ctx, by, at+"/"+result, input)
	return err
}

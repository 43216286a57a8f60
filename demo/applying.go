package demo

import (
	"context"
	"fmt"
	"slices"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/review"
)

// decidedMonths is the term that is applied for; agreements stay within it.
const decidedMonths = 36

// drafted writes the application, on one of the plans in force: two products, one for the public, free of charge, and one for industry. It edits it once.
func drafted(ctx context.Context, w *walk) error {
	ids := make([]string, len(w.resources))
	for i, r := range w.resources {
		ids[i] = r.ID
	}
	w.application = authorization.Application{
		Title:   fmt.Sprintf("“%.60s”授权运营(演示%02d)", w.resources[0].Title, w.no+1),
		Agency:  Agency,
		Plan:    inForce[w.no%3].id,
		Purpose: "将目录所列公共数据资源加工为数据产品和服务。",
		Mode:    inForce[w.no%3].mode, Resources: ids, TermMonths: decidedMonths,
		Products: []authorization.Intended{
			{Name: publicProduct, Class: agreement.PublicBenefit, Form: "查询", Scenario: "便民查询"},
			{Name: industryProduct, Class: agreement.Industry, Form: "接口"},
		},
	}
	seen, err := w.client.give(ctx, w.by.applies, base+"authorizations", w.application)
	if err != nil {
		return err
	}
	w.seen = seen
	attached, err := w.file(ctx, w.by.applies, "申请单位能力说明")
	if err != nil {
		return err
	}
	w.application.Attachments = []string{attached}
	w.application.Capabilities = authorization.Capabilities{
		Management: "设有数据管理制度和专职岗位。", Technology: "具备自有加工平台和开发团队。",
		Security: "通过网络安全等级保护三级测评，数据不出域。", Finance: "近三年经营正常。",
	}
	return w.edited(ctx)
}

// edited saves the application as it stands here.
func (w *walk) edited(ctx context.Context) error {
	return w.give(ctx, w.by.applies, "edit", w.application)
}

func deleted(ctx context.Context, w *walk) error {
	return w.give(ctx, w.by.applies, "delete-draft", nil)
}

// applied hands in an application.
func applied(ctx context.Context, w *walk) error {
	if err := drafted(ctx, w); err != nil {
		return err
	}
	return w.give(ctx, w.by.applies, "submit", nil)
}

func accepted(ctx context.Context, w *walk) error {
	return w.give(ctx, officer, "accept", nil)
}

// returnedOnce sends the application back with everything missing named; it comes back completed.
func returnedOnce(ctx context.Context, w *walk) error {
	missing := authorization.ReturnInput{Missing: []authorization.Missing{
		{Path: "capabilities.finance", Text: "请补充近三年财务状况。"},
		{Path: "purpose", Text: "请写明数据的用途。"},
	}}
	if err := w.give(ctx, officer, "return", missing); err != nil {
		return err
	}
	w.application.Capabilities.Finance = "近三年资产负债率低于百分之五十，经审计。"
	w.application.Purpose = "将目录所列公共数据资源加工为数据产品和服务，供公众查询和行业使用。"
	return w.resubmitted(ctx)
}

// resubmitted saves the application and hands it in again.
func (w *walk) resubmitted(ctx context.Context) error {
	if err := w.edited(ctx); err != nil {
		return err
	}
	return w.give(ctx, w.by.applies, "resubmit", nil)
}

func refusedIncomplete(ctx context.Context, w *walk) error {
	return w.give(ctx, officer, "refuse", authorization.ReasonInput{Reason: "所申请的资源已整体授权其他机构运营，不符合实施方案。"})
}

func withdrawn(ctx context.Context, w *walk) error {
	return w.give(ctx, w.by.applies, "withdraw", authorization.ReasonInput{Reason: "经营计划调整，撤回申请。"})
}

// opinion is what a reviewer decides.
type opinion struct {
	Outcome    string   `json:"outcome"`
	Opinion    string   `json:"opinion"`
	Conditions []string `json:"conditions,omitempty"`
}

// condition is what one review attaches to its approval; the agreement must repeat it.
const condition = "原始数据不出域，数据可用不可见。"

// opinions are those that are not plain approvals, by the name of the review.
type opinions map[string]opinion

var (
	conditional = opinions{"security": {review.Approve, "同意，附条件。", []string{condition}}}
	returning   = opinions{"finance": {Outcome: review.Return, Opinion: "请说明行业产品的成本构成和收益分配设想。"}}
	rejecting   = opinions{"supplier": {Outcome: review.Reject, Opinion: "所申请的数据含未脱敏个人信息，不同意提供。"}}
)

// reviewed has every review of the round decided, stage after stage.
func (o opinions) reviewed(ctx context.Context, w *walk) error {
	for w.seen.State == authorization.Reviewing {
		if err := o.reviewedOne(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// reviewedOne has one review decided.
func (o opinions) reviewedOne(ctx context.Context, w *walk) error {
	open := slices.IndexFunc(w.seen.Tasks, lifecycle.Task.Active)
	if open < 0 {
		return fmt.Errorf("%s is %s and has no task for anybody", w.seen.ID, w.seen.State)
	}
	task := w.seen.Tasks[open]
	reviewer, err := w.client.claim(ctx, task)
	if err != nil {
		return err
	}
	decision, special := o[task.Name]
	if !special {
		decision = opinion{Outcome: review.Approve, Opinion: "经审查，同意。"}
	}
	w.seen, err = w.client.onTask(ctx, reviewer, task, "decide", decision)
	return err
}

// approved has every review of the round approve.
func approved(ctx context.Context, w *walk) error { return conditional.reviewed(ctx, w) }

// returnedByReview has one review send the application back; it comes back changed.
func returnedByReview(ctx context.Context, w *walk) error {
	if err := returning.reviewed(ctx, w); err != nil {
		return err
	}
	w.application.Products[1].Scenario = "按调用量收费，成本单独核算，收益按协议分配。"
	return w.resubmitted(ctx)
}

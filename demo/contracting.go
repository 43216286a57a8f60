package demo

import (
	"context"
	"fmt"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
)

// resolved has the government deal with a motion and waits until its resolution has reached the authorisation.
func (m motion) resolved(ctx context.Context, w *walk) error {
	return w.resolvedBy(ctx, w.government, m)
}

// resolvedByAgency has the agency deal with a motion on the agreement.
func (m motion) resolvedByAgency(ctx context.Context, w *walk) error {
	return w.resolvedBy(ctx, w.agency, m)
}

// resolvedBy waits for the case to hear of the resolution. A meeting without quorum leaves none.
func (w *walk) resolvedBy(ctx context.Context, b *chamber, m motion) error {
	before, err := w.content()
	if err != nil {
		return err
	}
	if err := b.decide(ctx, m, w.seen.ID); err != nil || m.inquorate {
		return err
	}
	heard := func(c *Case) bool {
		var now authorization.Authorization
		err = c.into(&now)
		return err != nil || len(now.Resolutions) > len(before.Resolutions)
	}
	seen, failed := w.client.await(ctx, officer, w.path(), "to hear of the resolution", heard)
	if failed != nil {
		return failed
	}
	w.seen = seen
	return err
}

// agreed is the zero motion: the members agree.
var agreed motion

// amended does what an amendment directed, and hands in the application anew.
func amended(ctx context.Context, w *walk) error {
	w.application.Products[1].Scenario = "按调用量收费，对中小企业减半。"
	return w.resubmitted(ctx)
}

// leadTime is how many days lie between the first text of an agreement and the first day of its term.
const leadTime = 15

// text is the agreement on what was decided. What expires while one watches has a short term, all else the longest decided.
func (w *walk) text(days int) (agreement.Agreement, error) {
	now, err := w.client.now()
	if err != nil {
		return agreement.Agreement{}, err
	}
	from := calendar.DateOf(now).AddDays(leadTime)
	to := from.AddMonths(decidedMonths).AddDays(-1)
	if days > 0 {
		to = from.AddDays(days - 1)
	}
	a := agreement.Agreement{
		Resources: w.application.Resources, Term: agreement.Term{From: from, To: to},
		Platform: "示范市公共数据授权运营平台（虚构）", Assets: "各方投入的软硬件归各方所有，产品权益归运营机构。",
		Disclosure: agreement.Openness{Requirements: "每年披露运营情况。", NoRedevelopment: true},
		Accounting: agreement.Sharing{Rules: "成本和收入单独核算，按年结算。", Shares: []agreement.Share{
			{Party: "运营机构", BasisPoints: 8000}, {Party: "实施机构", BasisPoints: 2000},
		}},
		Security: "数据不出域，发生安全事件二小时内报告。", Evaluation: "每年评价；期满前可申请续约，不合格的退出。",
		Breach: "违约方赔偿损失。", Disputes: agreement.Disputes{Ways: []agreement.Way{agreement.Negotiation, agreement.Litigation}, Text: "协商不成的依法诉讼。"},
		Change: "经双方书面同意可以变更。", Other: "无", Conditions: []string{condition},
	}
	for _, p := range w.application.Products {
		a.Products = append(a.Products, agreement.Product{
			Name: p.Name, Class: p.Class, Form: p.Form, Standard: "符合国家标准接口规范。", Security: "上线前安全测评。", Compliance: "上线前业务规范性审核。",
		})
	}
	return a, nil
}

// propose has one side propose a version of the agreement. When its first day went by before it arrived, it is written anew.
func (w *walk) propose(ctx context.Context, person string, days int, change func(*agreement.Agreement)) error {
	for {
		a, err := w.text(days)
		if err != nil {
			return err
		}
		change(&a)
		if err := w.give(ctx, person, "propose-agreement", a); !refusedWith(err, "start-in-past") {
			return err
		}
	}
}

// agreeText has one side agree to the other's newest version.
func (w *walk) agreeText(ctx context.Context, person string) error {
	hash, err := w.newestHash()
	if err != nil {
		return err
	}
	return w.give(ctx, person, "agree-text", authorization.HashInput{Hash: hash})
}

func (w *walk) newestHash() (string, error) {
	a, err := w.content()
	if err != nil {
		return "", err
	}
	if len(a.Versions) == 0 {
		return "", fmt.Errorf("%s has no agreement", w.seen.ID)
	}
	return a.Versions[len(a.Versions)-1].Hash, nil
}

func unchanged(*agreement.Agreement) {}

// textFor has the agency propose an agreement over the days and the operator agree; 0 days stand for the longest term decided.
func (w *walk) textFor(ctx context.Context, days int) error {
	if err := w.propose(ctx, officer, days, unchanged); err != nil {
		return err
	}
	return w.agreeText(ctx, w.by.applies)
}

// shortText has both sides agree on a term that ends while one watches.
func shortText(ctx context.Context, w *walk) error { return w.textFor(ctx, w.term) }

// longText has both sides agree on the longest term decided.
func longText(ctx context.Context, w *walk) error { return w.textFor(ctx, 0) }

// textByBoth has the operator answer the agency's version with one of its own, to which the agency agrees.
func textByBoth(ctx context.Context, w *walk) error {
	if err := w.propose(ctx, officer, 0, unchanged); err != nil {
		return err
	}
	counter := func(a *agreement.Agreement) {
		a.Accounting.Shares = []agreement.Share{{Party: "运营机构", BasisPoints: 7000}, {Party: "实施机构", BasisPoints: 3000}}
		a.Other = "运营机构每季度向实施机构通报一次。"
	}
	if err := w.propose(ctx, w.by.applies, 0, counter); err != nil {
		return err
	}
	return w.agreeText(ctx, officer)
}

// signed has both sides sign and the agency file the agreement.
func signed(ctx context.Context, w *walk) error {
	hash, err := w.newestHash()
	if err != nil {
		return err
	}
	for _, person := range []string{agencySigns, w.by.signs} {
		if err := w.give(ctx, person, "sign", authorization.HashInput{Hash: hash}); err != nil {
			return err
		}
	}
	a, err := w.content()
	if err != nil {
		return err
	}
	concluded := a.Signatures[len(a.Signatures)-1].At
	receipt, err := w.file(ctx, officer, "备案回执")
	if err != nil {
		return err
	}
	return w.give(ctx, officer, "file", authorization.FilingInput{
		On: calendar.DateOf(concluded).String(), With: "示范省数据管理部门（虚构）", Receipt: fmt.Sprintf("备字%03d号", w.no+1), Evidence: []string{receipt},
	})
}

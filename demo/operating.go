package demo

import (
	"context"
	"errors"
	"fmt"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/product"
)

// started has both products reviewed and priced, waits for the first day of operation and puts them on offer.
func started(ctx context.Context, w *walk) error {
	free, err := w.admitted(ctx, product.Content{
		Name: publicProduct, Form: agreement.Verification, Class: agreement.PublicBenefit, Scenario: "公众在网上和窗口查询", Capabilities: []string{"按日查询"},
	})
	if err != nil {
		return err
	}
	charged, err := w.admitted(ctx, product.Content{
		Name: industryProduct, Form: agreement.API, Class: agreement.Industry, Scenario: "企业系统按需调用", Capabilities: []string{"按站点查询", "按小时统计"},
	})
	if err != nil {
		return err
	}
	if err := w.client.priced(ctx, w.by.applies, charged); err != nil {
		return err
	}
	if err := w.until(ctx, authorization.Operating, authorization.Exiting); err != nil {
		return err
	}
	if w.seen.State != authorization.Operating {
		return fmt.Errorf("the term of %s ended before its operation was begun: the system is too slow for so short a term", w.seen.ID)
	}
	for _, at := range []string{free, charged} {
		if _, err := w.client.give(ctx, w.by.applies, at+"/list", nil); err != nil {
			return err
		}
	}
	return w.offers(ctx, 2) //nolint:mnd // both
}

// offers waits until the authorisation knows of so many products on offer.
func (w *walk) offers(ctx context.Context, n int) error {
	var unread error
	seen, err := w.client.await(ctx, officer, w.path(), fmt.Sprintf("to offer %d products", n), func(c *Case) bool {
		var a authorization.Authorization
		if unread = c.into(&a); unread != nil {
			return true
		}
		listed := 0
		for _, p := range a.Products {
			if p.Listed {
				listed++
			}
		}
		return listed == n || c.State == authorization.Exiting
	})
	if err == nil {
		w.seen = seen
	}
	return errors.Join(err, unread)
}

// reported has the operator report on the running year.
func reported(ctx context.Context, w *walk) error {
	a, err := w.content()
	if err != nil {
		return err
	}
	return w.give(ctx, w.by.applies, "report-operation", authorization.ReportInput{
		Year: calendar.DateOf(*a.Started).Year(), Summary: "运营平稳，公众查询十二万次，行业调用三十万次。",
	})
}

// suspended suspends operation: access is closed and every clock held.
func suspended(ctx context.Context, w *walk) error {
	order, err := w.file(ctx, administrator, "暂停运营通知")
	if err != nil {
		return err
	}
	return w.give(ctx, administrator, "suspend", authorization.SuspendInput{
		Ground: "security-risk", Authority: "示范市数据局，示数函〔2026〕1号（虚构）", Reason: "监测到异常批量调用，需排查。", Evidence: []string{order},
	})
}

func resumed(ctx context.Context, w *walk) error {
	return w.give(ctx, administrator, "resume", authorization.ReasonInput{Reason: "排查完毕，风险已消除。"})
}

// renewalAnswered waits for the renewal window; the operator asks and the agency answers.
func renewalAnswered(ctx context.Context, w *walk) error {
	open := func(c *Case) bool { return c.allows("request-renewal") }
	if _, err := w.client.await(ctx, w.by.applies, w.path(), "to open its renewal window", open); err != nil {
		return err
	}
	wish := authorization.RenewalInput{Months: 12, Reason: "用户稳定增长，拟继续运营。"}
	if err := w.give(ctx, w.by.applies, "request-renewal", wish); err != nil {
		return err
	}
	return w.give(ctx, officer, "answer-renewal", authorization.AnswerInput{Answer: authorization.Declined, Text: "运营成效未达预期，期满后不再续约。"})
}

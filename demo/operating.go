package demo

import (
	"context"
	"fmt"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
)

// started waits for the first day of operation and puts both products on offer.
func started(ctx context.Context, w *walk) error {
	if err := w.until(ctx, authorization.Operating, authorization.Exiting); err != nil {
		return err
	}
	if w.seen.State != authorization.Operating {
		return fmt.Errorf("the term of %s ended before its operation was begun: the system is too slow for so short a term", w.seen.ID)
	}
	if err := w.give(ctx, w.by.applies, "list-product", authorization.ListingInput{Product: publicProduct, Price: "0"}); err != nil {
		return err
	}
	if err := w.give(ctx, officer, "set-ceiling", authorization.CeilingInput{Product: industryProduct, Unit: "calls", Ceiling: "0.05"}); err != nil {
		return err
	}
	return w.give(ctx, w.by.applies, "list-product", authorization.ListingInput{Product: industryProduct, Price: "0.03"})
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

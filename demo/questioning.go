package demo

import (
	"context"
	"fmt"
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
)

// questioned has the officer ask something while the application is checked, and the applicant answer.
func questioned(ctx context.Context, w *walk) error {
	ask := authorization.QuestionInput{Path: "products", Text: "行业产品拟服务哪些行业？是否收费？"}
	if err := w.give(ctx, officer, "ask-question", ask); err != nil {
		return err
	}
	return w.answered(ctx, "拟服务物流和保险行业，按调用量收费。")
}

// questionedInReview has a reviewer ask something within the task that he holds, and give the task back once it is answered.
func questionedInReview(ctx context.Context, w *walk) error {
	open := slices.IndexFunc(w.seen.Tasks, lifecycle.Task.Active)
	if open < 0 {
		return fmt.Errorf("%s is %s and has no task for anybody", w.seen.ID, w.seen.State)
	}
	task := w.seen.Tasks[open]
	reviewer, err := w.client.claim(ctx, task)
	if err != nil {
		return err
	}
	proof, err := w.file(ctx, w.by.applies, "数据安全管理制度")
	if err != nil {
		return err
	}
	ask := authorization.QuestionInput{Path: "capabilities.security", Text: "请提供数据安全管理制度。"}
	if w.seen, err = w.client.onTask(ctx, reviewer, task, "ask-in-review", ask); err != nil {
		return err
	}
	if err := w.answered(ctx, "制度全文见附件。", proof); err != nil {
		return err
	}
	w.seen, err = w.client.onTask(ctx, reviewer, task, "release", nil)
	return err
}

// answered has the applicant answer the newest question.
func (w *walk) answered(ctx context.Context, text string, attachments ...string) error {
	a, err := w.content()
	if err != nil {
		return err
	}
	return w.give(ctx, w.by.applies, "answer-question", authorization.ReplyInput{Question: len(a.Questions), Text: text, Attachments: attachments})
}

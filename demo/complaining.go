package demo

import (
	"context"
	"fmt"

	"datacharter/domain/complaint"
	"datacharter/domain/finding"
)

const (
	complaintsPath = base + "complaints"
	nobody         = "" // who sends no token
)

// The numbers of the authorisations that are complained of, after those of all others.
const (
	complainedJustly = 90 + iota
	complainedInVain
)

// numbered is a complaint that was lodged: its ID, and the number that it is followed by.
type numbered struct{ id, number string }

// complained leads an authorisation into operation and has somebody without an account complain of its operator; the officer accepts.
func complained(ctx context.Context, c *city, no int, in complaint.LodgeInput) (*walk, numbered, error) {
	w := c.walk(no)
	if err := running(ctx, w); err != nil {
		return w, numbered{}, err
	}
	in.About, in.Authorization = complaint.AboutOperator, w.seen.ID
	var lodged struct {
		Number string `json:"number"`
	}
	if _, err := c.client.post(ctx, nobody, complaintsPath, in, &lodged); err != nil {
		return w, numbered{}, err
	}
	id, _, _ := complaint.Split(lodged.Number)
	_, err := c.client.give(ctx, officer, complaintsPath+"/"+id+"/accept", nil)
	return w, numbered{id, lodged.Number}, err
}

// complainedAndUpheld leads an anonymous complaint to a finding, which is rectified and lifted, and to the answer that it was justified.
func complainedAndUpheld(ctx context.Context, c *city) (string, error) {
	w, n, err := complained(ctx, c, complainedJustly, complaint.LodgeInput{Facts: "行业数据接口的调用没有经过审批（虚构）。"})
	if err != nil {
		return n.id, err
	}
	raise := finding.RaiseInput{
		Subject: "security", Found: finding.ByComplaint, Origin: finding.Origin(finding.FromComplaint + "/" + n.id), Facts: "经核查，部分接口调用未经审批（虚构）。",
	}
	if err := w.inspected(ctx, officer, raise, "lift", finding.OpinionInput{Opinion: "审批流程已补齐，复查合格，予以销号。"}); err != nil {
		return n.id, err
	}
	return n.id, c.answered(ctx, n, complaint.AnswerInput{Outcome: complaint.Upheld, Text: "经查属实，已责令整改并复查合格（虚构）。"})
}

// complainedAndNotUpheld leads a complaint by name to the answer that it was not justified.
func complainedAndNotUpheld(ctx context.Context, c *city) (string, error) {
	_, n, err := complained(ctx, c, complainedInVain, complaint.LodgeInput{Facts: "收费高于公布的标准（虚构）。", Name: "赵某（虚构）", Contact: "zhao@example.org"})
	if err != nil {
		return n.id, err
	}
	return n.id, c.answered(ctx, n, complaint.AnswerInput{Outcome: complaint.NotUpheld, Text: "经查，收费符合公布的标准（虚构）。"})
}

// answered has the officer answer a complaint, and whoever lodged it read the answer by his number.
func (c *city) answered(ctx context.Context, n numbered, in complaint.AnswerInput) error {
	if _, err := c.client.give(ctx, officer, complaintsPath+"/"+n.id+"/answer", in); err != nil {
		return err
	}
	var read complaint.Standing
	if _, err := c.client.post(ctx, nobody, complaintsPath+"/follow", map[string]string{"number": n.number}, &read); err != nil {
		return err
	}
	if read.Outcome != in.Outcome || read.Answer != in.Text {
		return fmt.Errorf("who complained reads %q, %q", read.Outcome, read.Answer)
	}
	return nil
}

package demo

import (
	"context"
	"fmt"

	"datacharter/domain/authorization"
	"datacharter/domain/disclosure"
	"datacharter/domain/text"
)

// Years are the ways of authorisations that are watched for years: what falls due each year is done in time.
var Years = []Ending{{
	"three-years",
	text.Text{ZH: "三年运营：每年报告、披露、评价、审计和结算，期满退出", EN: "three years of operation, each reported, disclosed, evaluated, audited and settled, closed by expiry"},
	authorization.Closed, 1,
	steps(running, threeYears, expired, woundDown, accountsClosed),
}}

const yearsWatched = 3

// threeYears has the operator report on each year when it is over, both sides disclose it, its accounts settled, and the year audited and evaluated.
func threeYears(ctx context.Context, w *walk) error {
	a, err := w.content()
	if err != nil {
		return err
	}
	if err := w.accounts().shared(ctx); err != nil {
		return err
	}
	first := a.Started.Year()
	for year := first; year < first+yearsWatched; year++ {
		at := base + "disclosures/" + authorization.DisclosureID(authorization.AgencySide, Agency, year)
		if err := w.client.disclosed(ctx, at, officer, administrator); err != nil {
			return err
		}
		report := authorization.ReportInput{Year: year, Summary: fmt.Sprintf("%d年运营平稳，公众查询十二万次，行业调用三十万次。", year)}
		if err := w.give(ctx, w.by.applies, "report-operation", report); err != nil {
			return err
		}
		if err := w.accounts().year(ctx, year); err != nil {
			return err
		}
		at = base + "disclosures/" + authorization.DisclosureID(authorization.OperatorSide, w.by.organization, year)
		if err := w.client.disclosed(ctx, at, w.by.applies, w.by.signs); err != nil {
			return err
		}
		if err := w.evaluated(ctx, year); err != nil {
			return err
		}
	}
	return nil
}

// disclosed waits for a disclosure to be due, and has it compiled, completed, checked and published.
func (c *Client) disclosed(ctx context.Context, at, prepares, checks string) error {
	if _, err := c.await(ctx, prepares, at, "to be due", in(disclosure.Due)); err != nil {
		return err
	}
	for _, step := range []struct {
		person, command string
		input           any
	}{
		{prepares, "compile", nil},
		{prepares, "edit", disclosure.Entered{
			Address: "示范市示范路1号（虚构）", Postcode: "000000", Email: "office@example.org", Phone: "000-00000000", Note: "演示用，均为虚构。",
			Departments: []disclosure.Department{{Unit: "示范市数据局（虚构）", Contact: "公共数据科", Phone: "000-00000000"}},
		}},
		{prepares, "submit", nil},
		{checks, "publish", nil},
	} {
		if _, err := c.give(ctx, step.person, at+"/"+step.command, step.input); err != nil {
			return err
		}
	}
	return nil
}

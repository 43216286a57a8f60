package demo

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"

	"datacharter/domain/complaint"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/registration"
	"datacharter/domain/resolution"
	"datacharter/domain/text"
)

// Lead is one registration, plan or complaint that is led beside the authorisations, and how it ended.
type Lead struct {
	Words text.Text
	State lifecycle.State // in which the way leaves it
	path  string          // of its kind
	way   func(ctx context.Context, at environs) (string, error)

	Case string // empty when it did not even begin
	Is   lifecycle.State
	Err  error // why it did not reach its planned end
}

// environs are what those find who are led beside the authorisations: the city, and a government that decides on plans.
type environs struct {
	*city
	plans *chamber
}

// Leads are the registrations, plans and complaints of the demonstration.
func Leads() []Lead {
	registering := func(zh, en string, state lifecycle.State, way func(ctx context.Context, c *Client) (string, error)) Lead {
		return Lead{Words: text.Text{ZH: zh, EN: en}, State: state, path: registrationsPath, way: func(ctx context.Context, at environs) (string, error) { return way(ctx, at.client) }}
	}
	planning := func(zh, en string, state lifecycle.State, way func(ctx context.Context, c *Client, government *chamber) (string, error)) Lead {
		return Lead{Words: text.Text{ZH: zh, EN: en}, State: state, path: plansPath, way: func(ctx context.Context, at environs) (string, error) { return way(ctx, at.client, at.plans) }}
	}
	complaining := func(zh, en string, way func(ctx context.Context, c *city) (string, error)) Lead {
		return Lead{Words: text.Text{ZH: zh, EN: en}, State: complaint.Answered, path: complaintsPath, way: func(ctx context.Context, at environs) (string, error) { return way(ctx, at.city) }}
	}
	return []Lead{
		registering("首次登记，公示无异议，赋码", "a first registration, undisputed, with its code", registration.Registered, func(ctx context.Context, c *Client) (string, error) {
			return c.registered(ctx, "登记演示一（虚构）")
		}),
		registering("首次登记，异议成立，终止登记", "a first registration, ended upon an objection", registration.Terminated, func(ctx context.Context, c *Client) (string, error) {
			return c.objected(ctx, "登记演示二（虚构）", "uphold")
		}),
		registering("登记后变更", "a registration, then changed", registration.Registered, changed),
		registering("登记后注销", "a registration, then deregistered", registration.Deregistered, deregistered),
		planning("实施方案：公布并受理申请", "a plan, published and open to applications", plan.Published, func(ctx context.Context, c *Client, government *chamber) (string, error) {
			return c.planOpened(ctx, government, "方案演示一（虚构）")
		}),
		planning("实施方案：会议不同意", "a plan, refused by the meeting", plan.Refused, planRefused),
		planning("实施方案：公布后重大变更", "a plan, with a major change", plan.Published, planChanged),
		complaining("匿名投诉举报，经查属实，提出监督问题，整改后销号", "an anonymous complaint, justified, with a finding that is rectified and lifted", complainedAndUpheld),
		complaining("实名投诉举报，经查不属实", "a complaint by name, not justified", complainedAndNotUpheld),
	}
}

// changed leads a registration to its code and then to a change of its content.
func changed(ctx context.Context, c *Client) (string, error) {
	id, err := c.registered(ctx, "登记演示三（虚构）")
	if err != nil {
		return id, err
	}
	at := registrationsPath + "/" + id
	seen, err := c.read(ctx, registrant, at)
	if err != nil {
		return id, err
	}
	var r registration.Registration
	if err := seen.into(&r); err != nil {
		return id, err
	}
	content := *r.Entry
	content.Brief = "变更后的内容简介（虚构）"
	if _, err := c.give(ctx, registrant, at+"/apply-change", content); err != nil {
		return id, err
	}
	if err := c.registrar(ctx, "registrar-1", at, "accept", nil); err != nil {
		return id, err
	}
	if err := c.registrar(ctx, "registrar-2", at, "pass-review", map[string]any{"opinion": "变更属实。"}); err != nil {
		return id, err
	}
	_, err = c.await(ctx, registrant, at, "to be changed", in(registration.Registered))
	return id, err
}

// deregistered leads a registration to its code and then to its end.
func deregistered(ctx context.Context, c *Client) (string, error) {
	id, err := c.registered(ctx, "登记演示四（虚构）")
	if err != nil {
		return id, err
	}
	at := registrationsPath + "/" + id
	proof, err := c.upload(ctx, registrant, "灭失证明.txt", "数据已灭失（演示用，虚构）："+id)
	if err != nil {
		return id, err
	}
	asked := registration.DeregistrationInput{Ground: "lost", Statement: "数据已灭失，无法恢复。", Attachments: []string{proof}}
	if _, err := c.give(ctx, registrant, at+"/apply-deregistration", asked); err != nil {
		return id, err
	}
	if err := c.registrar(ctx, "registrar-1", at, "accept", nil); err != nil {
		return id, err
	}
	return id, c.registrar(ctx, "registrar-4", at, "deregister", map[string]any{"opinion": "属实，予以注销。"})
}

// planRefused leads a plan to a meeting that votes it down.
func planRefused(ctx context.Context, c *Client, government *chamber) (string, error) {
	id, err := c.PlanHeard(ctx, "方案演示二（虚构）")
	if err != nil {
		return id, err
	}
	if err := c.argued(ctx, plansPath+"/"+id); err != nil {
		return id, err
	}
	if err := government.decide(ctx, motion{against: true, reason: "必要性论证不足，不同意。"}, id); err != nil {
		return id, err
	}
	_, err = c.await(ctx, planner, plansPath+"/"+id, "to be refused", in(plan.Refused))
	return id, err
}

// planChanged leads a plan into force and then a longer term of it the same way again.
func planChanged(ctx context.Context, c *Client, government *chamber) (string, error) {
	const name = "方案演示三（虚构）"
	id, err := c.planOpened(ctx, government, name)
	if err != nil {
		return id, err
	}
	at := plansPath + "/" + id
	for _, g := range []struct {
		command string
		input   any
	}{
		{"propose-change", plan.ReasonInput{Reason: "延长运营期限。"}},
		{"edit", planContent(name, 48)},
		{"submit", nil},
	} {
		if _, err := c.give(ctx, planner, at+"/"+g.command, g.input); err != nil {
			return id, err
		}
	}
	return id, c.planDecided(ctx, government, id)
}

// lead leads what is led beside the authorisations, with a government of its own for the plans.
func (d Demonstration) lead(ctx context.Context, shared *city) *sync.WaitGroup {
	at := environs{shared, newChamber(d.Client, Government, resolution.Plan, "government-")}
	var ways sync.WaitGroup
	if len(d.Beside) > 0 {
		go at.plans.sit(ctx)
	}
	for i := range d.Beside {
		ways.Go(func() { d.Beside[i].walk(ctx, at) })
	}
	return &ways
}

// walk goes the whole way and looks where it led.
func (l *Lead) walk(ctx context.Context, at environs) {
	if l.Case, l.Err = l.way(ctx, at); l.Case == "" {
		return
	}
	seen, err := at.client.read(ctx, "supervisor", l.path+"/"+l.Case)
	switch {
	case err != nil && l.Err == nil:
		l.Err = err
	case err == nil:
		if l.Is = seen.State; l.Err == nil && l.Is != l.State {
			l.Err = fmt.Errorf("%s is %s, not %s", l.Case, l.Is, l.State)
		}
	}
}

// WriteLeads prints what was led beside the authorisations and how it ended. The error says how many did not come to their planned end.
func WriteLeads(out io.Writer, leads []Lead, language string) error {
	lost := 0
	var lines strings.Builder
	for _, l := range leads {
		fmt.Fprintf(&lines, " 1  %s\n      %-22s  %s\n", l.Words.In(language), l.Case, l.Is)
		if l.Err != nil {
			lost++
			fmt.Fprintf(&lines, "      ! %s\n", strings.ReplaceAll(l.Err.Error(), "\n", " "))
		}
	}
	if _, err := io.WriteString(out, lines.String()); err != nil {
		return err
	}
	if lost > 0 {
		return fmt.Errorf("%d of %d registrations, plans and complaints did not come to their planned end; each is marked with ! above", lost, len(leads))
	}
	return nil
}

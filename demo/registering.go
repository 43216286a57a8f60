package demo

import (
	"context"
	"slices"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/registration"
)

const (
	registrant        = "agency-registrant"
	registrationsPath = base + "registrations"
)

// RegistrationNoticed has a registration drafted, handed in, accepted and reviewed, so that it is under public notice. It returns the case.
func (c *Client) RegistrationNoticed(ctx context.Context, name string) (string, error) {
	assessment, err := c.upload(ctx, registrant, "风险评估.txt", "风险可控（演示用，虚构）："+name)
	if err != nil {
		return "", err
	}
	m := registration.Material{Text: "情况属实（虚构）。", Attachments: []string{assessment}}
	drafted, err := c.give(ctx, registrant, registrationsPath, registration.DraftInput{Application: registration.Application{
		Object: registration.Resource, Name: name, Brief: "演示用的公共数据资源", Registry: Registry, Resource: Resources()[0], Reviewed: "业务科室审核通过。",
		Materials: registration.Materials{Registrant: m, Source: m, Resource: m, Product: m, Scenario: m, Risk: m, Preservation: registration.Preservation{
			Material: m, Keeper: "存证平台（虚构）", Digest: "sha256:" + strings.Repeat("0a", 32),
		}},
	}})
	if err != nil {
		return "", err
	}
	at := registrationsPath + "/" + drafted.ID
	if _, err := c.give(ctx, registrant, at+"/submit", nil); err != nil {
		return drafted.ID, err
	}
	if err := c.registrar(ctx, "registrar-1", at, "accept", nil); err != nil {
		return drafted.ID, err
	}
	return drafted.ID, c.registrar(ctx, "registrar-2", at, "pass-review", map[string]any{"opinion": "材料齐全，形式合规。"})
}

// registrar has somebody of the registry take the task that waits, when one does, and give a command on it.
func (c *Client) registrar(ctx context.Context, person, at, command string, input any) error {
	waits := func(seen *Case) bool { return slices.ContainsFunc(seen.Tasks, lifecycle.Task.Active) }
	seen, err := c.await(ctx, person, at, "to "+command, waits)
	if err != nil {
		return err
	}
	t := seen.Tasks[slices.IndexFunc(seen.Tasks, lifecycle.Task.Active)]
	if _, err := c.onTask(ctx, person, t, "claim", nil); err != nil {
		return err
	}
	_, err = c.onTask(ctx, person, t, command, input)
	return err
}

// Register leads a registration from its draft to its code, in spite of an objection.
func (d Demonstration) Register(ctx context.Context, name string) error {
	c := d.Client
	id, err := c.objected(ctx, name, "dismiss")
	if err != nil {
		return err
	}
	return c.coded(ctx, id)
}

// objected has a registration put before the public, and somebody object to it; the registry answers by the command. It returns the case.
func (c *Client) objected(ctx context.Context, name, answer string) (string, error) {
	proof, err := c.upload(ctx, anybody, "证据.txt", "与事实不符（演示用，虚构）："+name)
	if err != nil {
		return "", err
	}
	id, err := c.RegistrationNoticed(ctx, name)
	if err != nil {
		return id, err
	}
	at := registrationsPath + "/" + id
	objection := registration.ObjectionInput{Name: "王某（虚构）", Statement: "来源与事实不符。", Evidence: []string{proof}}
	if objected, err := c.fromOutside(ctx, at+"/object", objection); err != nil || !objected {
		return id, err
	}
	return id, c.registrar(ctx, "registrar-4", at, answer, map[string]any{"reasons": "经核验，已答复异议人。"})
}

// coded waits for the end of the public notice and records the code.
func (c *Client) coded(ctx context.Context, id string) error {
	at := registrationsPath + "/" + id
	if _, err := c.await(ctx, registrant, at, "to be given its code", in(registration.Coding)); err != nil {
		return err
	}
	now, err := c.now()
	if err != nil {
		return err
	}
	return c.registrar(ctx, "registrar-3", at, "record-code", map[string]any{
		"code": "码-" + id + "（虚构）", "confirmation": "确-" + id + "（虚构）", "on": calendar.DateOf(now).String(),
	})
}

// registered leads a registration to its code. It returns the case.
func (c *Client) registered(ctx context.Context, name string) (string, error) {
	id, err := c.RegistrationNoticed(ctx, name)
	if err != nil {
		return id, err
	}
	return id, c.coded(ctx, id)
}

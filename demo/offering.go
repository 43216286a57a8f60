package demo

import (
	"context"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/product"
	"datacharter/domain/review"
)

const productsPath = base + "products"

// admitted leads a product of the authorisation from its draft through its reviews, and returns where it is.
func (w *walk) admitted(ctx context.Context, content product.Content) (string, error) {
	content.Standard, content.Unit = "按国家标准和协议约定", agreement.PerCall
	var a authorization.Authorization
	if err := w.seen.into(&a); err != nil {
		return "", err
	}
	content.Resources = a.Versions[len(a.Versions)-1].Content.Resources
	drafted, err := w.client.give(ctx, w.by.applies, productsPath, product.DraftInput{Content: content, Authorization: w.seen.ID})
	if err != nil {
		return "", err
	}
	at := productsPath + "/" + drafted.ID
	if _, err := w.client.give(ctx, w.by.applies, at+"/submit", nil); err != nil {
		return at, err
	}
	return at, w.client.productReviewed(ctx, w.by.applies, at)
}

// productReviewed has every open review of a product approve.
func (c *Client) productReviewed(ctx context.Context, applies, at string) error {
	seen, err := c.read(ctx, applies, at)
	if err != nil {
		return err
	}
	for _, t := range seen.Tasks {
		if !t.Active() {
			continue
		}
		reviewer, err := c.claim(ctx, t)
		if err != nil {
			return err
		}
		if _, err := c.onTask(ctx, reviewer, t, "decide", map[string]any{"outcome": review.Approve, "opinion": "符合协议约定，同意。"}); err != nil {
			return err
		}
	}
	return nil
}

// priced has the agency set the ceiling and the operator a charge below it, with a discount.
func (c *Client) priced(ctx context.Context, applies, at string) error {
	ceiling := product.CeilingInput{Tariff: []product.StepInput{{UpTo: 100_000, Price: "0.05"}, {Price: "0.03"}}, Reason: "按成本和预计调用量测算，试行。"}
	if _, err := c.give(ctx, officer, at+"/set-ceiling", ceiling); err != nil {
		return err
	}
	_, err := c.give(ctx, applies, at+"/set-charge", product.ChargeInput{
		Tariff:    []product.StepInput{{UpTo: 100_000, Price: "0.03"}, {Price: "0.02"}},
		Discounts: []product.DiscountInput{{Name: "省级重点场景", Reason: "支持重点场景（虚构）", Rate: "20"}},
	})
	return err
}

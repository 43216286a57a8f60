package demo

import (
	"context"

	"datacharter/domain/authorization"
)

// begun waits for the first day of operation and puts both products on offer.
func begun(ctx context.Context, w *walk) error {
	if err := w.until(ctx, authorization.Operating); err != nil {
		return err
	}
	ceiling := authorization.CeilingInput{Product: industryProduct, Unit: "calls", Ceiling: "0.05"}
	if err := w.give(ctx, officer, "set-ceiling", ceiling); err != nil {
		return err
	}
	for product, price := range w.prices() {
		if err := w.give(ctx, w.by.applies, "list-product", authorization.ListingInput{Product: product, Price: price}); err != nil {
			return err
		}
	}
	return nil
}

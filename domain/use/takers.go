package use

import (
	"cmp"
	"slices"
)

// Taken is what one taker has of one product in one unit, over the whole term.
type Taken struct {
	Taker   Taker
	Product string
	Unit    Unit
	Figures
}

// TakenBy adds up what takers have of products, in an order that is the same for the same takers and products.
func TakenBy(events []Judged) []Taken {
	type key struct {
		taker   Taker
		product string
		unit    Unit
	}
	all := map[key]Figures{}
	for _, e := range events {
		if e.Taker == nil {
			continue
		}
		f := Figures{Events: 1, Volume: e.Volume}
		if len(e.Reasons) > 0 {
			f = Figures{Beyond: 1, BeyondVolume: e.Volume}
		}
		k := key{*e.Taker, e.Product, e.Unit}
		all[k] = all[k].Plus(f)
	}
	out := make([]Taken, 0, len(all))
	for k, f := range all {
		out = append(out, Taken{k.taker, k.product, k.unit, f})
	}
	slices.SortFunc(out, func(a, b Taken) int {
		return cmp.Or(cmp.Compare(a.Product, b.Product), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Taker.Name, b.Taker.Name), cmp.Compare(a.Taker.Code, b.Taker.Code))
	})
	return out
}

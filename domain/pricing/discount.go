package pricing

// Discount is a named reduction of a charge, with its reason. Whoever it is for pays Tariff.Less(Rate).
type Discount struct {
	Name   string `json:"name" doc:"for whom or what it is"`
	Reason string `json:"reason"`
	Rate   Rate   `json:"rate" doc:"percent off the charge, more than 0 and up to 100"`
}

// Plain is the price of a tariff of one step; false when it has more, or none.
func (t Tariff) Plain() (Price, bool) {
	if len(t) != 1 {
		return Price{}, false
	}
	return t[0].Price, true
}

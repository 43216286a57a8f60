package exit

import (
	"fmt"

	"datacharter/domain/identity"
	"datacharter/domain/refusal"
)

// Side is the side of the accounts on which an amount stands.
type Side string

// The sides.
const (
	Received Side = "received"
	Paid     Side = "paid"
)

// Line is one line of the settlement at the end of operation (27号 Art. 14(7): accounting and sharing of income).
type Line struct {
	Side  Side          `json:"side" enum:"received,paid"`
	Party identity.Kind `json:"party" enum:"agency,government,data-supplier,operator,supervisor,public" doc:"who paid or was paid; customers are the public"`
	Item  string        `json:"item" maxLength:"200" doc:"what for: operating income, share of income, compensation, refund …"`
	Fen   int64         `json:"fen" minimum:"0" doc:"amount in fen"`
}

const (
	maxLines = 200
	maxFen   = 1_000_000_000_000_000 // a line; so that no sum of lines overflows
)

// Balance is what was received less what was paid out, in fen.
func Balance(lines []Line) int64 {
	var sum int64
	for _, l := range lines {
		if l.Side == Received {
			sum += l.Fen
		} else {
			sum -= l.Fen
		}
	}
	return sum
}

// checkAccounts checks a settlement: it is whole only when what was received equals what was paid out.
func checkAccounts(f *refusal.Faults, path string, lines []Line) {
	if !f.Count(path, len(lines), maxLines) {
		return
	}
	before := len(*f)
	for i, l := range lines {
		refusal.Choice(f, refusal.In(path, i, "side"), l.Side, Received, Paid)
		refusal.Choice(f, refusal.In(path, i, "party"), l.Party,
			identity.Agency, identity.Government, identity.DataSupplier, identity.Operator, identity.Supervisor, identity.Public)
		f.Text(refusal.In(path, i, "item"), l.Item, maxShort)
		f.Unless(l.Fen >= 0, refusal.NotNegative.At(refusal.In(path, i, "fen")))
		f.Unless(l.Fen <= maxFen, refusal.ExitAmountTooLarge.At(refusal.In(path, i, "fen")))
	}
	if difference := Balance(lines); len(*f) == before && difference != 0 {
		f.Add(refusal.ExitUnbalanced.At(path, "difference", fmt.Sprint(difference)))
	}
}

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

// accounts checks a settlement: it is whole only when what was received equals what was paid out.
func (f *faults) accounts(path string, lines []Line) {
	if !f.count(path, len(lines), maxLines) {
		return
	}
	before := len(*f)
	for i, l := range lines {
		at := fmt.Sprintf("%s[%d].", path, i)
		if l.Side != Received && l.Side != Paid {
			f.add(refusal.NotAChoice.At(at+"side", "choices", "received, paid"))
		}
		if !known(l.Party) {
			f.add(refusal.NotAChoice.At(at+"party", "choices", "agency, government, data-supplier, operator, supervisor, public"))
		}
		f.text(at+"item", l.Item, maxShort)
		switch {
		case l.Fen < 0:
			f.add(refusal.NotNegative.At(at + "fen"))
		case l.Fen > maxFen:
			f.add(refusal.ExitAmountTooLarge.At(at + "fen"))
		}
	}
	if difference := Balance(lines); len(*f) == before && difference != 0 {
		f.add(refusal.ExitUnbalanced.At(path, "difference", fmt.Sprint(difference)))
	}
}

func known(kind identity.Kind) bool {
	for _, k := range identity.Kinds {
		if k.Kind == kind {
			return true
		}
	}
	return false
}

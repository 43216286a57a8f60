package web

import (
	"net/url"
	"strconv"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/finance"
	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/text"
	"datacharter/web/form"
)

// shapeFinance offers the periods, years, products and parties that a command on the accounts can be about, and suggests what is known.
func (s *server) shapeFinance(a *act, f *finance.Finance, suggested url.Values) error {
	today := calendar.DateOf(a.view.Now)
	fill := func(input any) {
		for name, values := range form.Values(input) {
			suggested[name] = values
		}
	}
	facts, err := s.Store.Facts(a.ctx, a.actor, lifecycle.Needs{Cases: []string{f.Authorization}, ProductsOf: []string{f.Applicant}}, kinds.Definition)
	if err != nil {
		return err
	}
	switch a.command {
	case "hand-in-costs":
		fill(suggestedCosts(f, today.Year()-1))
	case "record-allowance":
		fill(suggestedAllowance(f, today))
	case "check-ceilings":
		fill(suggestedVolumes(f, today.Year(), f.Offered(facts, true)))
		a.shapes["volumes[].product"] = form.Shape{Kind: form.Select, Choices: asChoices(f.Offered(facts, true))}
	case "compile-statement":
		env := lifecycle.Env{Now: a.view.Now}
		periods := f.ToState(env)
		for _, st := range f.Statements {
			periods = append(periods, st.Period)
		}
		a.shapes["period"] = form.Shape{Kind: form.Select, Choices: asChoices(periods)}
		a.shapes["lines[].product"] = form.Shape{Kind: form.Select, Choices: asChoices(f.Offered(facts, false))}
	case "check-statement", "return-statement":
		var periods []finance.Period
		for _, st := range f.Handed {
			periods = append(periods, st.Period)
		}
		a.shapes["period"] = form.Shape{Kind: form.Select, Choices: asChoices(periods)}
	case "run-settlement":
		a.shapes["period"] = form.Shape{Kind: form.Select, Choices: asChoices(f.ToSettle())}
	case "reckon-year", "report-year":
		suggested.Set("year", strconv.Itoa(today.Year()-1))
	case "report-adjustment":
		if due := f.Due(); len(due) > 0 {
			suggested.Set("year", strconv.Itoa(due[0].Year))
		}
	case "propose-rule":
		fill(suggestedRule(f, facts.Cases[f.Authorization]))
	case "record-payment":
		a.shapes["party"] = form.Shape{Kind: form.Select, Choices: owedChoices(f)}
		suggested.Set("on", today.String())
	case "take-back":
		a.shapes["entry"] = form.Shape{Kind: form.Select, Choices: paymentChoices(f)}
	}
	return nil
}

func asChoices[T ~string](all []T) []form.Choice {
	out := make([]form.Choice, len(all))
	for i, v := range all {
		out[i] = form.Choice{Value: string(v), Words: both(string(v))}
	}
	return out
}

func owedChoices(f *finance.Finance) []form.Choice {
	var out []form.Choice
	b := f.Book()
	for _, p := range f.Parties() {
		if owed := b.Owed(p.Name); owed > 0 {
			out = append(out, form.Choice{Value: p.Name, Words: both(p.Name), Hint: text.Text{ZH: "应付" + owed.String() + "元", EN: owed.String() + " yuan are owed"}})
		}
	}
	return out
}

func paymentChoices(f *finance.Finance) []form.Choice {
	var out []form.Choice
	for _, p := range f.Payments() {
		line := p.Entry.Lines[0]
		out = append(out, form.Choice{Value: p.Entry.ID, Words: both(line.Account.Party() + " · " + line.Debit.String() + " · " + p.Entry.On.String() + " · " + p.Reference)})
	}
	return out
}

func costItems(all []pricing.Cost) []finance.CostItem {
	out := make([]finance.CostItem, len(all))
	for i, c := range all {
		out[i] = finance.CostItem{Kind: c.Kind, Amount: c.Amount.String()}
	}
	return out
}

// suggestedCosts are those of the year as they were handed in, or a row for each kind of cost.
func suggestedCosts(f *finance.Finance, year int) finance.CostsInput {
	in := finance.CostsInput{Year: year}
	for _, c := range f.Costs {
		if c.Year == year {
			return finance.CostsInput{Year: year, Items: costItems(c.Items), Subsidy: c.Subsidy.String(), Taxes: c.Taxes.String(), Note: c.Note, Evidence: c.Evidence}
		}
	}
	for _, kind := range []pricing.CostKind{pricing.Platform, pricing.Handling, pricing.Staff, pricing.Acquisition, pricing.Period} {
		in.Items = append(in.Items, finance.CostItem{Kind: kind})
	}
	return in
}

// suggestedAllowance begins with the costs as they were handed in for the year before.
func suggestedAllowance(f *finance.Finance, today calendar.Date) finance.AllowanceInput {
	costs := suggestedCosts(f, today.Year()-1)
	return finance.AllowanceInput{From: today.Year(), To: today.Year() + 2, Items: costs.Items, Subsidy: costs.Subsidy, Taxes: costs.Taxes}
}

func suggestedVolumes(f *finance.Finance, year int, products []string) finance.VolumesInput {
	in := finance.VolumesInput{Year: year}
	for _, name := range products {
		in.Volumes = append(in.Volumes, finance.VolumeInput{Product: name, Volume: forecastOf(f, name)})
	}
	return in
}

// forecastOf is what was expected last of a product.
func forecastOf(f *finance.Finance, product string) int64 {
	for i := len(f.Checks) - 1; i >= 0; i-- {
		for _, l := range f.Checks[i].Lines {
			if l.Product == product {
				return l.Volume
			}
		}
	}
	return 0
}

// suggestedRule is the rule that holds, or the shares of the signed agreement.
func suggestedRule(f *finance.Finance, on lifecycle.Case) finance.RuleInput {
	if n := len(f.Rules); n > 0 {
		return f.Rules[n-1].Input()
	}
	in := finance.RuleInput{Per: finance.PerYear, From: finance.Period(strconv.Itoa(f.Started.Year()))}
	if a, ok := on.(*authorization.Authorization); ok {
		for _, s := range a.Sharing().Shares {
			in.Parties = append(in.Parties, finance.PartyInput{Name: s.Party, Side: finance.OfOther, BasisPoints: s.BasisPoints})
		}
	}
	return in
}

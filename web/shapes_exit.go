package web

import (
	"net/url"
	"strconv"

	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/text"
	"datacharter/web/form"
	"datacharter/web/words"
)

// shapeExit offers what this exit has: the points to be answered, its reviews, what is owed.
func (s *server) shapeExit(a *act, c *exit.Exit, suggested url.Values) {
	today := calendar.DateOf(s.Clock.Now()).String()
	switch a.command {
	case "decide":
		shapeDecision(a, c, suggested)
	case "finish-step":
		shapeStep(a, c)
	case "serve-decision":
		suggested.Set("date", today)
	case "note-review":
		suggested.Set("date", today)
	case "stay-effect", "note-review-result", "reinstate", "proceed":
		shapeReviews(a, c, suggested)
		if a.command == "note-review-result" {
			suggested.Set("date", today)
		}
	case "record-hearing":
		a.shapes["record"] = form.Shape{Needed: true}
	case "discharge-duty":
		var owed []form.Choice
		for _, d := range c.Duties {
			if d.Owed && d.EndAt == nil {
				owed = append(owed, form.Choice{Value: d.Code, Words: d.Title, Hint: both(d.Code)})
			}
		}
		onlyChoices(a, suggested, "duty", owed)
	}
}

// onlyChoices offers choices for a field, and suggests the one where there is no other.
func onlyChoices(a *act, suggested url.Values, name string, choices []form.Choice) {
	a.shapes[name] = form.Shape{Kind: form.Radios, Choices: choices}
	if len(choices) == 1 {
		suggested.Set(name, choices[0].Value)
	}
}

// shapeDecision asks for one answer to each point, and for what the notice allows; it suggests what was announced.
func shapeDecision(a *act, c *exit.Exit, suggested url.Values) {
	n := 0
	for _, statement := range c.Defence.Statements {
		n += len(statement.Points)
	}
	a.shapes["answers"] = form.Shape{Fixed: n, Omit: n == 0}
	if !c.InFull() || c.Intended == nil || c.Intended.BanMonths == 0 {
		a.shapes["ban_months"] = form.Shape{Omit: true}
	} else {
		suggested.Set("ban_months", strconv.Itoa(c.Intended.BanMonths))
	}
	if !c.InFull() || !c.Way.Harm {
		a.shapes["harm"] = form.Shape{Omit: true}
	}
}

// shapeReviews offers the reviews that the command can be about: those without a result, or those whose result waits to be carried out.
func shapeReviews(a *act, c *exit.Exit, suggested url.Values) {
	pending := a.command == "stay-effect" || a.command == "note-review-result"
	var choices []form.Choice
	for _, r := range c.Reviews {
		if pending == (r.Result == "") && !r.Carried {
			choices = append(choices, form.Choice{Value: strconv.Itoa(r.No), Words: reviewWords(r), Hint: both(r.Body)})
		}
	}
	onlyChoices(a, suggested, "review", choices)
}

func reviewWords(r exit.Review) text.Text {
	kind := words.Value(r.Kind)
	return text.Text{ZH: kind.ZH + " " + r.Number, EN: kind.EN + " " + r.Number}
}

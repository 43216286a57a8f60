package concern_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"datacharter/domain/calendar"
	"datacharter/domain/catalogue"
	"datacharter/domain/concern"
	"datacharter/domain/identity"
	"datacharter/domain/notice"
	"datacharter/domain/refusal"
)

// facts know the resource "r" and the file "f", on 5 January 2026.
func facts() concern.Facts {
	return concern.Facts{Today: calendar.NewDate(2026, 1, 5), Resources: map[string]bool{"r": true}, Files: map[string]bool{"f": true}}
}

var (
	raiser = identity.By{Person: "raiser"}
	other  = identity.By{Person: "other"}
)

func report() concern.Command {
	return concern.Command{Action: concern.Raise, By: raiser, Report: &concern.ReportInput{Field: "updated", Wrong: "日期不对", Evidence: []string{"f"}}}
}

func demand() concern.Command {
	return concern.Command{Action: concern.Raise, By: raiser, Demand: &concern.DemandInput{Title: "停车", Data: "泊位", Use: "导航", By: "2026-01-05", Resource: "r"}}
}

func answering(outcome concern.State) concern.Command {
	in := concern.AnswerInput{Outcome: outcome, Reason: "已核"}
	switch outcome {
	case concern.Promised:
		in.Day = "2026-06-01"
	case concern.Available:
		in.Resource = "r"
	case concern.Open, concern.Confirmed, concern.Dismissed, concern.Mended, concern.Declined, concern.Withdrawn:
	}
	return concern.Command{Action: concern.Answer, By: other, Answer: &in}
}

func faultsOf(r *refusal.Refusal) []string {
	if r == nil {
		return nil
	}
	if len(r.Fields) == 0 {
		return []string{r.Code}
	}
	var out []string
	for _, f := range r.Fields {
		out = append(out, f.Path+" "+f.Code)
	}
	return out
}

func TestRaise(t *testing.T) {
	long := strings.Repeat("字", 2001)
	for name, c := range map[string]struct {
		kind   concern.Kind
		change func(*concern.Command, *concern.Facts)
		want   []string
	}{
		"a report":          {concern.Report, nil, nil},
		"of the data":       {concern.Report, func(c *concern.Command, _ *concern.Facts) { c.Report.Field = "" }, nil},
		"of what is not":    {concern.Report, func(c *concern.Command, _ *concern.Facts) { c.Report.Field = "id" }, []string{"field not-a-choice"}},
		"of nothing":        {concern.Report, func(c *concern.Command, _ *concern.Facts) { c.Report.Wrong = " " }, []string{"wrong required"}},
		"too long":          {concern.Report, func(c *concern.Command, _ *concern.Facts) { c.Report.Wrong = long }, []string{"wrong too-long"}},
		"another's file":    {concern.Report, func(c *concern.Command, _ *concern.Facts) { c.Report.Evidence = []string{"f", "x", "f"} }, []string{"evidence[1] unknown-reference", "evidence[2] repeated"}},
		"too many files":    {concern.Report, func(c *concern.Command, _ *concern.Facts) { c.Report.Evidence = slices.Repeat([]string{"f"}, 11) }, []string{"evidence too-many"}},
		"too many reports":  {concern.Report, func(_ *concern.Command, f *concern.Facts) { f.Open = concern.MaxOpen }, []string{"too-many-open"}},
		"the last report":   {concern.Report, func(_ *concern.Command, f *concern.Facts) { f.Open = concern.MaxOpen - 1 }, nil},
		"a demand":          {concern.Demand, nil, nil},
		"by no day":         {concern.Demand, func(c *concern.Command, _ *concern.Facts) { c.Demand.By, c.Demand.Resource = "", "" }, nil},
		"by yesterday":      {concern.Demand, func(c *concern.Command, _ *concern.Facts) { c.Demand.By = "2026-01-04" }, []string{"by day-in-past"}},
		"by some day":       {concern.Demand, func(c *concern.Command, _ *concern.Facts) { c.Demand.By = "soon" }, []string{"by not-a-date"}},
		"of no resource":    {concern.Demand, func(c *concern.Command, _ *concern.Facts) { c.Demand.Resource = "x" }, []string{"resource unknown-reference"}},
		"an empty demand":   {concern.Demand, func(c *concern.Command, _ *concern.Facts) { c.Demand = &concern.DemandInput{} }, []string{"title required", "data required", "use required"}},
		"a long demand":     {concern.Demand, func(c *concern.Command, _ *concern.Facts) { c.Demand.Title, c.Demand.Use = long[:603], long }, []string{"title too-long", "use too-long"}},
		"too many demands":  {concern.Demand, func(_ *concern.Command, f *concern.Facts) { f.Open = concern.MaxOpen }, []string{"too-many-open"}},
		"faults come first": {concern.Demand, func(c *concern.Command, f *concern.Facts) { f.Open, c.Demand.Use = concern.MaxOpen, "" }, []string{"use required"}},
	} {
		t.Run(name, func(t *testing.T) {
			cmd, known := demand(), facts()
			if c.kind == concern.Report {
				cmd = report()
			}
			if c.change != nil {
				c.change(&cmd, &known)
			}
			e, refused := concern.Decide(concern.Concern{Kind: c.kind, Person: "raiser"}, cmd, known)
			if diff := cmp.Diff(c.want, faultsOf(refused)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if refused == nil && (e.Number != 1 || e.State != concern.Open || e.By != raiser) {
				t.Errorf("%+v", e)
			}
		})
	}
}

// TestAnswers: each state of each kind takes the answers that it can get, and no other.
func TestAnswers(t *testing.T) {
	can := map[concern.Kind]map[concern.State][]concern.State{
		concern.Report: {concern.Open: {concern.Confirmed, concern.Dismissed, concern.Mended}, concern.Confirmed: {concern.Mended}},
		concern.Demand: {concern.Open: {concern.Promised, concern.Available, concern.Declined}, concern.Promised: {concern.Promised, concern.Available, concern.Declined}},
	}
	everything := []concern.State{concern.Open, concern.Confirmed, concern.Dismissed, concern.Mended, concern.Promised, concern.Available, concern.Declined, concern.Withdrawn, "x", ""}
	for kind, by := range can {
		for _, from := range kind.States() {
			for _, to := range everything {
				_, refused := concern.Decide(concern.Concern{Kind: kind, State: from, Person: "raiser", Number: 3}, answering(to), facts())
				var want []string
				switch {
				case len(by[from]) == 0:
					want = []string{"not-in-state"}
				case !slices.Contains(by[from], to):
					want = []string{"outcome not-a-choice"}
				}
				if diff := cmp.Diff(want, faultsOf(refused)); diff != "" {
					t.Errorf("%s in %s, answer %q (-want +got):\n%s", kind, from, to, diff)
				}
			}
		}
	}
}

func TestAnswerFields(t *testing.T) {
	long := strings.Repeat("字", 2001)
	for name, c := range map[string]struct {
		outcome concern.State
		change  func(*concern.AnswerInput)
		want    []string
	}{
		"confirmed without why": {concern.Confirmed, func(a *concern.AnswerInput) { a.Reason = "" }, []string{"reason required"}},
		"dismissed without why": {concern.Dismissed, func(a *concern.AnswerInput) { a.Reason = "" }, []string{"reason required"}},
		"mended with a day":     {concern.Mended, func(a *concern.AnswerInput) { a.Day, a.Resource = "2026-06-01", "r" }, []string{"day not-with-this-answer", "resource not-with-this-answer"}},
		"promised, no day":      {concern.Promised, func(a *concern.AnswerInput) { a.Day = "" }, []string{"day required"}},
		"promised too late":     {concern.Promised, func(a *concern.AnswerInput) { a.Day = "2026-01-04" }, []string{"day day-in-past"}},
		"promised, no more":     {concern.Promised, func(a *concern.AnswerInput) { a.Reason = "" }, nil},
		"promised at length":    {concern.Promised, func(a *concern.AnswerInput) { a.Reason = long }, []string{"reason too-long"}},
		"available nowhere":     {concern.Available, func(a *concern.AnswerInput) { a.Resource = "" }, []string{"resource required"}},
		"available elsewhere":   {concern.Available, func(a *concern.AnswerInput) { a.Resource = "x" }, []string{"resource unknown-reference"}},
		"available, no more":    {concern.Available, func(a *concern.AnswerInput) { a.Reason = "" }, nil},
		"declined without why":  {concern.Declined, func(a *concern.AnswerInput) { a.Reason = "" }, []string{"reason required"}},
	} {
		t.Run(name, func(t *testing.T) {
			kind := concern.Report
			if slices.Contains(concern.Demand.States(), c.outcome) {
				kind = concern.Demand
			}
			cmd := answering(c.outcome)
			c.change(cmd.Answer)
			_, refused := concern.Decide(concern.Concern{Kind: kind, State: concern.Open, Person: "raiser"}, cmd, facts())
			if diff := cmp.Diff(c.want, faultsOf(refused)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhoMay(t *testing.T) {
	for name, c := range map[string]struct {
		kind  concern.Kind
		state concern.State
		cmd   concern.Command
		facts func(*concern.Facts)
		want  []string
	}{
		"answers himself":             {concern.Demand, concern.Open, concern.Command{Action: concern.Answer, By: raiser, Answer: answering(concern.Declined).Answer}, nil, []string{"own-concern"}},
		"supports":                    {concern.Demand, concern.Open, concern.Command{Action: concern.Support, By: other}, nil, nil},
		"supports what is promised":   {concern.Demand, concern.Promised, concern.Command{Action: concern.Support, By: other}, nil, nil},
		"supports himself":            {concern.Demand, concern.Open, concern.Command{Action: concern.Support, By: raiser}, nil, []string{"own-concern"}},
		"supports twice":              {concern.Demand, concern.Open, concern.Command{Action: concern.Support, By: other}, func(f *concern.Facts) { f.Supported = true }, []string{"supported-before"}},
		"supports what is over":       {concern.Demand, concern.Declined, concern.Command{Action: concern.Support, By: other}, nil, []string{"not-in-state"}},
		"supports a report":           {concern.Report, concern.Open, concern.Command{Action: concern.Support, By: other}, nil, []string{"unknown-command"}},
		"withdraws":                   {concern.Demand, concern.Promised, concern.Command{Action: concern.Withdraw, By: raiser}, nil, nil},
		"withdraws another's":         {concern.Demand, concern.Open, concern.Command{Action: concern.Withdraw, By: other}, nil, []string{"not-entitled"}},
		"withdraws what is over":      {concern.Demand, concern.Available, concern.Command{Action: concern.Withdraw, By: raiser}, nil, []string{"not-in-state"}},
		"withdraws a report":          {concern.Report, concern.Open, concern.Command{Action: concern.Withdraw, By: raiser}, nil, nil},
		"withdraws what is confirmed": {concern.Report, concern.Confirmed, concern.Command{Action: concern.Withdraw, By: raiser}, nil, []string{"not-in-state"}},
		"does something else":         {concern.Report, concern.Open, concern.Command{Action: "x", By: raiser}, nil, []string{"unknown-command"}},
	} {
		t.Run(name, func(t *testing.T) {
			known := facts()
			if c.facts != nil {
				c.facts(&known)
			}
			subject := concern.Concern{Kind: c.kind, State: c.state, Person: "raiser", Number: 2, Supports: 4}
			e, refused := concern.Decide(subject, c.cmd, known)
			if diff := cmp.Diff(c.want, faultsOf(refused)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if refused == nil && e.Number != 3 {
				t.Errorf("%+v", e)
			}
			if c.cmd.Action == concern.Support && c.kind == concern.Demand && !known.Supported && (refused == nil) != subject.MaySupport(c.cmd.By.Person) {
				t.Error("what is offered is not what is decided")
			}
			if c.cmd.Action == concern.Withdraw && c.cmd.By == raiser && (refused == nil) != subject.MayWithdraw() {
				t.Error("what is offered is not what is decided")
			}
		})
	}
}

// Whatever is done, in whatever order, a concern that gets no more answers stays as it is, its entries are numbered without gaps, and every answer is told.
func TestLife(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]concern.Kind{concern.Report, concern.Demand}).Draw(t, "kind")
		c := concern.Concern{Kind: kind, Person: "raiser"}
		first := demand()
		if kind == concern.Report {
			first = report()
		}
		e, refused := concern.Decide(c, first, facts())
		if refused != nil {
			t.Fatal(refused)
		}
		c = c.Apply(e)
		for range rapid.IntRange(0, 8).Draw(t, "steps") {
			cmd := answering(rapid.SampledFrom(kind.States()).Draw(t, "answer"))
			switch rapid.IntRange(0, 4).Draw(t, "action") {
			case 0:
				cmd = concern.Command{Action: concern.Support, By: other}
			case 1:
				cmd = concern.Command{Action: concern.Withdraw, By: raiser}
			}
			over := len(c.Answers()) == 0
			e, refused := concern.Decide(c, cmd, facts())
			if refused != nil {
				continue
			}
			if over {
				t.Fatalf("%s after it was over", cmd.Action)
			}
			if e.Number != c.Number+1 || e.Supports < c.Supports || e.Supports > c.Supports+1 {
				t.Fatalf("%+v after %+v", e, c)
			}
			if tells := c.Tells(e); (cmd.Action == concern.Answer) != slices.ContainsFunc(tells, func(t concern.Tell) bool { return t.To == concern.ToRaiser }) {
				t.Fatalf("%s tells %v", cmd.Action, tells)
			}
			c = c.Apply(e)
		}
	})
}

// TestWords: every state, kind and field has words, and everything that is told.
func TestWords(t *testing.T) {
	for _, kind := range []concern.Kind{concern.Report, concern.Demand} {
		if w := kind.Words(); !w.Complete() || w.ZH == string(kind) {
			t.Errorf("%s has no words", kind)
		}
		for _, s := range kind.States() {
			if w := s.Words(); !w.Complete() || w.ZH == string(s) {
				t.Errorf("%s has no words", s)
			}
			c := concern.Concern{Kind: kind, Person: "raiser"}
			for _, action := range []concern.Action{concern.Raise, concern.Answer, concern.Support, concern.Withdraw} {
				if action == concern.Answer && !slices.Contains([]concern.State{concern.Confirmed, concern.Dismissed, concern.Mended, concern.Promised, concern.Available, concern.Declined}, s) {
					continue
				}
				for _, tell := range c.Tells(concern.Entry{Action: action, State: s}) {
					words, ok := notice.Words(tell.Subject, map[string]string{"title": "题"})
					if !ok || !strings.Contains(words.ZH, "题") || !strings.Contains(words.EN, "题") || notice.RefusableGroup(tell.Subject) != notice.Resources {
						t.Errorf("%s of %s is told as %q: %v", action, s, tell.Subject, words)
					}
				}
			}
		}
	}
	for _, field := range append(concern.Fields(), "") {
		if w := concern.FieldWords(field); !w.Complete() {
			t.Errorf("%q has no words", field)
		}
	}
	differences := catalogue.Differences(catalogue.Resource{}, catalogue.Resource{
		Title: "x", Summary: "x", Provider: "x", Theme: "x", Tags: []string{"x"}, Frequency: "x", Access: "x", Formats: []string{"x"}, FirstPublished: "x", Updated: "x",
		Version: "x", License: "x", Contact: "x", DetailURL: "x", Language: "x",
		Holder: "x", Fields: []catalogue.DataField{{Name: "x"}}, Spatial: []string{"x"}, TemporalFrom: "x", TemporalTo: "x",
	})
	var known []string
	for _, d := range differences {
		known = append(known, d.Field)
	}
	if diff := cmp.Diff(known, concern.Fields()); diff != "" {
		t.Errorf("fields of a resource and those that are reported (-resource +reported):\n%s", diff)
	}
}

func TestCapacities(t *testing.T) {
	grants := []identity.Grant{
		{Organization: "s", Kind: identity.DataSupplier, Role: identity.SupplyReviewer},
		{Organization: "a", Kind: identity.Agency, Role: identity.CaseOfficer},
		{Organization: "o", Kind: identity.Operator, Role: identity.Applicant},
		{Organization: "g", Kind: identity.Agency, Role: identity.SecurityReviewer},
	}
	for name, c := range map[string]struct {
		supplier, person string
		want             []string
	}{
		"nobody's data":    {"", "x", []string{"s", "a"}},
		"the supplier's":   {"s", "x", []string{"s"}},
		"another's":        {"s2", "x", nil},
		"raised himself":   {"", "raiser", nil},
		"another agency's": {"a", "x", nil},
	} {
		var got []string
		subject := concern.Concern{Supplier: c.supplier, Person: "raiser"}
		actor := identity.Actor{Person: c.person, Grants: grants}
		for _, by := range subject.Capacities(actor) {
			got = append(got, by.Organization)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		told := subject.For(actor, concern.Entry{By: identity.By{Person: "p", Organization: "s"}})
		if (told.By.Person != "") != (len(c.want) > 0 || c.person == "raiser") || told.By.Organization != "s" {
			t.Errorf("%s: is told %+v", name, told.By)
		}
	}
	if !(concern.Concern{Person: "raiser"}).NamesPeople(identity.Actor{Person: "x", Grants: []identity.Grant{{Kind: identity.Supervisor, Role: identity.Auditor}}}) {
		t.Error("a supervisor is not told")
	}
}

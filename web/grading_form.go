package web

import (
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"

	"datacharter/casework"
	"datacharter/domain/catalogue"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/web/form"
)

// gradingForm is a grading that somebody is about to make. Its pairs stand object by object, each with an answer of its own: that there is no harm is
// an answer too, and none is left out by mistake.
type gradingForm struct {
	*act
	resource   catalogue.Resource
	known      casework.Graded
	by         identity.By
	capacities []identity.By
	names      names
}

// noHarm is the answer that no harm falls on an object.
const noHarm = "none"

// gradingForm finds the resource of a request and in what capacity the visitor grades it. Nil when it answered already.
func (s *server) gradingForm(v *visit) *gradingForm {
	r, err := s.Store.GetResource(v.ctx, v.Param("id"))
	if err != nil {
		v.fail(err)
		return nil
	}
	f := &gradingForm{resource: r, capacities: grading.Capacities(v.actor)}
	if len(f.capacities) == 0 { // he holds the role for a body that does not grade
		v.refuse(refusal.NotEntitled.With())
		return nil
	}
	at := slices.IndexFunc(f.capacities, func(by identity.By) bool { return by.Organization == v.Query("for") })
	f.by = f.capacities[max(at, 0)]
	f.act = &act{visit: v, input: reflect.TypeFor[grading.Input](), shapes: gradingShapes(), serves: f.by.Organization}
	organizations := make([]string, len(f.capacities))
	for i, by := range f.capacities {
		organizations[i] = by.Organization
	}
	if f.names, err = s.namesOf(v.ctx, nil, organizations); err == nil {
		f.known, err = s.Grading(v.ctx, v.actor, r.ID)
	}
	if err != nil {
		v.fail(err)
		return nil
	}
	return f
}

// urlFor is the form's address for one of the organisations that the visitor may grade for.
func (f *gradingForm) urlFor(by identity.By) string {
	if len(f.capacities) == 1 {
		return gradingURL(f.resource)
	}
	return listURL(gradingURL(f.resource), "for", by.Organization)
}

func choicesFrom[T ~string](values []T, words func(T) text.Text) []form.Choice {
	out := make([]form.Choice, len(values))
	for i, v := range values {
		out[i] = form.Choice{Value: string(v), Words: words(v)}
	}
	return out
}

func gradingShapes() form.Shapes {
	none := form.Choice{Value: noHarm, Words: text.Text{ZH: "不造成危害", EN: "no harm"}}
	return form.Shapes{
		"sector": {Kind: form.Select, Choices: choicesFrom(grading.Sectors(), grading.Sector.Words)},
		"pairs": {
			Fixed: len(grading.Objects()),
			Hint: text.Text{
				ZH: "逐项判断数据泄露、篡改、破坏或者被非法获取、利用、共享时可能造成的最严重危害。",
				EN: "For each: the gravest harm if the data leaked, were tampered with or destroyed, or were unlawfully acquired, used or shared.",
			},
		},
		"pairs[].object":    {Kind: form.Hidden},
		"pairs[].degree":    {Kind: form.Radios, Choices: append(choicesFrom(grading.Degrees(), grading.Degree.Words), none)},
		"derived_from":      {Kind: form.Lines, Pick: form.PickResource},
		"no_harm":           {Omit: true}, // six answers say it
		"processing":        {Kind: form.Select, Choices: choicesFrom([]grading.Processing{grading.Desensitised, grading.Aggregated}, grading.Processing.Words)},
		"basis":             {Kind: form.Select, Choices: choicesFrom([]grading.Basis{grading.Consent, grading.Anonymised}, grading.Basis.Words)},
		"papers":            {Choices: choicesFrom([]grading.Paper{grading.RiskAssessment, grading.ImpactAssessment, grading.ProviderConsent}, grading.Paper.Words)},
		"no_harm_reason":    {Kind: form.Area},
		"processing_reason": {Kind: form.Area},
	}
}

// suggested is the grading that counts as the form has it; empty for a resource that was never graded. Files are another organisation's unless the
// visitor grades for the same.
func (f *gradingForm) suggested() url.Values {
	now := f.known.Current()
	if now == nil {
		return url.Values{}
	}
	in := now.Input
	in.Pairs = nil
	if now.By.Organization != f.by.Organization {
		in.Evidence, in.Papers = nil, nil
	}
	out := form.Values(in)
	for i, object := range grading.Objects() {
		degree, reason := noHarm, ""
		if p := chosen(*now, object); p != nil {
			degree, reason = string(p.Degree), p.Reason
		}
		out.Set(refusal.In("pairs", i, "degree"), degree)
		out.Set(refusal.In("pairs", i, "reason"), reason)
	}
	return out
}

// prepareGrading makes the form, filled in with the values given.
func (s *server) prepareGrading(f *gradingForm, filled url.Values) error {
	if err := s.fillIn(f.act, filled); err != nil {
		return err
	}
	for i := range f.form.Fields {
		if f.form.Fields[i].Name == "pairs" {
			byObject(&f.form.Fields[i])
		}
	}
	return nil
}

// byObject makes the rows of the pairs a group for each object, under its name.
func byObject(pairs *form.Field) {
	for i, object := range grading.Objects() {
		answers := slices.DeleteFunc(pairs.Rows[i], func(f form.Field) bool { return f.Kind == form.Hidden })
		pairs.Fields = append(pairs.Fields, form.Field{Name: refusal.In("pairs", i), Kind: form.Group, Label: object.Words(), Fields: answers})
	}
	pairs.Kind, pairs.Rows, pairs.Another = form.Group, nil, nil
}

// read reads the input. places are those of its pairs in the form.
func (f *gradingForm) read() (in grading.Input, places []int, faults []refusal.Field) {
	read, faults := form.Read(f.input, f.filled, f.shapes)
	in = *read.(*grading.Input)
	stated := in.Pairs
	in.Pairs, in.NoHarm = nil, true
	for i, object := range grading.Objects() {
		switch p := stated[i]; p.Degree {
		case "":
			faults = append(faults, refusal.Required.At(refusal.In("pairs", i, "degree")))
			in.NoHarm = false
		case noHarm:
		default:
			in.Pairs, places = append(in.Pairs, grading.Pair{Object: object, Degree: p.Degree, Reason: p.Reason}), append(places, i)
			in.NoHarm = false
		}
	}
	if !in.NoHarm {
		in.NoHarmReason = ""
	}
	return in, places, faults
}

var pairAt = regexp.MustCompile(`^pairs\[(\d+)\]`)

// inForm leads the faults of pairs to where these stand in the form.
func inForm(faults []refusal.Field, places []int) []refusal.Field {
	out := slices.Clone(faults)
	for i, fault := range out {
		out[i].Path = pairAt.ReplaceAllStringFunc(fault.Path, func(found string) string {
			n, err := strconv.Atoi(pairAt.FindStringSubmatch(found)[1])
			if err != nil || n >= len(places) {
				return found
			}
			return fmt.Sprintf("pairs[%d]", places[n])
		})
	}
	return out
}

// takeGrading grades a resource as the form was filled in.
func (s *server) takeGrading(v *visit) {
	f := s.gradingForm(v)
	if f == nil {
		return
	}
	sent, faults, err := s.sent(f.act)
	if err == nil {
		err = s.prepareGrading(f, sent)
	}
	if err != nil {
		v.fail(err)
		return
	}
	in, places, unread := f.read()
	shown := onlyShown(sent) || f.picking
	switch {
	case f.picking:
		faults = nil
	case !shown:
		faults = append(faults, unread...)
	}
	if len(faults) > 0 || shown {
		f.form.Blame(faults)
		f.render(statusFor(faults))
		return
	}
	o := casework.GradingOrder{Resource: f.resource.ID, Organization: f.by.Organization, Key: sent.Get(formKey), Input: in}
	if n, err := strconv.ParseInt(sent.Get(formVersion), 10, 64); err == nil {
		o.After = &n
	}
	done, refused, err := s.Grade(v.ctx, v.actor, o)
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil:
		f.form.Blame(inForm(refused.Fields, places))
		f.whole = refused.Detail(v.page.Language)
		f.render(casework.Status(refused.Code, refused.Class()))
	default:
		v.goOn(resourceURL(f.resource), v.T("已分类分级：", "Graded: ")+v.page.In(done.Grade.Words()))
	}
}

func (f *gradingForm) render(status int) {
	f.show(status, f.T("分类分级：", "Classify and grade: ")+f.resource.Title, gradingPage(f))
}

// version is the number of the grading on which the form rests.
func (f *gradingForm) version() string { return strconv.FormatInt(f.known.Number(), 10) }

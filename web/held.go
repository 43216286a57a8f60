package web

import (
	"net/http"
	"net/url"
	"reflect"
	"slices"

	"datacharter/casework"
	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/web/form"
)

// heldSection is the change of a registered resource that waits, as its page shows it.
type heldSection struct {
	*visit
	resource catalogue.Resource
	known    casework.HeldState
}

// changeRule is why nothing is taken over by itself.
var changeRule = policy.Source{Article: "26号 Art. 9(2)", Mark: policy.SeenFull}

func heldURL(r catalogue.Resource) string { return resourceURL(r) + "/held" }

func (s *server) heldOf(v *visit, r catalogue.Resource) (*heldSection, error) {
	known, err := s.Held(v.ctx, v.actor, r.ID)
	return &heldSection{v, r, known}, err
}

// asRegistrant reports whether the visitor may decide for the registrant, who then thinks of applying for a change registration.
func (h *heldSection) asRegistrant() bool {
	return slices.ContainsFunc(h.known.May, func(by identity.By) bool { return by.Role == identity.Registrant })
}

// heldInput is a decision about a held change as the form asks for it.
type heldInput struct {
	Digest  string            `json:"digest" maxLength:"64"`
	Outcome catalogue.Outcome `json:"outcome" enum:"adopted,dismissed"`
	Reason  string            `json:"reason,omitempty" maxLength:"2000"`
}

// heldForm is a decision about a held change that somebody is about to make.
type heldForm struct {
	*act
	section *heldSection
	by      identity.By
	names   names
}

var heldShapes = form.Shapes{
	"digest": {Kind: form.Hidden},
	"outcome": {Kind: form.Radios, Label: text.Text{ZH: "如何处理", EN: "What to do"}, Choices: []form.Choice{
		{
			Value: string(catalogue.WasAdopted), Words: text.Text{ZH: "采用来源内容", EN: "take the change over"},
			Hint: text.Text{ZH: "目录信息改为来源内容，并保留为新版本。", EN: "The entry says what the source says, as a new version."},
		},
		{
			Value: string(catalogue.WasDismissed), Words: text.Text{ZH: "驳回，维持登记内容", EN: "dismiss it and keep what is registered"},
			Hint: text.Text{ZH: "同一变更再次导入时不再提示。", EN: "The same change is not held again when it is imported again."},
		},
	}},
	"reason": {Kind: form.Area, Label: text.Text{ZH: "理由", EN: "Reason"}, Hint: text.Text{ZH: "驳回时必填。", EN: "Needed to dismiss."}},
}

// heldForm finds the change that waits. Nil when it answered already.
func (s *server) heldForm(v *visit) *heldForm {
	r, err := s.Store.GetResource(v.ctx, v.Param("id"))
	if err != nil {
		v.fail(err)
		return nil
	}
	section, err := s.heldOf(v, r)
	switch {
	case err != nil:
		v.fail(err)
		return nil
	case section.known.Change == nil:
		v.goOn(resourceURL(r), v.T("没有待处理的变更。", "No change waits."))
		return nil
	case len(section.known.May) == 0: // he holds the role for another registration
		v.refuse(refusal.NotFoundHere.With())
		return nil
	}
	at := slices.IndexFunc(section.known.May, func(by identity.By) bool { return by.Organization == v.Query("for") })
	f := &heldForm{section: section, by: section.known.May[max(at, 0)]}
	f.act = &act{visit: v, input: reflect.TypeFor[heldInput](), shapes: heldShapes, serves: f.by.Organization}
	organizations := make([]string, len(section.known.May))
	for i, by := range section.known.May {
		organizations[i] = by.Organization
	}
	if f.names, err = s.namesOf(v.ctx, nil, organizations); err != nil {
		v.fail(err)
		return nil
	}
	return f
}

func (f *heldForm) prepare(filled url.Values) {
	f.filled = form.Clean(f.input, filled, f.shapes)
	f.form = form.Build(f.input, f.filled, f.shapes)
	f.key = newKey()
}

func (f *heldForm) render(status int) {
	f.show(status, f.T("来源变更：", "Change of the source: ")+f.section.resource.Title, heldPage(f))
}

func (f *heldForm) urlFor(by identity.By) string {
	if len(f.section.known.May) == 1 {
		return heldURL(f.section.resource)
	}
	return listURL(heldURL(f.section.resource), "for", by.Organization)
}

func (s *server) askHeld(v *visit) {
	if f := s.heldForm(v); f != nil {
		f.prepare(url.Values{"digest": {f.section.known.Change.Digest}})
		f.render(http.StatusOK)
	}
}

func (s *server) takeHeld(v *visit) {
	f := s.heldForm(v)
	if f == nil {
		return
	}
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	f.prepare(sent)
	read, faults := form.Read(f.input, f.filled, f.shapes)
	if len(faults) > 0 || onlyShown(sent) {
		f.form.Blame(faults)
		f.render(statusFor(faults))
		return
	}
	in := read.(*heldInput)
	if !slices.Contains([]catalogue.Outcome{catalogue.WasAdopted, catalogue.WasDismissed}, in.Outcome) {
		faults = []refusal.Field{refusal.Required.At("outcome")}
		f.form.Blame(faults)
		f.render(statusFor(faults))
		return
	}
	done, refused, err := s.DecideHeld(v.ctx, v.actor, casework.HeldOrder{
		Resource: f.section.resource.ID, Digest: in.Digest, Outcome: in.Outcome, Reason: in.Reason, Organization: f.by.Organization, Key: sent.Get(formKey),
	})
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil:
		if refused.Code == refusal.HeldSuperseded.Name { // what is shown now is the newer one
			f.prepare(url.Values{"digest": {f.section.known.Change.Digest}, "reason": {in.Reason}})
		}
		f.form.Blame(refused.Fields)
		f.whole = refused.Detail(v.page.Language)
		f.render(casework.Status(refused.Code, refused.Class()))
	default:
		v.goOn(resourceURL(f.section.resource), v.T("来源变更", "Change of the source ")+v.page.In(done.Outcome.Words())+v.T("。", "."))
	}
}

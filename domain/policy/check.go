package policy

import (
	"fmt"
	"mime"
	"regexp"
	"slices"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
)

// Problem is something in a profile that is not sound.
type Problem struct {
	Path string // of the value, such as "review.reviews[2].stage"
	Text string
}

// Check finds everything in a profile that is not sound: words or sources missing, codes repeated, figures that cannot work, and
// national rules loosened. The conditions must have been compiled.
func Check(p *Profile) []Problem {
	c := &checker{}
	c.explained(p)
	c.profile(p)
	c.application(p)
	c.review("review", p.Review)
	c.conditions(p)
	c.decision("decisions.major", p.Decisions.Major)
	c.decision("decisions.agreement", p.Decisions.Agreement)
	c.agreement(p.Agreement)
	c.operation(p.Operation)
	c.exit(p.Exit)
	c.registration(p.Registration)
	c.plan(p.Plan)
	c.product(p.Product)
	c.disclosure(p.Disclosure)
	c.finance(p.Finance)
	c.grading(p.Grading)
	c.supervision(p.Supervision)
	c.responsibility(p.Responsibility)
	for _, rule := range HardRules {
		for _, path := range rule.broken(p) {
			c.add(path, "loosens a national rule: %s (%s)", rule.Rule.EN, rule.Article)
		}
	}
	return c.problems
}

type checker struct{ problems []Problem }

func (c *checker) add(path, format string, values ...any) {
	c.problems = append(c.problems, Problem{path, fmt.Sprintf(format, values...)})
}

func (c *checker) unless(sound bool, path, format string, values ...any) {
	if !sound {
		c.add(path, format, values...)
	}
}

var codeForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// codes checks that a list is not empty and that the codes of its entries are well formed and unique.
func (c *checker) codes(path, field string, codes []string) {
	c.unless(len(codes) > 0, path, "is empty")
	for i, code := range codes {
		at := fmt.Sprintf("%s[%d].%s", path, i, field)
		c.unless(codeForm.MatchString(code), at, "must be lower-case letters and digits, with hyphens between them")
		c.unless(slices.Index(codes, code) == i, at, "%q is there twice", code)
	}
}

func codesOf[T any](list []T, code func(T) string) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = code(v)
	}
	return out
}

func (c *checker) profile(p *Profile) {
	c.unless(codeForm.MatchString(p.Name), "name", "must be lower-case letters and digits, with hyphens between them")
	c.unless(p.Version >= 1, "version", "must be 1 or more")
	c.unless(len(p.Basis) > 0, "basis", "is empty")
	numbers := codesOf(p.Basis, func(i Instrument) string { return i.Number.ZH })
	for i, instrument := range p.Basis {
		path := fmt.Sprintf("basis[%d]", i)
		c.unless(slices.Index(numbers, instrument.Number.ZH) == i, path+".number", "%q is there twice", instrument.Number.ZH)
		c.unless(!instrument.From.IsZero(), path+".from", "is empty")
		c.unless(instrument.To == nil || instrument.To.After(instrument.From), path+".to", "must be later than from")
	}
}

func (c *checker) application(p *Profile) {
	a := p.Application
	c.unless(a.MaxReturns >= 0, "application.max_returns", "must not be negative")
	c.codes("application.modes", "code", codesOf(a.Modes, func(m Mode) string { return m.Code }))
	c.unless(a.MaxTermMonths >= 1, "application.max_term_months", "must be 1 or more")
	if longest, ok := p.Agreement.MaxTerm.Span.Span.(calendar.Months); ok {
		c.unless(a.MaxTermMonths <= int(longest), "application.max_term_months", "is more than agreement.max_term allows")
	}
	files := a.Attachments
	c.unless(files.MaxBytes >= 1, "application.attachments.max_bytes", "must be 1 or more")
	c.unless(files.MaxFiles >= 1, "application.attachments.max_files", "must be 1 or more")
	c.unless(len(files.MediaTypes) > 0, "application.attachments.media_types", "is empty")
	for i, media := range files.MediaTypes {
		path := fmt.Sprintf("application.attachments.media_types[%d]", i)
		bare, parameters, err := mime.ParseMediaType(media)
		c.unless(err == nil && bare == media && len(parameters) == 0 && strings.Contains(media, "/"), path, "must be a media type such as application/pdf")
		c.unless(slices.Index(files.MediaTypes, media) == i, path, "%q is there twice", media)
	}
}

// maxReviews bounds a review phase, and with it what is tried of its rules.
const maxReviews = 20

func (c *checker) review(at string, phase ReviewPhase) {
	reviews := phase.Reviews
	c.unless(len(reviews) <= maxReviews, at+".reviews", "must not be more than %d", maxReviews)
	c.codes(at+".reviews", "name", codesOf(reviews, func(r Review) string { return r.Name }))
	for i, r := range reviews {
		path := fmt.Sprintf("%s.reviews[%d]", at, i)
		c.given(path, r.Kind, r.Role)
		before := slices.ContainsFunc(reviews, func(o Review) bool { return o.Stage == r.Stage-1 })
		c.unless(r.Stage >= 1, path+".stage", "must be 1 or more")
		c.unless(r.Stage <= 1 || before, path+".stage", "no review has stage %d", r.Stage-1)
	}
}

// given checks that an organisation of the kind may give somebody the role.
func (c *checker) given(path string, kind identity.Kind, role identity.Role) {
	c.unless(identity.MayGive(kind, role), path+".role", "an organisation of kind %q gives nobody the role %q", kind, role)
}

func (c *checker) decision(path string, d Decision) {
	for _, role := range []identity.Role{identity.Member, identity.Chair, identity.Secretary} {
		if !identity.MayGive(d.BodyKind, role) {
			c.add(path+".body_kind", "an organisation of kind %q has no %s", d.BodyKind, role)
			break
		}
	}
	c.unless(d.Quorum.Num > 0, path+".quorum", "must be more than 0")
	c.unless(slices.Contains([]Base{OfMembers, OfPresent, OfVotes}, d.Base), path+".base", "must be members, present or votes")
	half, all := d.Threshold.Num*2-d.Threshold.Den, d.Threshold.Num == d.Threshold.Den
	c.unless(half > 0 || half == 0 && d.MoreThan, path+".threshold", "lets a minority decide: more than 1/2 is the least")
	c.unless(!all || !d.MoreThan, path+".more_than", "no vote can be more than all")
}

func (c *checker) agreement(a AgreementRules) {
	keys := codesOf(a.Items, func(i AgreementItem) string { return i.Key })
	c.codes("agreement.items", "key", keys)
	for i, item := range a.Items {
		path := fmt.Sprintf("agreement.items[%d]", i)
		no := slices.Index(AgreementItems, item.Key) + 1
		c.unless(no > 0, path+".key", "%q is none of the 13 items of 27号 Art. 14", item.Key)
		c.unless(no == 0 || item.No == no, path+".no", "%q is item %d of 27号 Art. 14", item.Key, no)
	}
	for i, key := range AgreementItems {
		c.unless(slices.Contains(keys, key), "agreement.items", "item %d, %q, of 27号 Art. 14 is missing", i+1, key)
	}
	if len(a.Papers) > 0 {
		c.codes("agreement.papers", "code", codesOf(a.Papers, func(g Ground) string { return g.Code }))
	}
	_, inMonths := a.MaxTerm.Span.Span.(calendar.Months)
	c.unless(inMonths, "agreement.max_term.span", "must be in months")
}

func (c *checker) operation(o Operation) {
	c.codes("operation.suspension_grounds", "code", codesOf(o.SuspensionGrounds, func(g Ground) string { return g.Code }))
}

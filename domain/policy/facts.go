package policy

// Outcomes counts what the reviews of one complete stage came to. Its facts are what the three rules of a review phase may speak of:
//
//	total, approved, returned, rejected  int
//
// Such as: approved == total
type Outcomes struct{ Total, Approved, Returned, Rejected int }

func (o Outcomes) facts() map[string]any {
	return map[string]any{"total": o.Total, "approved": o.Approved, "returned": o.Returned, "rejected": o.Rejected}
}

// StageVerdict is what the reviews of a stage mean together.
type StageVerdict string

// The verdicts.
const (
	StageRejected StageVerdict = "rejected" // the case ends
	StageReturned StageVerdict = "returned" // to the applicant
	StagePassed   StageVerdict = "passed"
)

// Verdict applies the profile's rules to a complete stage. A condition that fails is an error.
func (r ReviewPhase) Verdict(o Outcomes) (StageVerdict, error) {
	rejected, err := r.Rejected.Holds(o.facts())
	if err != nil || rejected {
		return StageRejected, err
	}
	returned, err := r.Returned.Holds(o.facts())
	if err != nil || returned {
		return StageReturned, err
	}
	passed, err := r.Passed.Holds(o.facts())
	if err != nil || !passed {
		return StageReturned, err
	}
	return StagePassed, nil
}

// ApplicationFacts are what a review's When may speak of, on the application as accepted:
//
//	mode         string                        code of a mode of the profile
//	term_months  int
//	products     list of {name, class, form}   strings; class is "public-benefit" or "industry"
//	resources    int                           how many
//
// Such as: products.exists(p, p.class == "industry")
type ApplicationFacts struct {
	Mode       string
	TermMonths int
	Products   []ProductFact
	Resources  int
}

// ProductFact is an intended product or service.
type ProductFact struct{ Name, Class, Form string }

// Applies reports whether the review is to be done on the application. A condition that fails is an error.
func (r Review) Applies(f ApplicationFacts) (bool, error) {
	if r.When == nil {
		return true, nil
	}
	return r.When.Holds(map[string]any{"mode": f.Mode, "term_months": f.TermMonths, "products": f.products(), "resources": f.Resources})
}

func (f ApplicationFacts) products() []any {
	products := make([]any, len(f.Products))
	for i, p := range f.Products {
		products[i] = map[string]any{"name": p.Name, "class": p.Class, "form": p.Form}
	}
	return products
}

// ApplicantFacts are what a condition of a plan may speak of, as an applicant states them of itself (27号 Art. 10(3), 12):
//
//	capital          int             registered capital paid in, in 10,000 yuan
//	staff            int             people employed
//	technical_staff  int             of these, in technology
//	years            int             whole years since it was founded
//	security_level   int             level of protection (等级保护) of its system, 0 for none
//	projects         int             comparable projects done
//	certificates     list of string  certificates that it holds
//	discredited      bool            on a list of those who broke faith (失信)
//	insolvent        bool
//	term_months      int             applied for
//	mode             string          applied for
//	products         list of {name, class, form}
//
// Such as: capital >= 1000 && !discredited
type ApplicantFacts struct {
	Capital, Staff, TechnicalStaff, Years, SecurityLevel, Projects int
	Certificates                                                   []string
	Discredited, Insolvent                                         bool
	Application                                                    ApplicationFacts
}

// Map is the facts as a condition looks at them.
func (f ApplicantFacts) Map() map[string]any {
	certificates := make([]any, len(f.Certificates))
	for i, c := range f.Certificates {
		certificates[i] = c
	}
	return map[string]any{
		"capital": f.Capital, "staff": f.Staff, "technical_staff": f.TechnicalStaff, "years": f.Years, "security_level": f.SecurityLevel, "projects": f.Projects,
		"certificates": certificates, "discredited": f.Discredited, "insolvent": f.Insolvent,
		"term_months": f.Application.TermMonths, "mode": f.Application.Mode, "products": f.Application.products(),
	}
}

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
	products := make([]any, len(f.Products))
	for i, p := range f.Products {
		products[i] = map[string]any{"name": p.Name, "class": p.Class, "form": p.Form}
	}
	return r.When.Holds(map[string]any{"mode": f.Mode, "term_months": f.TermMonths, "products": products, "resources": f.Resources})
}

package authorization_test

import (
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/refusal"
	"datacharter/domain/register"
)

func onRecord(object, subject string) authorization.RegistrationInput {
	return authorization.RegistrationInput{Registration: "reg-" + subject, Object: object, Subject: subject, Code: "opaque"}
}

// Requirement 15: 20 working days after supply or delivery whoever should have registered is warned; what has no registration is 拟登记 to the public.
func TestRequirement15RegisterAfterOperation(t *testing.T) {
	r := operating(t)
	agreed := r.a.Versions[len(r.a.Versions)-1].Content
	started := calendar.DateOf(*r.a.Started)
	d := r.a.Deadline("register-resources")
	if d == nil || d.Span != "20 working_days" || d.From != started || d.Reminds.Organization != r.a.Agency || d.Article != "26号 Art. 9(1)" {
		t.Fatalf("%+v", d)
	}
	if r.a.Deadline("register-products") != nil {
		t.Error("products are to be registered that are not delivered yet")
	}
	for i, id := range agreed.Resources {
		r.do(t, system, "record-registration", onRecord("resource", id))
		if open := r.a.Deadline("register-resources").Open(); open != (i < len(agreed.Resources)-1) {
			t.Errorf("after %d of %d resources the limit is open: %v", i+1, len(agreed.Resources), open)
		}
	}
	r.do(t, applicant, "list-product", listing("alerts", "0"))
	if d := r.a.Deadline("register-products"); d == nil || d.Reminds.Organization != r.a.Applicant {
		t.Fatalf("%+v", d)
	}
	e, _ := r.a.RegisterEntry()
	if len(e.Registrations) != len(agreed.Resources) {
		t.Errorf("public: %+v", e.Registrations)
	}
	for !r.a.Deadline("register-products").Passed {
		r.tick(t)
	}
	r.do(t, system, "record-registration", onRecord("product", "alerts"))
	ended := onRecord("product", "alerts")
	ended.Ended = true
	r.do(t, system, "record-registration", ended)
	if e, _ := r.a.RegisterEntry(); len(e.Registrations) != len(agreed.Resources) {
		t.Errorf("an ended registration is public: %+v", e.Registrations)
	}
	if register.Registered.Words().ZH == "" {
		t.Error("no words")
	}
}

func TestFaultsOfARegistrationRecorded(t *testing.T) {
	r := operating(t)
	r.refuse(t, system, "record-registration", authorization.RegistrationInput{Object: "dataset"}, refusal.NotAChoice, "object")
	r.refuse(t, system, "record-registration", authorization.RegistrationInput{Object: "product", Subject: "alerts"}, refusal.Required, "registration")
	r.refuse(t, applicant, "record-registration", onRecord("product", "alerts"), refusal.NotEntitled)
}

// What was registered before operation is not warned about.
func TestRegisteredBeforeOperation(t *testing.T) {
	r := filed(t)
	for _, id := range r.a.Versions[len(r.a.Versions)-1].Content.Resources {
		r.do(t, system, "record-registration", onRecord("resource", id))
	}
	r.do(t, system, "record-registration", onRecord("product", "alerts"))
	r.started(t)
	r.do(t, applicant, "list-product", listing("alerts", "0"))
	if r.a.Deadline("register-resources") != nil || r.a.Deadline("register-products") != nil {
		t.Errorf("%+v", r.a.Deadlines)
	}
}

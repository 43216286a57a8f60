package authorization_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
)

// calls are the disclosures that were called for, by side and year.
func (r *run) calls(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, sent := range r.sent {
		of, rest, _ := strings.Cut(sent, " ")
		name, data, _ := strings.Cut(rest, " ")
		if name != authorization.CallForDisclosure {
			continue
		}
		var c authorization.DisclosureCall
		if err := json.Unmarshal([]byte(data), &c); err != nil {
			t.Fatal(err)
		}
		if of != authorization.DisclosureID(c.Side, c.Organization(), c.Year) || c.Authorization != r.a.ID {
			t.Errorf("%s: %+v", of, c)
		}
		out = append(out, fmt.Sprintf("%s %d", c.Side, c.Year))
	}
	r.sent = nil
	return out
}

// Agency and operator are called on to disclose each year in which the authorisation operates: from its beginning, when the report of the year before is there
// or late, and once more when it ends in a year that was not called for (notice of February 2026).
func TestRequirement54EveryYearIsCalledFor(t *testing.T) {
	r := operatingByCase(t)
	year := r.now.Year()
	wants := func(when string, years ...int) {
		t.Helper()
		var want []string
		for _, y := range years {
			want = append(want, fmt.Sprintf("agency %d", y), fmt.Sprintf("operator %d", y))
		}
		if got := r.calls(t); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: called for %v, want %v", when, got, want)
		}
	}
	wants("begun", year)
	r.suspend(t)
	r.now = r.a.Deadline("operation-report").Due.At
	r.tick(t)
	wants("suspended, and the report is late", year+1)
	r.tick(t)
	wants("once a year", nil...)
	r.resume(t)
	r.now = r.now.AddDate(0, 9, 0) // January
	r.do(t, applicant, "report-operation", authorization.ReportInput{Year: year + 1, Summary: "正常"})
	wants("reported", year+2)
	ended := operatingByCase(t)
	ended.now = ended.now.AddDate(1, 0, 0)
	ended.sent = nil
	ended.openExit(t).exitEnds(t, exit.OutcomeClosed)
	r = ended
	wants("ended in a year that was not called for", ended.now.Year())
	older, before := filedByCase(t), *r.policy
	before.Disclosure = nil
	older.policy = &before
	if got := older.started(t).calls(t); len(got) > 0 {
		t.Errorf("an older profile calls for %v", got)
	}
}

func TestDisclosureIDs(t *testing.T) {
	id := authorization.DisclosureID
	if id("agency", "a", 2026) == id("operator", "a", 2026) || id("agency", "a", 2026) == id("agency", "a", 2027) || id("agency", "a", 2026) == id("agency", "b", 2026) {
		t.Error("an ID is not that of one side, organisation and year")
	}
}

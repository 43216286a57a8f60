package policies_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/policies"
)

// mistake is one edit of the national profile, and what is to be said of it. A ☞ in the new text marks the place to be pointed to;
// without one, it is where at first stands.
type mistake struct {
	name     string
	old, new string // the first old is replaced
	at       string
	problem  string // contained in the message
}

var mistakesOfForm = []mistake{
	{"unknown field", "max_returns: 1", "max_return: 1", "max_return: 1", `application: unknown field "max_return"`},
	{"unknown field within an entry", "stage: 1\n", "stages: 1\n", "stages: 1", `review.reviews[0]: unknown field "stages"`},
	{"missing field", "  max_returns: 1\n", "", "completeness:", `application: field "max_returns" is missing`},
	{"missing field of an inlined struct", "      article: 27号 Art. 13, 14(3)\n", "", "name: business", `review.reviews[0]: field "article" is missing`},
	{"repeated field", "version: 4\n", "version: 4\n☞version: 5\n", "", `mapping key "version" already defined`},
	{"number for text", "name: national", "name: ☞7", "", "name: expected text, found a number"},
	{"date for a number", "max_returns: 1", "max_returns: ☞2025-01-01", "", "application.max_returns: expected a whole number, found text"},
	{"fraction of a number", "max_returns: 1", "max_returns: 1.5", "1.5", "application.max_returns: expected a whole number, found a number"},
	{"number out of range", "max_bytes: 52428800", "max_bytes: 18446744073709551615", "18446744073709551615", "application.attachments.max_bytes: expected a whole number"},
	{"text for true or false", "chair_last: true", "chair_last: yes", "yes", "decisions.major.chair_last: expected true or false, found text"},
	{"nothing for text", "name: business", "name:", "\n      title: {zh: 业务", "review.reviews[0].name: expected text, found nothing"},
	{"text for a list", "  modes:\n    - code: whole", "  modes: whole\n  other:\n    - code: whole", "whole\n  other", "application.modes: expected a list, found text"},
	{"list for fields", "application:\n", "application: []\napplied:\n", "[]", "application: expected fields, found a list"},
	{"text for fields", "title: {zh: 整体授权, en: as a whole}", "title: 整体授权", "整体授权", "application.modes[0].title: expected fields, found text"},
	{"alias", "name: national", "name: &n national", "&n", "name: expected text, found an anchor"},
	{"limit", "span: 3 working_days", "span: 3 days", "3 days", `application.completeness.span: not a time limit such as "3 working_days"`},
	{"fraction", "quorum: 1/2", "quorum: half", "half", "decisions.major.quorum: not a share between 0 and 1 such as 1/2"},
	{"date", "from: 2025-03-01", "from: 2025-02-30", "2025-02-30", "basis[0].from: not a date of the form YYYY-MM-DD"},
	{"syntax", "modes:\n    - code: whole", "modes: [\n  - code: ☞whole", "", "profile: "},
	{"second document", "application:\n", "---\napplication:\n", "application:", "profile: is a second document"},
}

var mistakesOfConditions = []mistake{
	{"syntax", "passed: approved == total", "passed: approved == ☞", "", "review.passed: Syntax error"},
	{"undeclared name", "rejected: rejected > 0", "rejected: rejcted > 0", "rejcted", "review.rejected: undeclared reference to 'rejcted'"},
	{"undeclared name further on", "rejected: rejected > 0", "rejected: rejected > ☞none", "", "review.rejected: undeclared reference to 'none'"},
	{"name of the other language", "returned: returned > 0", "returned: term_months > 0", "term_months > 0", "undeclared reference to 'term_months'"},
	{"types", "rejected: rejected > 0", "rejected: rejected > 'many'", "> 'many'", "review.rejected: found no matching overload for '_>_' applied to '(int, string)'"},
	{"not true or false", "passed: approved == total", "passed: approved + total", "approved + total", "review.passed: is of type int, but a condition is true or false"},
	{"dynamic type", "passed: approved == total", "passed: dyn(approved == total)", "dyn(", "is of type dyn"},
	{"fails on counts that occur", "passed: approved == total", "passed: approved / rejected > 1", "approved / rejected", "review.passed: condition"},
	{"misspelt field", "      stage: 1\n", "      stage: 1\n      when: products.exists(p, p.kind == 'industry')\n", ".kind ", "review.reviews[0].when: undefined field 'kind'"},
	{"fails on applications that occur", "      stage: 1\n", "      stage: 1\n      when: products[7].class == 'industry'\n", "products[7]", "review.reviews[0].when: condition"},
	{
		"costs too much", "passed: approved == total",
		"passed: approved == total || [1,2,3,4,5,6,7,8].all(a, [1,2,3,4,5,6,7,8].all(b, [1,2,3,4,5,6,7,8].all(c, [1,2,3,4,5,6,7,8].all(d, a + b + c + d > 0))))",
		"approved == total", "review.passed: condition",
	},
	{"indicator of nothing", "when: own_takers > 0", "when: owntakers > 0", "owntakers", "supervision.competition[0].when: undeclared reference to 'owntakers'"},
	{"indicator that is no condition", "when: own_takers > 0", "when: own_takers", "own_takers\n", "supervision.competition[0].when: is of type int, but a condition is true or false"},
	{"indicator with a misspelt field", "p.largest_share >= 80", "p☞.largest_part >= 80", "", "supervision.competition[5].when: undefined field 'largest_part'"},
	{"indicator that fails", "when: own_takers > 0", "when: 1 / takers > 2", "1 / takers", "supervision.competition[0].when: condition"},
	{"indicator that always shows", "when: own_takers > 0", "when: own_takers >= 0", "own_takers >= 0", "supervision.competition[0].when: shows where nothing was ever taken"},
	{"nobody can pass", "passed: approved == total", "passed: approved > total", "approved > total", "review.passed: a stage of 1 that everybody approved is returned"},
}

var mistakesOfContent = []mistake{
	{"name", "name: national", "name: National", "National\n", "name: must be lower-case letters"},
	{"version", "version: 4\n", "version: 0\n", "0\n", "version: must be 1 or more"},
	{"instrument twice", "zh: 发改数据规〔2025〕26号", "zh: 发改数据规〔2025〕27号", "zh: 发改数据规〔2025〕27号, en: NDRC Data Rule 2025 No. 26", `basis[1].number: "发改数据规〔2025〕27号" is there twice`},
	{"instrument ends before it starts", "to: 2030-02-28", "to: 2025-02-28", "2025-02-28", "basis[0].to: must be later than from"},
	{"mark", "mark: seen-full", "mark: certain", "certain", `basis[0].mark: "certain" is not a mark`},
	{"article", "article: 27号 Art. 10(4)", "article: ' '", "' '", "application.modes[0].article: is empty"},
	{"one language", "title: {zh: 整体授权, en: as a whole}", "title: {zh: 整体授权, en: ''}", "zh: 整体授权", "application.modes[0].title: must be there in Chinese and in English"},
	{"code twice", "code: field", "code: whole", "whole\n      title: {zh: 分领域", `application.modes[1].code: "whole" is there twice`},
	{"media type", "- application/pdf", "- pdf", "pdf", "application.attachments.media_types[0]: must be a media type"},
	{"no time", "span: 3 working_days", "span: 0 working_days", "0 working_days", "application.completeness.span: leaves no time"},
	{"date for a length", "span: 3 working_days", "span: 03-31", "03-31", "application.completeness.span: must be a length of time, not a date"},
	{"reminder too early", "remind_before: 1\n", "remind_before: 3\n", "3\n  completion", "application.completeness.remind_before: would remind before the limit starts"},
	{"term applied for", "max_term_months: 60", "max_term_months: 61", "61", "application.max_term_months: is more than agreement.max_term allows"},
	{"indicator without its subject", "subject: re-development", "subject: ☞development", "", `supervision.competition[0].subject: "development" is none of supervision.subjects`},
	{"points that are not 100", "points: 30,", "points: 31,", "- {code: security, title: {zh: 数据安全和合规", "supervision.evaluation.criteria: make 101 points together"},
	{"points without a grade", "at_least: 0, failed: true", "at_least: 1, failed: true", "1, failed: true", "supervision.evaluation.grades[2].at_least: of the last grade must be 0"},
	{"renewal by nothing", "on: audit-missing", "on: weather", "weather", `supervision.renewal[3].on: "weather" is none of`},
	{"operator that manages", "side: operation, parties: [operator], article: 27号 Art. 19", "side: operation, parties: [agency], article: 27号 Art. 19", "agency], article: 27号 Art. 19", "the operator operates and does not manage"},
	{"stage of responsibility left out", "- code: processing", "- code: refining", "- code: production", "responsibility.stages: must be [production processing use product-operation] in this order"},
	{"role of another kind", "role: supply-reviewer", "role: legal-reviewer", "legal-reviewer", `review.reviews[1].role: an organisation of kind "data-supplier" gives nobody the role "legal-reviewer"`},
	{"gap between stages", "stage: 2\n      kind: government\n      role: fair", "stage: 4\n      kind: government\n      role: fair", "4\n      kind: government\n      role: fair", "review.reviews[4].stage: no review has stage 3"},
	{"body without members", "body_kind: government", "body_kind: operator", "operator\n    quorum", `decisions.major.body_kind: an organisation of kind "operator" has no member`},
	{"minority", "threshold: 1/2\n    more_than: true", "threshold: 1/2\n    more_than: false", "1/2\n    more_than: false", "decisions.major.threshold: lets a minority decide"},
	{"more than all", "threshold: 1/2", "threshold: 1/1", "true", "decisions.major.more_than: no vote can be more than all"},
	{"base", "base: members", "base: all", "all\n", "decisions.major.base: must be members, present or votes"},
	{
		"item missing", "    - {no: 4, key: platform, title: {zh: 技术支撑平台, en: technical support platform}, article: 27号 Art. 14(4), mark: seen-full}\n", "",
		"- {no: 1", `agreement.items: item 4, "platform", of 27号 Art. 14 is missing`,
	},
	{"item twice", "key: platform", "key: resources", "resources, title: {zh: 技术", `agreement.items[3].key: "resources" is there twice`},
	{"item unknown", "key: platform", "key: station", "station", `agreement.items[3].key: "station" is none of the 13 items`},
	{"item misnumbered", "no: 4,", "no: 5,", "5, key: platform", `agreement.items[3].no: "platform" is item 4`},
	{"term not in months", "span: 60 months", "span: 1800 calendar_days", "1800 calendar_days", "agreement.max_term.span: must be in months"},
	{"way", "way: expiry", "way: end", "end\n", `exit.grounds[0].way: "end" is not a way of ending`},
	{"trigger", "trigger: operator", "trigger: anybody", "anybody", "exit.grounds[2].trigger: must be administrator"},
	{"no exit at expiry", "trigger: expiry", "trigger: operator", "- code: term-expired", `exit.grounds: no ground has the trigger "expiry"`},
	{"two exits at expiry", "trigger: operator", "trigger: expiry", "expiry\n      adverse: false\n      evidence: false\n      interim: false\n", "exit.grounds[2].trigger: two grounds"},
	{"adverse by the operator", "trigger: operator\n      adverse: false", "trigger: operator\n      adverse: true", "true\n      evidence: false", "exit.grounds[2].adverse: only an exit that an administrator starts"},
	{"step of nobody", "by: people", "by: nobody", "nobody", "exit.steps[1].by: must be system or people"},
	{"step that the system cannot take", "code: close-access", "code: shut", "shut", `exit.steps[0].code: the system has no step "shut"`},
	{"item of a plan", "key: undertaking", "key: undertakings", "- {no: 1, key: name", "plan.items: must be the 12 items of 27号 Art. 10 in their order"},
	{"finding that is none", "finding: comments", "finding: ☞opinions", "", "plan.review.reviews[4].finding: must be risk, comments or competition"},
	{"capability left out", "code: service", "code: services", "- {code: funds", "plan.capabilities: must be"},
	{"stop that is none", "[applications, progress, listing, access]", "[applications, ☞lunch]", "", "grading.regraded[0].stops[1]: must be one of"},
	{"grade that is none", "- grade: important", "- grade: severe", "severe", "grading.regraded[1].grade: must be core or important"},
	{"step of people without a role", "by: people\n      kind: operator\n      role: applicant\n", "by: people\n", "code: tell-customers", "exit.steps[1].role: an organisation of kind"},
}

var loosened = []mistake{
	{"term", "span: 60 months", "span: 61 months", "61 months", "the term is at most 60 months unless agreement.longer_term gives the reason (27号 Art. 14(2))"},
	{"quorum of the government", "quorum: 1/2", "quorum: 1/3", "1/3", "the quorum is at least half of the members"},
	{"quorum of the agency", "body_kind: agency\n    quorum: 1/2", "body_kind: agency\n    quorum: 2/5", "2/5", "the quorum is at least half of the members (党组条例)"},
	{"chief not last", "chair_last: true", "chair_last: false", "false", "the chief speaks last (713号令 Art. 30)"},
	{"same body", "another_body: true", "another_body: false", "false\n\nagreement", "taken by different bodies (27号 Art. 11, 13)"},
	{"not the agency's own", "body_kind: agency", "body_kind: government", "government\n    quorum: 1/2\n    quorum_rule:\n      rule:\n        zh: 会议须有半数以上有权表决的成员到会\n", "the implementing agency itself deliberates"},
	{"legality hurried", "span: 7 working_days", "span: 6 working_days", "6 working_days", "no less than 7 working days (713号令 Art. 26)"},
	{"legality in calendar days", "span: 7 working_days", "span: 9 calendar_days", "9 calendar_days", "no less than 7 working days (713号令 Art. 26)"},
	{"legality under a condition", "role: legal-reviewer", "role: legal-reviewer\n      when: term_months > 12", "- name: business", "every case is reviewed for legality (713号令 Art. 25)"},
	{"no fair competition", "role: fair-competition-reviewer", "role: legal-reviewer", "- name: business", "every case is reviewed for fair competition (公平竞争审查条例 Art. 18)"},
	{
		"review overruled", "rejected: rejected > 0\n  returned: returned > 0\n  passed: approved == total", "rejected: rejected > approved\n  returned: returned > 0\n  passed: ☞approved > 0", "",
		"what a review rejected or returned does not go to decision (713号令 Art. 25–28; 公平竞争审查条例 Art. 18)",
	},
	{"report late", "span: 03-31", "span: 04-01", "04-01", "the yearly report is due by 31 March (65号 part 5)"},
	{"comment hurried", "span: 30 calendar_days\n    rule:\n      zh: 公开征求意见", "span: ☞29 calendar_days\n    rule:\n      zh: 公开征求意见", "", "public comment takes no less than 30 days (713号令 Art. 15)"},
	{"plan without its findings", "finding: competition", "finding: risk", "- name: feasibility", "every plan is reviewed for legality, fair competition and risk"},
	{"no evidence", "adverse: true\n      evidence: true", "adverse: true\n      evidence: false", "false\n      interim: true", "must be evidenced (法释〔2019〕17号 Art. 10)"},
}

func TestMistakesAreFoundWhereTheyStand(t *testing.T) {
	text := nationalText(t)
	for group, mistakes := range map[string][]mistake{"form": mistakesOfForm, "condition": mistakesOfConditions, "content": mistakesOfContent, "loosened": loosened} {
		for _, m := range mistakes {
			t.Run(group+"/"+m.name, func(t *testing.T) { m.check(t, text) })
		}
	}
}

func (m mistake) check(t *testing.T, text string) {
	if !strings.Contains(text, m.old) {
		t.Fatalf("the national profile has no %q", m.old)
	}
	edited := strings.Replace(text, m.old, m.new, 1)
	at := m.at
	if at == "" {
		at = "☞"
	}
	before, _, found := strings.Cut(edited, at)
	edited = strings.Replace(edited, "☞", "", 1)
	if !found {
		t.Fatalf("the edited profile has no %q", m.at)
	}
	line := strings.Count(before, "\n") + 1
	column := len([]rune(before[strings.LastIndex(before, "\n")+1:])) + 1
	_, err := policies.Parse("national.yaml", []byte(edited))
	var problems policies.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("no problem was found: %v", err)
	}
	for _, p := range problems {
		if p.Line == line && p.Column == column && strings.Contains(p.Text, m.problem) {
			return
		}
	}
	t.Errorf("not found at %d:%d: %s\ngot:\n%v", line, column, m.problem, err)
}

func TestSeveralMistakesAreFoundAtOnce(t *testing.T) {
	const broken = "name: 7\nversion: one\ntitel: {zh: 规则}\n"
	_, err := policies.Parse("broken.yaml", []byte(broken))
	var problems policies.Problems
	if !errors.As(err, &problems) {
		t.Fatal(err)
	}
	var got []string
	for _, p := range problems {
		got = append(got, p.String())
	}
	want := []string{
		`broken.yaml:1:1: profile: field "title" is missing`,
		`broken.yaml:1:1: profile: field "basis" is missing`,
		`broken.yaml:1:1: profile: field "application" is missing`,
		`broken.yaml:1:1: profile: field "review" is missing`,
		`broken.yaml:1:1: profile: field "decisions" is missing`,
		`broken.yaml:1:1: profile: field "agreement" is missing`,
		`broken.yaml:1:1: profile: field "operation" is missing`,
		`broken.yaml:1:1: profile: field "exit" is missing`,
		`broken.yaml:1:7: name: expected text, found a number`,
		`broken.yaml:2:10: version: expected a whole number, found text`,
		`broken.yaml:3:1: profile: unknown field "titel"; there are name, version, title, basis, application, review, decisions, agreement, operation, exit, registration, plan, product, grading, supervision, responsibility, disclosure, finance, complaint, concerns`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestFilesThatHoldNoProfile(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "f:1:1: profile: is empty",
		"# nothing but a remark\n":     "f:1:1: profile: is empty",
		"- name: national\n":           "f:1:1: profile: expected fields, found a list",
		"name: a\nname: b\n":           `f:2:1: profile: mapping key "name" already defined at [1:1]`,
		strings.Repeat("#\n", 1<<17+1): "f:1:1: profile: is larger than 262144 bytes",
	} {
		if _, err := policies.Parse("f", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// A profile may tighten a national rule, and may exceed the term with a recorded reason.
func TestWhatAProfileMayChange(t *testing.T) {
	text := nationalText(t)
	const reason = "  longer_term:\n    rule: {zh: 理由, en: reason}\n    article: local rule\n    mark: seen\n"
	for _, change := range []struct{ old, new string }{
		{"span: 7 working_days", "span: 10 working_days"},
		{"quorum: 1/2", "quorum: 2/3"},
		{"span: 03-31", "span: 03-15"},
		{"span: 60 months", "span: 36 months"},
		{"span: 60 months", "span: 72 months"},
		{"passed: approved == total", "passed: approved == total && total > 0"},
		{"role: supply-reviewer", "role: supply-reviewer\n      when: resources > 3"},
	} {
		edited := strings.Replace(text, change.old, change.new, 1)
		if change.new == "span: 72 months" {
			edited = strings.Replace(edited, "  term_exception:", reason+"  term_exception:", 1)
		}
		if change.new == "span: 36 months" {
			edited = strings.Replace(edited, "max_term_months: 60", "max_term_months: 36", 1)
		}
		if _, err := policies.Parse("f", []byte(edited)); err != nil {
			t.Errorf("%s: %v", change.new, err)
		}
	}
}

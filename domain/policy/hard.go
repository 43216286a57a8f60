package policy

import (
	"fmt"
	"slices"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/text"
)

// HardRule is a national rule that a profile may tighten and not loosen.
type HardRule struct {
	Duty
	broken func(*Profile) []string // paths of what breaks it
}

const (
	longestTerm     = calendar.Months(60)       // 27号 Art. 14(2)
	legalityAtLeast = calendar.WorkingDays(7)   // 713号令 Art. 26
	commentAtLeast  = calendar.CalendarDays(30) // 713号令 Art. 15
)

var reportBy = calendar.FixedDate{Month: time.March, Day: 31} // 65号 part 5

// HardRules lists the national rules, in the order of a case's life.
var HardRules = []HardRule{
	{
		duty("27号 Art. 5", SeenFull, "须经数据提供单位同意", "data obtained by sharing needs its provider's consent"),
		func(p *Profile) []string { return missing(p, identity.SupplyReviewer, true) },
	},
	{
		duty("713号令 Art. 25", SeenFull, "每件均须合法性审查", "every case is reviewed for legality"),
		func(p *Profile) []string { return missing(p, identity.LegalReviewer, false) },
	},
	{duty("713号令 Art. 26", SeenFull, "合法性审查不少于7个工作日", "the legality review is given no less than 7 working days"), hurriedLegality},
	{
		duty("公平竞争审查条例 Art. 18", SeenFull, "每件均须公平竞争审查", "every case is reviewed for fair competition"),
		func(p *Profile) []string { return missing(p, identity.FairCompetition, false) },
	},
	{duty("713号令 Art. 25–28; 公平竞争审查条例 Art. 18", SeenFull, "审查未获通过的不得提交决策", "what a review rejected or returned does not go to decision"), overruled},
	{
		duty("兰政发〔2010〕94号", Seen, "到会成员不少于半数", "the quorum is at least half of the members"),
		when(func(p *Profile) bool { return !atLeastHalf(p.Decisions.Major.Quorum) }, "decisions.major.quorum"),
	},
	{
		duty("党组条例", Known, "到会成员不少于半数", "the quorum is at least half of the members"),
		when(func(p *Profile) bool { return !atLeastHalf(p.Decisions.Agreement.Quorum) }, "decisions.agreement.quorum"),
	},
	{
		duty("713号令 Art. 30", SeenFull, "行政首长最后发表意见", "the chief speaks last"),
		when(func(p *Profile) bool { return !p.Decisions.Major.ChairLast }, "decisions.major.chair_last"),
	},
	{
		duty("党组条例", Known, "主要负责人末位表态", "the head speaks last"),
		when(func(p *Profile) bool { return !p.Decisions.Agreement.ChairLast }, "decisions.agreement.chair_last"),
	},
	{
		duty("27号 Art. 13", SeenFull, "协议由实施机构自行集体审议", "the implementing agency itself deliberates the agreement"),
		when(func(p *Profile) bool { return p.Decisions.Agreement.BodyKind != identity.Agency }, "decisions.agreement.body_kind"),
	},
	{
		duty("27号 Art. 11, 13", SeenFull, "两次集体决策由不同机构作出", "the two collective decisions are taken by different bodies"),
		when(func(p *Profile) bool { return !p.Decisions.Agreement.AnotherBody }, "decisions.agreement.another_body"),
	},
	{
		duty("27号 Art. 11", SeenFull, "实施方案由同级人民政府（部委会议）集体决策", "the plan is decided by the government, or the ministry's meeting"),
		ofPlan(func(p *Plan) bool { return p.Decision.BodyKind != identity.Government }, "plan.decision.body_kind"),
	},
	{
		duty("713号令 Art. 30", SeenFull, "行政首长最后发表意见", "the chief speaks last"),
		ofPlan(func(p *Plan) bool { return !p.Decision.ChairLast }, "plan.decision.chair_last"),
	},
	{
		duty("兰政发〔2010〕94号", Seen, "到会成员不少于半数", "the quorum is at least half of the members"),
		ofPlan(func(p *Plan) bool { return !atLeastHalf(p.Decision.Quorum) }, "plan.decision.quorum"),
	},
	{
		duty("713号令 Art. 15", SeenFull, "公开征求意见不少于30日", "public comment takes no less than 30 days"),
		ofPlan(func(p *Plan) bool {
			days, ok := p.Comment.Span.Span.(calendar.CalendarDays)
			return !ok || days < commentAtLeast
		}, "plan.comment.span"),
	},
	{
		duty("713号令 Art. 25; 公平竞争审查条例 Art. 17–18; 713号令 Art. 18, 24", SeenFull, "实施方案均须合法性审查、公平竞争审查、风险评估和公众参与", "every plan is reviewed for legality, fair competition and risk, and put before the public"),
		ofPlan(unreviewed, "plan.review.reviews"),
	},
	{duty("27号 Art. 14(2)", SeenFull, "运营期限最长5年，另有记录在案理由的除外", "the term is at most 60 months unless agreement.longer_term gives the reason"), overlong},
	{duty("65号 part 5", SeenFull, "每年3月底前报告", "the yearly report is due by 31 March"), lateReport},
	{duty("NDA notice of 2026-02-10", Seen, "每年3月底前披露", "the yearly disclosure is due by 31 March"), lateDisclosure},
	{duty("65号 part 5", SeenFull, "每年3月底前报告价格执行和运营情况", "the yearly report on prices and revenue is due by 31 March"), latePriceReport},
	{duty("65号 part 4", SeenFull, "最高准许收入评估周期不超过3年", "the allowance is reviewed every 36 months at most"), lateReview},
	{duty("法释〔2019〕17号 Art. 10", SeenFull, "不利决定须有证据", "an exit against the operator's will must be evidenced"), unevidenced},
}

func duty(article string, mark Mark, zh, en string) Duty {
	return Duty{Source{article, mark}, text.Text{ZH: zh, EN: en}}
}

func when(broken func(*Profile) bool, path string) func(*Profile) []string {
	return func(p *Profile) []string {
		if broken(p) {
			return []string{path}
		}
		return nil
	}
}

func atLeastHalf(f Fraction) bool { return f.Num*2 >= f.Den }

// missing finds that no review is done by the role, in every case or – where that is enough – under a condition.
func missing(p *Profile, role identity.Role, conditional bool) []string {
	for _, r := range p.Review.Reviews {
		if r.Role == role && (conditional || r.When == nil) {
			return nil
		}
	}
	return []string{"review.reviews"}
}

// unreviewed reports whether one of the reviews without which no plan is decided is missing or only under a condition.
func unreviewed(p *Plan) bool {
	always := func(is func(Review) bool) bool {
		return slices.ContainsFunc(p.Review.Reviews, func(r Review) bool { return r.When == nil && is(r) })
	}
	finds := func(finding string) func(Review) bool { return func(r Review) bool { return r.Finding == finding } }
	return !always(func(r Review) bool { return r.Role == identity.LegalReviewer }) ||
		!always(finds(RiskFinding)) || !always(finds(CommentsFinding)) || !always(finds(CompetitionFinding))
}

// ofPlan looks at the rules of plans, where a profile has them.
func ofPlan(broken func(*Plan) bool, path string) func(*Profile) []string {
	return when(func(p *Profile) bool { return p.Plan != nil && broken(p.Plan) }, path)
}

// phases are the review phases of a profile under their paths.
func phases(p *Profile) map[string]ReviewPhase {
	out := map[string]ReviewPhase{"review": p.Review}
	if p.Plan != nil {
		out["plan.review"] = p.Plan.Review
	}
	return out
}

func hurriedLegality(p *Profile) []string {
	var out []string
	for path, phase := range phases(p) {
		for i, r := range phase.Reviews {
			days, ok := r.Limit.Span.Span.(calendar.WorkingDays)
			if r.Role == identity.LegalReviewer && (!ok || days < legalityAtLeast) {
				out = append(out, fmt.Sprintf("%s.reviews[%d].limit.span", path, i))
			}
		}
	}
	slices.Sort(out)
	return out
}

func overruled(p *Profile) []string {
	var out []string
	for path, phase := range phases(p) {
		for _, o := range outcomes(phase) {
			if verdict, err := phase.Verdict(o); err == nil && verdict == StagePassed && o.Approved < o.Total {
				out = append(out, path+".passed")
				break
			}
		}
	}
	slices.Sort(out)
	return out
}

func overlong(p *Profile) []string {
	longest, ok := p.Agreement.MaxTerm.Span.Span.(calendar.Months)
	if ok && longest > longestTerm && p.Agreement.LongerTerm == nil {
		return []string{"agreement.max_term.span"}
	}
	return nil
}

func lateReport(p *Profile) []string {
	return lateIn(p.Operation.Report, "operation.report.span")
}

func lateDisclosure(p *Profile) []string {
	if p.Disclosure == nil {
		return nil
	}
	return lateIn(p.Disclosure.Due, "disclosure.due.span")
}

func latePriceReport(p *Profile) []string {
	if p.Finance == nil {
		return nil
	}
	return lateIn(p.Finance.Report, "finance.report.span")
}

// reviewWithin is how many months an allowance may hold at most.
const reviewWithin = 36

func lateReview(p *Profile) []string {
	if p.Finance == nil {
		return nil
	}
	if months, ok := p.Finance.Review.Span.Span.(calendar.Months); ok && months <= reviewWithin {
		return nil
	}
	return []string{"finance.review.span"}
}

// lateIn finds a limit that ends after 31 March.
func lateIn(l Limit, path string) []string {
	by, ok := l.Span.Span.(calendar.FixedDate)
	if !ok || by.Month > reportBy.Month || by.Month == reportBy.Month && by.Day > reportBy.Day {
		return []string{path}
	}
	return nil
}

func unevidenced(p *Profile) []string {
	var out []string
	for i, g := range p.Exit.Grounds {
		if g.Adverse && !g.Evidence {
			out = append(out, fmt.Sprintf("exit.grounds[%d].evidence", i))
		}
	}
	return out
}

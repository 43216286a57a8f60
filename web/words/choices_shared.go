package words

import "datacharter/domain/text"

var (
	risks = map[string]text.Text{
		"controllable":   words("风险可控", "controllable"),
		"uncontrollable": words("风险不可控", "uncontrollable"),
	}
	conclusions = map[string]text.Text{
		"compliant": words("符合公平竞争审查标准", "it meets the standards"),
		"exception": words("适用例外规定", "justified as an exception"),
		"violation": words("违反公平竞争审查标准", "it violates the standards"),
	}
)

func ofGrading[T ~string](values []T, words func(T) text.Text) map[string]text.Text {
	out := make(map[string]text.Text, len(values))
	for _, v := range values {
		out[string(v)] = words(v)
	}
	return out
}

package catalogue

import (
	"slices"
	"strings"

	"datacharter/domain/text"
)

// Frequency says how often a resource is updated.
type Frequency string

// The frequencies. Unknown is also the answer for a word that no other one fits; the published word is kept beside it.
const (
	Realtime         Frequency = "realtime"
	Daily            Frequency = "daily"
	Weekly           Frequency = "weekly"
	HalfMonthly      Frequency = "half-monthly"
	Monthly          Frequency = "monthly"
	Quarterly        Frequency = "quarterly"
	HalfYearly       Frequency = "half-yearly"
	Yearly           Frequency = "yearly"
	Irregular        Frequency = "irregular"
	Static           Frequency = "static"
	UnknownFrequency Frequency = "unknown"
)

// Access says on what terms a resource may be had.
type Access string

// The kinds of access.
const (
	Open          Access = "open"           // by anyone without asking (无条件开放)
	OnApplication Access = "on-application" // by anyone who applies and meets the conditions (有条件开放, 依申请开放)
	Authorised    Access = "authorised"     // only through an authorised operation (授权运营)
	UnknownAccess Access = "unknown"
)

// term is one value of a closed list: its name for people and the words by which sources mean it.
type term[T ~string] struct {
	value     T
	name      text.Text
	published []string
}

var frequencies = []term[Frequency]{
	{Realtime, text.Text{ZH: "实时", EN: "real time"}, []string{"实时", "即时"}},
	{Daily, text.Text{ZH: "每天", EN: "daily"}, []string{"每天", "每日"}},
	{Weekly, text.Text{ZH: "每周", EN: "weekly"}, []string{"每周"}},
	{HalfMonthly, text.Text{ZH: "每半月", EN: "twice a month"}, []string{"每半月"}},
	{Monthly, text.Text{ZH: "每月", EN: "monthly"}, []string{"每月"}},
	{Quarterly, text.Text{ZH: "每季度", EN: "quarterly"}, []string{"每季度", "每季"}},
	{HalfYearly, text.Text{ZH: "每半年", EN: "twice a year"}, []string{"每半年"}},
	{Yearly, text.Text{ZH: "每年", EN: "yearly"}, []string{"每年"}},
	{Irregular, text.Text{ZH: "不定期", EN: "irregular"}, []string{"不定期", "不定期更新"}},
	{Static, text.Text{ZH: "静态数据", EN: "not updated"}, []string{"静态数据", "不更新"}},
	{UnknownFrequency, text.Text{ZH: "未注明", EN: "not stated"}, nil},
}

var accesses = []term[Access]{
	{Open, text.Text{ZH: "无条件开放", EN: "open"}, []string{"无条件开放"}},
	{OnApplication, text.Text{ZH: "依申请开放", EN: "on application"}, []string{"依申请开放", "有条件开放"}},
	{Authorised, text.Text{ZH: "授权运营", EN: "authorised operation"}, []string{"授权运营"}},
	{UnknownAccess, text.Text{ZH: "未注明", EN: "not stated"}, nil},
}

// Frequencies lists every frequency, the shortest interval first.
func Frequencies() []Frequency { return values(frequencies) }

// Accesses lists every kind of access, the widest first.
func Accesses() []Access { return values(accesses) }

// Name is the frequency in words.
func (f Frequency) Name() text.Text { return nameOf(frequencies, f) }

// Name is the kind of access in words.
func (a Access) Name() text.Text { return nameOf(accesses, a) }

// FrequencyOf is the frequency that a code, a name or an address of another system means. Of the words of published catalogues, which Normalise knows and
// which are kept as published, it says nothing.
func FrequencyOf(word string) (Frequency, bool) {
	if word == frequencyTerms+unknownTerm {
		return UnknownFrequency, true
	}
	for f, named := range dcatFrequencies {
		if strings.HasPrefix(word, "http") && strings.EqualFold(lastPart(word), named) {
			return f, true
		}
	}
	return called(frequencies, word)
}

// AccessOf is FrequencyOf for access.
func AccessOf(word string) (Access, bool) {
	if strings.HasPrefix(word, "http") && strings.EqualFold(lastPart(word), "PUBLIC") { // the others leave open who may have it
		return Open, true
	}
	return called(accesses, word)
}

func lastPart(address string) string { return address[strings.LastIndexAny(address, "/#")+1:] }

// called finds a value by its code or by one of its names.
func called[T ~string](list []term[T], word string) (value T, ok bool) {
	for _, t := range list {
		if slices.Contains(t.published, word) {
			return "", false
		}
		if strings.EqualFold(word, string(t.value)) || word == t.name.ZH || strings.EqualFold(word, t.name.EN) {
			return t.value, true
		}
	}
	return "", false
}

func values[T ~string](list []term[T]) []T {
	all := make([]T, len(list))
	for i, t := range list {
		all[i] = t.value
	}
	return all
}

// nameOf answers a value outside the list with the value itself.
func nameOf[T ~string](list []term[T], value T) text.Text {
	for _, t := range list {
		if t.value == value {
			return t.name
		}
	}
	return text.Text{ZH: string(value), EN: string(value)}
}

// meaning finds the value that a source means by a word; ok is false for a word nobody has explained.
func meaning[T ~string](list []term[T], word string) (value T, ok bool) {
	for _, t := range list {
		if slices.Contains(t.published, word) {
			return t.value, true
		}
	}
	return "", false
}

package grading

import (
	"slices"

	"datacharter/domain/text"
)

// Object is what harm would fall on when data leaks, is tampered with or destroyed, or is acquired, used or shared unlawfully (影响对象).
type Object string

// The six impact objects.
const (
	NationalSecurity   Object = "national-security"
	Economy            Object = "economy"
	SocialOrder        Object = "social-order"
	PublicInterest     Object = "public-interest"
	OrganisationRights Object = "organisation-rights"
	PersonalRights     Object = "personal-rights"
)

// Degree is how grave the harm would be (影响程度).
type Degree string

// The three impact degrees.
const (
	EspeciallySerious Degree = "especially-serious"
	Serious           Degree = "serious"
	Ordinary          Degree = "ordinary"
)

// named is a value of a closed list with its words.
type named[T ~string] struct {
	value T
	words text.Text
}

var objects = []named[Object]{
	{NationalSecurity, text.Text{ZH: "国家安全", EN: "national security"}},
	{Economy, text.Text{ZH: "经济运行", EN: "operation of the economy"}},
	{SocialOrder, text.Text{ZH: "社会秩序", EN: "social order"}},
	{PublicInterest, text.Text{ZH: "公共利益", EN: "public interest"}},
	{OrganisationRights, text.Text{ZH: "组织权益", EN: "rights of organisations"}},
	{PersonalRights, text.Text{ZH: "个人权益", EN: "rights of individuals"}},
}

var degrees = []named[Degree]{
	{EspeciallySerious, text.Text{ZH: "特别严重危害", EN: "especially serious harm"}},
	{Serious, text.Text{ZH: "严重危害", EN: "serious harm"}},
	{Ordinary, text.Text{ZH: "一般危害", EN: "ordinary harm"}},
}

// Objects lists the impact objects in the order of the standard's table.
func Objects() []Object { return values(objects) }

// Degrees lists the impact degrees, the gravest first.
func Degrees() []Degree { return values(degrees) }

// Words names the object.
func (o Object) Words() text.Text { return wordsOf(objects, o) }

// Words names the degree.
func (d Degree) Words() text.Text { return wordsOf(degrees, d) }

func values[T ~string](list []named[T]) []T {
	all := make([]T, len(list))
	for i, n := range list {
		all[i] = n.value
	}
	return all
}

// wordsOf answers a value outside the list with the value itself.
func wordsOf[T ~string](list []named[T], value T) text.Text {
	if i := slices.IndexFunc(list, func(n named[T]) bool { return n.value == value }); i >= 0 {
		return list[i].words
	}
	return text.Text{ZH: string(value), EN: string(value)}
}

package catalogue

import (
	"slices"

	"datacharter/domain/text"
)

// Remark says what is odd about one published value and what was done about it.
type Remark struct {
	Code  Code   `json:"code"`
	Field string `json:"field,omitempty"` // JSON name of the Resource field; for FieldUnknown none
	Value string `json:"value,omitempty"` // the published value, where it is not kept; cut at MaxRemarkRunes
}

// Code names a kind of remark. Codes are stable.
type Code string

// The codes of remarks.
const (
	Empty             Code = "empty"
	Placeholder       Code = "placeholder"
	LineBreakRemoved  Code = "line-break-removed"
	LineBreakKept     Code = "line-break-kept"
	SpaceNormalised   Code = "space-normalised"
	CharacterRemoved  Code = "character-removed"
	CharacterUnread   Code = "character-unreadable"
	DateUnreadable    Code = "date-unreadable"
	DatesReversed     Code = "dates-reversed"
	WordUnknown       Code = "word-unknown"
	FormatUnknown     Code = "format-unknown"
	AddressUnreadable Code = "address-unreadable"
	AddressOfAnother  Code = "address-of-another"
	KeyDerived        Code = "key-derived"
	WrongType         Code = "wrong-type"
	FieldUnknown      Code = "field-unknown"
	FieldNameless     Code = "field-nameless"
	CoverageReversed  Code = "coverage-reversed"
)

// MaxRemarkRunes is the length at which a remark's value is cut.
const MaxRemarkRunes = 300

var codeWords = map[Code]text.Text{
	Empty:             {ZH: "未填", EN: "empty"},
	Placeholder:       {ZH: "仅为占位词，按未填处理", EN: "only a placeholder, taken as empty"},
	LineBreakRemoved:  {ZH: "有换行，已去除", EN: "line break removed"},
	LineBreakKept:     {ZH: "有多行，已保留分行", EN: "several lines, kept"},
	SpaceNormalised:   {ZH: "有制表符、特殊空格或多余空格，已规整", EN: "tabs, special or extra spaces made plain"},
	CharacterRemoved:  {ZH: "有不可见控制字符，已去除", EN: "invisible control characters removed"},
	CharacterUnread:   {ZH: "有无法识别的字符", EN: "unreadable characters"},
	DateUnreadable:    {ZH: "不是有效日期，按未填处理", EN: "not a date, taken as empty"},
	DatesReversed:     {ZH: "早于首次发布日期", EN: "before the first publication"},
	WordUnknown:       {ZH: "用词未收录，保留原词", EN: "a word not in the list, kept as published"},
	FormatUnknown:     {ZH: "有未收录的格式，保留原词", EN: "formats not in the list, kept as published"},
	AddressUnreadable: {ZH: "不是有效网址，按未填处理", EN: "not a web address, taken as empty"},
	AddressOfAnother:  {ZH: "属于另一资源，按未填处理", EN: "leads to another resource, taken as empty"},
	KeyDerived:        {ZH: "来源未给出，由名称、提供单位和首次发布日期代替", EN: "not given; made from title, provider and first publication"},
	WrongType:         {ZH: "值的类型不对，按未填处理", EN: "a value of the wrong type, taken as empty"},
	FieldUnknown:      {ZH: "有该目录所没有的字段，未采用", EN: "fields the catalogue does not have, not taken"},
	FieldNameless:     {ZH: "有数据字段没有名称，已略去", EN: "data fields without a name, left out"},
	CoverageReversed:  {ZH: "早于时间范围的起点", EN: "before the beginning of what it covers"},
}

// Codes lists every code of a remark, for documentation and tests.
func Codes() []Code {
	return []Code{
		Empty, Placeholder, LineBreakRemoved, LineBreakKept, SpaceNormalised, CharacterRemoved, CharacterUnread, DateUnreadable, DatesReversed,
		WordUnknown, FormatUnknown, AddressUnreadable, AddressOfAnother, KeyDerived, WrongType, FieldUnknown, FieldNameless, CoverageReversed,
	}
}

// Words says in both languages what the code means, to follow the field's name.
func (c Code) Words() text.Text { return codeWords[c] }

var fieldWords = map[string]text.Text{
	"id":                 {ZH: "资源标识", EN: "identifier"},
	"source":             {ZH: "来源目录", EN: "source"},
	"sourceKey":          {ZH: "来源编号", EN: "source's key"},
	"title":              {ZH: "名称", EN: "title"},
	"summary":            {ZH: "描述", EN: "summary"},
	"provider":           {ZH: "提供单位", EN: "provider"},
	"providerCode":       {ZH: "提供单位编号", EN: "provider's code"},
	"theme":              {ZH: "主题", EN: "theme"},
	"subject":            {ZH: "主题分类", EN: "subject"},
	"industry":           {ZH: "行业", EN: "industry"},
	"scenario":           {ZH: "应用场景", EN: "scenario"},
	"tags":               {ZH: "标签", EN: "tags"},
	"frequency":          {ZH: "更新频率", EN: "update frequency"},
	"frequencyPublished": {ZH: "更新频率原词", EN: "update frequency as published"},
	"access":             {ZH: "开放属性", EN: "access"},
	"accessPublished":    {ZH: "开放属性原词", EN: "access as published"},
	"formats":            {ZH: "数据格式", EN: "formats"},
	"firstPublished":     {ZH: "首次发布日期", EN: "first publication"},
	"updated":            {ZH: "更新日期", EN: "last update"},
	"version":            {ZH: "版本号", EN: "version"},
	"license":            {ZH: "许可", EN: "licence"},
	"contact":            {ZH: "联系方式", EN: "contact"},
	"detailUrl":          {ZH: "详情页网址", EN: "detail address"},
	"language":           {ZH: "语言", EN: "language"},
	"holder":             {ZH: "持有单位", EN: "holder"},
	"fields":             {ZH: "数据字段", EN: "data fields"},
	"spatial":            {ZH: "空间范围", EN: "spatial coverage"},
	"temporalFrom":       {ZH: "时间范围起", EN: "temporal coverage from"},
	"temporalTo":         {ZH: "时间范围止", EN: "temporal coverage to"},
}

// FieldName is a resource field in words; the empty name stands for the row as a whole.
func FieldName(field string) text.Text {
	if field == "" {
		return text.Text{ZH: "本行", EN: "the row"}
	}
	return fieldWords[field]
}

// remarks collects what is said about one resource, each code once a field: a list of a million odd tags must not make a million remarks.
type remarks []Remark

func (rs *remarks) add(code Code, field, value string) {
	if !slices.ContainsFunc(*rs, func(r Remark) bool { return r.Code == code && r.Field == field }) {
		*rs = append(*rs, NewRemark(code, field, value))
	}
}

// NewRemark makes a remark, with the value cut to its greatest length.
func NewRemark(code Code, field, value string) Remark {
	if runes := []rune(value); len(runes) > MaxRemarkRunes {
		value = string(runes[:MaxRemarkRunes]) + "…"
	}
	return Remark{Code: code, Field: field, Value: value}
}

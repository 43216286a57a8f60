package catalogue

import "datacharter/domain/text"

// Source is a published catalogue. Where a resource is shown, its source is named.
type Source struct {
	Key      string    // short and stable; part of every resource's identifier
	Name     text.Text // the publisher's name for it
	Site     string    // web address
	License  text.Text // on what terms its entries may be used
	Language string    // language of its entries
}

// Keys of the sources.
const (
	Shanghai = "shanghai"
	Jiangsu  = "jiangsu"
	HongKong = "hongkong"
)

var portalTermsNotSeen = text.Text{
	ZH: "经 github.com/nju-websoft/CNPDS 转载(Apache-2.0);平台自身条款未核实",
	EN: "carried by github.com/nju-websoft/CNPDS (Apache-2.0); the portal's own terms were not seen",
}

var sources = []Source{
	{
		Key:  Shanghai,
		Name: text.Text{ZH: "上海市公共数据开放平台", EN: "Shanghai Municipality open public data platform"},
		Site: "https://data.sh.gov.cn", License: portalTermsNotSeen, Language: "zh",
	},
	{
		Key:  Jiangsu,
		Name: text.Text{ZH: "江苏省公共数据开放平台", EN: "Jiangsu Province open public data platform"},
		Site: "http://data.jszwfw.gov.cn:8118", License: portalTermsNotSeen, Language: "zh",
	},
	{
		Key:     HongKong,
		Name:    text.Text{ZH: "香港“资料一线通”（数字政策办公室）", EN: "DATA.GOV.HK (Digital Policy Office)"},
		Site:    "https://data.gov.hk",
		License: text.Text{ZH: "依平台条款，注明来源即可免费使用", EN: "free use with the source named, by the portal's terms"}, Language: "en",
	},
}

// SourceByKey finds a source; ok is false for a key of no source.
func SourceByKey(key string) (source Source, ok bool) {
	for _, s := range sources {
		if s.Key == key {
			return s, true
		}
	}
	return Source{}, false
}

// SourceOf is what is known of a source; of one that is not in the list no more than its key.
func SourceOf(key string) Source {
	if s, ok := SourceByKey(key); ok {
		return s
	}
	return Source{Key: key, Name: text.Text{ZH: key, EN: key}}
}

// SourceName names a source.
func SourceName(key string) text.Text { return SourceOf(key).Name }

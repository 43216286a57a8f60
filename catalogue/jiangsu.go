package catalogue

import (
	"net/url"

	"datacharter/domain/catalogue"
)

// jiangsu is the catalogue of Jiangsu's open data platform. The key of a row is the rowguid in its detail address.
var jiangsu = layout{
	source:  catalogue.Jiangsu,
	marks:   []string{"资源名称", "所属单位"},
	hasKeys: true,
	resource: func(f *fields) catalogue.Resource {
		r := catalogue.Resource{
			Title:              f.text("资源名称", "title"),
			Scenario:           f.text("应用场景", "scenario"),
			AccessPublished:    f.text("开放类型", "accessPublished"),
			FrequencyPublished: f.text("更新周期", "frequencyPublished"),
			Updated:            f.text("资源更新日期", "updated"),
			Provider:           f.text("所属单位", "provider"),
			Industry:           f.text("所属行业", "industry"),
			Theme:              f.text("所属主题", "theme"),
			Version:            f.text("版本号", "version"),
			Summary:            f.text("资源描述", "summary"),
			Formats:            f.list("数据格式", "formats"),
			DetailURL:          f.text("详情页网址", "detailUrl"),
		}
		if u, err := url.Parse(r.DetailURL); err == nil { // Normalise remarks on an address that is none
			r.SourceKey = u.Query().Get("rowguid")
		}
		return r
	},
}

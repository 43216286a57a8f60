package catalogue

import (
	"net/url"

	"datacharter/domain/catalogue"
)

// shanghai is the catalogue of data.sh.gov.cn. Its rows carry no key: the detail address is the same on every one.
var shanghai = layout{
	source: catalogue.Shanghai,
	marks:  []string{"数据集名称", "数据提供方"},
	resource: func(f *fields) catalogue.Resource {
		r := catalogue.Resource{
			Title:              f.text("数据集名称", "title"),
			Summary:            f.text("摘要", "summary"),
			Tags:               f.list("数据标签", "tags"),
			Theme:              f.text("数据领域", "theme"),
			Subject:            f.text("国家主题分类", "subject"),
			FirstPublished:     f.text("首次发布日期", "firstPublished"),
			Updated:            f.text("更新日期", "updated"),
			FrequencyPublished: f.text("更新频度", "frequencyPublished"),
			Provider:           f.text("数据提供方", "provider"),
			AccessPublished:    f.text("开放属性", "accessPublished"),
			Contact:            f.text("联系方式", "contact"),
			Formats:            f.list("数据格式", "formats"),
			DetailURL:          f.text("详情页网址", "detailUrl"),
		}
		if namesAnother(r.DetailURL, r.Title) {
			f.remarks = append(f.remarks, catalogue.NewRemark(catalogue.AddressOfAnother, "detailUrl", r.DetailURL))
			r.DetailURL = ""
		}
		return r
	},
}

// namesAnother reports whether a detail address, which carries the title of the resource it leads to, carries another title than this one.
func namesAnother(address, title string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	named := u.Query().Get("dataset_name")
	return named != "" && named != title
}

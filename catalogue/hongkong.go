package catalogue

import "datacharter/domain/catalogue"

// hongKong is the catalogue of DATA.GOV.HK, written much like CKAN's. It gives no update frequency and no openness;
// the portal publishes only what anyone may use without asking. Its times name no zone, so their days stand as they are.
var hongKong = layout{
	source:  catalogue.HongKong,
	marks:   []string{"id", "name", "title", "organization"},
	hasKeys: true,
	resource: func(f *fields) catalogue.Resource {
		r := catalogue.Resource{
			SourceKey:      f.text("id", "sourceKey"),
			Title:          f.text("title", "title"),
			Summary:        f.text("notes", "summary"),
			Provider:       f.text("organization", "provider"),
			ProviderCode:   f.text("organization_id", "providerCode"),
			Tags:           f.list("tags", "tags"),
			Formats:        f.list("formats", "formats"),
			License:        f.text("license_id", "license"),
			FirstPublished: f.text("metadata_created", "firstPublished"),
			Updated:        f.text("metadata_modified", "updated"),
			DetailURL:      f.text("package_url", "detailUrl"),
			Access:         catalogue.Open,
		}
		if groups := f.list("groups", "theme"); len(groups) > 0 {
			r.Theme = groups[0]
			r.Tags = append(r.Tags, groups[1:]...)
		}
		f.take("name") // the last part of package_url
		return r
	},
}

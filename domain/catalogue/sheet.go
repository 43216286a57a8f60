package catalogue

// Headings are the names of a resource's fields, for a table with one row for each resource.
func Headings(language string) []string {
	var out []string
	for _, f := range (Resource{}).fields() {
		out = append(out, FieldName(f.name).In(language))
	}
	return out
}

// Cells are the values of a resource's fields in the order of Headings, with words for codes.
func (r Resource) Cells(language string) []any {
	var out []any
	for _, f := range r.fields() {
		switch f.name {
		case "frequency":
			out = append(out, r.Frequency.Name().In(language))
		case "access":
			out = append(out, r.Access.Name().In(language))
		default:
			out = append(out, f.value)
		}
	}
	return out
}

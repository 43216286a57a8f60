package catalogue

import "strings"

// DataField is one field of the data of a resource (信息项): a column of a table, or an element of a record.
type DataField struct {
	Name        string `json:"name"`
	Type        string `json:"type,omitempty"`        // as published, such as 字符型
	Description string `json:"description,omitempty"` // one line
}

// Fields stand in a text line by line, their parts with a tab between: a normalised part holds neither.
const (
	betweenFields = "\n"
	withinField   = "\t"
)

// joinFields writes fields as one text, for digests, tables and differences.
func joinFields(all []DataField) string {
	lines := make([]string, len(all))
	for i, f := range all {
		lines[i] = strings.Join([]string{f.Name, f.Type, f.Description}, withinField)
	}
	return strings.Join(lines, betweenFields)
}

// FieldsIn reads fields from one text: as joinFields writes them; or, in lists that people make, apart by semicolons or else by commas, with their parts
// between colons or vertical bars. What it cannot take apart is a name.
func FieldsIn(s string) []DataField {
	s = strings.ReplaceAll(s, "\r\n", betweenFields)
	var all []DataField
	for _, one := range fieldsApart(s) {
		if parts := fieldParts(one); parts[0] != "" {
			all = append(all, DataField{parts[0], parts[1], parts[2]})
		}
	}
	return all
}

func fieldsApart(s string) []string {
	if strings.Contains(s, betweenFields) || strings.Contains(s, withinField) {
		return strings.Split(s, betweenFields)
	}
	for _, between := range []string{";；", ",，、"} {
		if strings.ContainsAny(s, between) {
			return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(between, r) })
		}
	}
	return []string{s}
}

// fieldParts are name, type and description; the last one keeps what would part it further.
func fieldParts(s string) (parts [3]string) {
	within := withinField
	if !strings.Contains(s, withinField) {
		within = ""
		for _, w := range []string{"|", "：", ":"} {
			if strings.Contains(s, w) {
				within = w
				break
			}
		}
	}
	if within == "" {
		parts[0] = strings.TrimSpace(s)
		return parts
	}
	for i, p := range strings.SplitN(s, within, 3) {
		parts[i] = strings.TrimSpace(p)
	}
	return parts
}

// dataFields normalises fields and drops those without a name. Their order is the source's.
func (rs *remarks) dataFields(published []DataField) []DataField {
	var all []DataField
	for _, f := range published {
		f = DataField{rs.line("fields", f.Name), rs.line("fields", f.Type), rs.line("fields", f.Description)}
		if f.Name == "" {
			if f != (DataField{}) {
				rs.add(FieldNameless, "fields", f.Type+" "+f.Description)
			}
			continue
		}
		all = append(all, f)
	}
	return all
}

package notice

// SubjectGroups are the groups of all subjects.
func SubjectGroups() map[string]Group {
	groups := make(map[string]Group, len(subjects))
	for name, s := range subjects {
		groups[name] = s.group
	}
	return groups
}

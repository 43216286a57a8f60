package policy

// supervision checks the rules of findings, where a profile has them.
func (c *checker) supervision(s *Supervision) {
	if s == nil {
		return
	}
	c.codes("supervision.subjects", "code", codesOf(s.Subjects, func(g Ground) string { return g.Code }))
}

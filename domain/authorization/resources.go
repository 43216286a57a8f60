package authorization

// ResourceIDs lists the resources that the authorisation names now, in its application and in the last version of its agreement, repeats among them.
func (a *Authorization) ResourceIDs() []string {
	out := append([]string{}, a.Application.Resources...)
	if n := len(a.Versions); n > 0 {
		out = append(out, a.Versions[n-1].Content.Resources...)
	}
	return out
}

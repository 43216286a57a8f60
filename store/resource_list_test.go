package store

import (
	"fmt"
	"testing"

	"datacharter/domain/catalogue"
)

// TestResourceWalk: of two conditions that many resources meet and one both, a part of a list looks at so many and no more; the parts together miss nothing.
func TestResourceWalk(t *testing.T) {
	s := openTest(t)
	var all []catalogue.Resource
	for i := range 2*walk + 200 {
		r := catalogue.Resource{Source: catalogue.Shanghai, SourceKey: fmt.Sprint(i), Title: "停车", Provider: "局", Theme: "气象", Access: catalogue.Open, Frequency: catalogue.Daily}
		if i%2 == 0 {
			r.Title, r.Theme = "公交", "交通"
		}
		if i == walk {
			r.Theme = "气象"
		}
		r.ID = catalogue.ResourceID(r.Source, r.SourceKey)
		all = append(all, r)
	}
	for from := 0; from < len(all); from += 500 {
		if _, err := s.PutResources(t.Context(), all[from:min(from+500, len(all))]); err != nil {
			t.Fatal(err)
		}
	}
	for _, sort := range []ResourceSort{ByUpdate, ByTitle} {
		f := ResourceFilter{Text: "公交", Theme: "气象", Sort: sort}
		found, parts := 0, 0
		for {
			p, err := s.ListResources(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			parts, found = parts+1, found+len(p.Items)
			if f.Cursor = p.Next; p.Next == "" {
				break
			}
		}
		if found != 1 || parts != 2 {
			t.Errorf("%s: %d found in %d parts", sort, found, parts)
		}
	}
	c, err := s.CountResources(t.Context(), ResourceFilter{Text: "公交", Theme: "气象"})
	if err != nil || !c.More || c.All > 1 {
		t.Errorf("counted %+v, %v", c, err)
	}
}

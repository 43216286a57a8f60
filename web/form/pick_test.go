package form_test

import (
	"net/url"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/plan"
	"datacharter/web/form"
)

// Whatever is picked in whatever order, an ID stands in one part of the list at most, what was taken is there until it is dropped, and other parts stay.
func TestPicking(t *testing.T) {
	shapes := form.Shapes{"resources": {Pick: form.PickResource, Into: "id"}}
	of := reflect.TypeFor[plan.Content]()
	rapid.Check(t, func(t *rapid.T) {
		values := url.Values{"name": {"名称"}}
		var want []string
		ids := rapid.SampledFrom([]string{"a", "b", "c", "d"})
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			if len(want) > 0 && rapid.Bool().Draw(t, "drop") {
				at := rapid.IntRange(0, len(want)-1).Draw(t, "at")
				shapes.Picked(values, form.PickValue(form.Drop, "resources", string(rune('0'+at))))
				want = slices.Delete(want, at, at+1)
			} else {
				id := ids.Draw(t, "id")
				shapes.Picked(values, form.PickValue(form.Take, "resources", id))
				if !slices.Contains(want, id) {
					want = append(want, id)
				}
			}
			values = form.Clean(of, values, shapes)
		}
		f := form.Build(of, values, shapes)
		i := slices.IndexFunc(f.Fields, func(f form.Field) bool { return f.Name == "resources" })
		if got := f.Fields[i].IDs(); !slices.Equal(got, want) || values.Get("name") != "名称" {
			t.Fatalf("%v instead of %v", got, want)
		}
	})
}

// A part that was begun without an ID gets the one that is picked.
func TestPickFillsTheBegunPart(t *testing.T) {
	shapes := form.Shapes{"resources": {Pick: form.PickResource, Into: "id"}}
	values := url.Values{"resources[0].id": {"a"}, "resources[1].id": {" "}, "resources[1].quality": {"完整"}}
	shapes.Picked(values, form.PickValue(form.Take, "resources", "b"))
	if values.Get("resources[1].id") != "b" {
		t.Errorf("%v", values)
	}
	if shapes.Picked(values, form.PickValue(form.Take, "name", "x")) || values.Has("name") {
		t.Error("a control without a picker was filled")
	}
}

package web

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"datacharter/domain/catalogue"
	"datacharter/domain/grading"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
	"datacharter/web/ui"
)

// formPick is the name of the buttons of pickers. Nothing is carried out by them.
const formPick = "pick"

// pickAtOnce is how many things to pick are shown at most.
const pickAtOnce = 10

// pickBy does what the button of a picker asks of the values of a form. The return key presses the first button of the form: in a box in which something
// stands that was not looked for yet it looks for that, anywhere else it sends the form.
func (a *act) pickBy(filled url.Values) url.Values {
	pressed := filled.Get(formPick)
	if pressed == ui.PickEnter {
		pressed = ""
		for _, control := range slices.Sorted(maps.Keys(a.shapes)) {
			if a.shapes[control].Pick == "" {
				continue
			}
			if sought := strings.TrimSpace(filled.Get(form.FindName(control))); sought != "" && sought != filled.Get(form.SoughtName(control)) {
				pressed = form.PickValue(form.Find, control, "")
				break
			}
		}
	}
	if pressed == "" {
		return filled
	}
	a.picking = true
	filled = maps.Clone(filled)
	if a.shapes.Picked(filled, pressed) {
		does, control, _ := form.ReadPick(pressed)
		a.picked = control
		if does == form.Find {
			filled.Set(form.SoughtName(control), searchable(filled.Get(form.FindName(control))))
		}
	}
	return filled
}

// searchable shortens what somebody looks for to what a search takes.
func searchable(sought string) string {
	sought = strings.TrimSpace(sought)
	if r := []rune(sought); len(r) > maxSearch {
		return string(r[:maxSearch])
	}
	return sought
}

// lookUp names what stands in the controls that have pickers, and looks for what is asked for.
func (s *server) lookUp(a *act, fields []form.Field) error {
	for i := range fields {
		f := &fields[i]
		if f.Picker != nil {
			if err := s.lookUpIn(a, f); err != nil {
				return err
			}
		}
		if err := s.lookUp(a, f.Fields); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) lookUpIn(a *act, f *form.Field) error {
	p := f.Picker
	p.Text, p.Sought = a.filled.Get(form.FindName(f.Name)), searchable(a.filled.Get(form.SoughtName(f.Name)))
	p.Asked, p.Used = a.filled.Has(form.SoughtName(f.Name)), a.picked == f.Name
	if a.place != nil {
		p.At = a.url()
	}
	if p.Of == form.PickPlan {
		return s.lookUpPlans(a.visit, f)
	}
	return s.lookUpResources(a.visit, f)
}

// lookUpResources looks in the catalogue, which everybody who is signed in may read.
func (s *server) lookUpResources(v *visit, f *form.Field) error {
	p := f.Picker
	known, err := s.Store.Resources(v.ctx, unique(f.IDs()))
	if err != nil {
		return err
	}
	if known == nil {
		known = map[string]catalogue.Resource{}
	}
	ids := slices.Collect(maps.Keys(known))
	if p.Asked {
		page, err := s.Store.ListResources(v.ctx, store.ResourceFilter{Text: p.Sought, Limit: pickAtOnce})
		if err != nil {
			return err
		}
		p.More = page.Next != ""
		for _, r := range page.Items {
			known[r.ID] = r
			ids = append(ids, r.ID)
			p.Found = append(p.Found, form.Found{ID: r.ID})
		}
	}
	grades, err := s.Store.CurrentGradings(v.ctx, ids)
	if err != nil {
		return err
	}
	registered, err := s.Store.Registered(v.ctx, ids)
	if err != nil {
		return err
	}
	p.Known = map[string]form.Found{}
	for id, r := range known {
		state := text.Text{ZH: "未登记", EN: "not registered"}
		if registered[id] {
			state = text.Text{ZH: "已登记", EN: "registered"}
		}
		p.Known[id] = form.Found{ID: id, Title: r.Title, URL: resourceURL(r), Facts: []text.Text{both(r.Provider), gradeWords(grades, id), r.Access.Name(), state}}
	}
	for i, found := range p.Found {
		p.Found[i] = p.Known[found.ID]
	}
	return nil
}

// gradeWords names the grade of a resource.
func gradeWords(grades map[string]grading.Grading, id string) text.Text {
	if g, ok := grades[id]; ok {
		return g.Grade.Words()
	}
	return text.Text{ZH: "未定级", EN: "not graded"}
}

// lookUpPlans looks among the plans that take applications. They are shown unasked while none is chosen: there are few.
func (s *server) lookUpPlans(v *visit, f *form.Field) error {
	p := f.Picker
	p.Known = map[string]form.Found{}
	taking, err := s.takingPlans(v)
	if err != nil {
		return err
	}
	agencies := make([]string, len(taking))
	for i, t := range taking {
		agencies[i] = t.Agency
	}
	for _, id := range f.IDs() {
		if slices.ContainsFunc(taking, func(t takingPlan) bool { return t.id == id }) {
			continue
		}
		told, err := s.publicPlan(v, id)
		if err != nil {
			return err
		}
		if told != nil {
			closed := text.Text{ZH: "未受理申请", EN: "takes no applications"}
			p.Known[id] = form.Found{ID: id, Title: told.Name, URL: plansPath + "/" + url.PathEscape(id), Facts: []text.Text{closed}}
		}
	}
	named, err := s.namesOf(v.ctx, nil, agencies)
	if err != nil {
		return err
	}
	modes := s.modes()
	for _, t := range taking {
		agency := named.organization(t.Agency)
		found := form.Found{ID: t.id, Title: t.Name, URL: plansPath + "/" + url.PathEscape(t.id), Facts: []text.Text{both(agency), modeWords(modes, t.Mode)}}
		if until := t.Opening.Until; until != nil {
			day := v.page.Day(*until)
			found.Facts = append(found.Facts, text.Text{ZH: "受理至" + day, EN: "until " + day})
		}
		p.Known[t.id] = found
		if !p.Asked && len(f.IDs()) > 0 || !hasWords(t.Name+" "+agency+" "+t.id, p.Sought) {
			continue
		}
		if len(p.Found) == pickAtOnce {
			p.More = true
			continue
		}
		p.Found = append(p.Found, found)
	}
	return nil
}

// hasWords reports whether every word occurs in a text.
func hasWords(in, words string) bool {
	in = strings.ToLower(in)
	for word := range strings.FieldsSeq(strings.ToLower(words)) {
		if !strings.Contains(in, word) {
			return false
		}
	}
	return true
}

// version is that of the case on which the form rests: the one that it was first shown with as long as it is only filled in further, so that a change in
// between is not written over.
func (a *act) version() int64 {
	if a.picking || a.sent.Get(formAdd) != "" {
		if n, err := strconv.ParseInt(a.sent.Get(formVersion), 10, 64); err == nil {
			return n
		}
	}
	return a.view.Head.Version
}

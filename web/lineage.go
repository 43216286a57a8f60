package web

import (
	"datacharter/domain/catalogue"
	"datacharter/domain/text"
	"datacharter/store"
)

// lineageSection is where a resource comes from and where it goes, as its page shows it.
type lineageSection struct {
	*visit
	server *server
	known  store.Lineage
}

func (s *server) lineageOf(v *visit, r catalogue.Resource) (*lineageSection, error) {
	known, err := s.Store.Lineage(v.ctx, v.actor, r.ID)
	return &lineageSection{v, s, known}, err
}

// kind names the kind of a case.
func (l *lineageSection) kind(c store.CaseSummary) text.Text {
	if p := l.server.placeOf(c.Kind); p != nil {
		return p.def.Table().Words
	}
	return both(string(c.Kind))
}

func (l *lineageSection) state(c store.CaseSummary) text.Text {
	if p := l.server.placeOf(c.Kind); p != nil {
		return p.def.State(c.State).Words
	}
	return both(string(c.State))
}

// caseless reports whether no case at all names the resource, as far as the visitor is told.
func (l *lineageSection) caseless() bool { return len(l.known.Cases) == 0 && !l.known.Unseen }

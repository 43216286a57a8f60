package web

import (
	"datacharter/casework"
	"datacharter/domain/refusal"
)

// onTask finds a task of a request and the command on it. Nil when it answered already.
func (s *server) onTask(v *visit, command string) *act {
	t, err := s.Store.GetTask(v.ctx, v.actor, v.Param("id"))
	if err != nil {
		v.fail(err)
		return nil
	}
	a := s.actOn(v, s.placeOf(t.CaseKind), t.Case, t.ID, command)
	if a != nil && a.task == nil {
		v.refuse(refusal.NotFoundHere.With())
		return nil
	}
	return a
}

func (s *server) askOnTask(v *visit) {
	if a := s.onTask(v, v.Param("command")); a != nil {
		s.ask(a)
	}
}

func (s *server) takeOnTask(v *visit) {
	if a := s.onTask(v, v.Param("command")); a != nil {
		s.take(a, func(casework.Done) string { return s.afterTask(a) })
	}
}

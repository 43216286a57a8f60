package meeting

import (
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// seated asks for a seat on the frozen roster.
var seated = lifecycle.Guard[*Meeting]{
	Words: text.Text{ZH: "在成员名单中", EN: "the actor is on the roster"},
	Check: func(m *Meeting, env lifecycle.Env) refused {
		if m.seat(env.Actor.Person) == nil {
			return refusal.NotOnRoster.With()
		}
		return nil
	},
}

// present asks for presence on record.
var present = lifecycle.Guard[*Meeting]{
	Words: text.Text{ZH: "本人已登记到会", EN: "the actor's presence is on record"},
	Check: func(m *Meeting, env lifecycle.Env) refused {
		if !m.seat(env.Actor.Person).Present {
			return refusal.NotPresent.With()
		}
		return nil
	},
}

// conducts asks for the chair's seat, and presence, when it is not a secretary who acts: who became chair since the roster was frozen
// does not preside.
var conducts = lifecycle.Guard[*Meeting]{
	Words: text.Text{ZH: "是名单上已到会的主持人，或者是会议秘书", EN: "the actor is the roster's chair, and present, or a secretary"},
	Check: func(m *Meeting, env lifecycle.Env) refused {
		switch {
		case m.secretary(env.Actor):
			return nil
		case !m.chair(env.Actor.Person):
			return refusal.NotOnRoster.With()
		default:
			return present.Check(m, env)
		}
	},
}

// onRollOrSecretary asks for a seat, or for a secretary, who records the presence of others.
var onRollOrSecretary = lifecycle.Guard[*Meeting]{
	Words: text.Text{ZH: "在成员名单中，或者是会议秘书", EN: "the actor is on the roster or a secretary"},
	Check: func(m *Meeting, env lifecycle.Env) refused {
		if m.secretary(env.Actor) {
			return nil
		}
		return seated.Check(m, env)
	},
}

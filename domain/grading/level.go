package grading

import "datacharter/domain/policy"

// Level orders general data from 1 to 4, the highest (Annex H, informative). Other data has none: 0.
type Level int

// LevelSource says where the levels come from. Their details are unverified: nothing is decided by them.
var LevelSource = policy.Source{Article: Standard + " Annex H", Mark: policy.Unsure}

// LevelOf is the level of data with the pairs; 0 unless it is general.
func LevelOf(pairs []Pair) Level {
	if Of(pairs) != General {
		return 0
	}
	level := Level(1)
	for _, p := range pairs {
		level = max(level, levelOf(p))
	}
	return level
}

func levelOf(p Pair) Level {
	if p.Object != OrganisationRights && p.Object != PersonalRights {
		return 4 // ordinary harm to the economy, to order or to the public interest, the only one that leaves data general
	}
	switch p.Degree {
	case EspeciallySerious:
		return 4
	case Serious:
		return 3
	case Ordinary:
		return 2
	default:
		return 1
	}
}

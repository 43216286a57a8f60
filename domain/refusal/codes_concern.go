package refusal

// Codes of quality reports and data demands.
var (
	TooManyOpen       = define("too-many-open", Conflict, "您提出的尚待答复的事项已达{max}件，请待答复或者撤回后再提出。", "You have {max} that wait for an answer; wait for answers or withdraw some first.")
	OwnConcern        = define("own-concern", Forbidden, "不得答复或者附议本人提出的事项。", "Nobody answers or supports what he raised himself.")
	SupportedBefore   = define("supported-before", Conflict, "您已附议过该需求。", "You support this demand already.")
	DayInPast         = define("day-in-past", Invalid, "不得早于今天。", "May not be before today.")
	NotWithThisAnswer = define("not-with-this-answer", Invalid, "此项与所选答复不符，请勿填写。", "This does not go with the answer chosen; leave it empty.")
)

package refusal

// Codes of the agenda of a meeting.
var (
	ItemNotPending  = define("item-not-pending", Conflict, "该事项目前不等待此项集体决策。", "The case does not wait for this collective decision now.")
	ItemOtherBody   = define("item-other-body", Conflict, "该事项不由本机构决策。", "It is not for this body to decide the case.")
	ItemOtherPolicy = define("item-other-policy", Conflict, "该事项适用的规则方案与本会议不同，请另行召集会议。", "The case is under another policy profile than this meeting; call another meeting for it.")
	ItemChanged     = define("item-content-changed", Conflict, "该事项内容在列入议程后已有变化，请先调整议程。", "The case's content has changed since it was put on the agenda; amend the agenda first.")
	MeetingDay      = define("meeting-day", Invalid, "会议时间应在今日至一年之内。", "The meeting must lie between today and a year from now.")
)

// Codes of the course of a meeting.
var (
	MeetingNotYet       = define("meeting-not-yet", Conflict, "未到会议日期，不能开会。", "The day of the meeting has not come.")
	RosterIncomplete    = define("roster-incomplete", Conflict, "决策机构须有且只有一名主持人，并至少有一名其他成员。", "The body needs exactly one chair and at least one other member.")
	NotOnRoster         = define("not-on-roster", Forbidden, "您不在本次会议的成员名单中。", "You are not on the roster of this meeting.")
	NotPresent          = define("not-present", Conflict, "须先登记到会。", "Presence must be recorded first.")
	AttendanceUnchanged = define("attendance-unchanged", Conflict, "到会情况与记录一致，无需更改。", "Presence is on record like this already.")
	ItemClosed          = define("item-closed", Conflict, "该议题已有结果。", "This item is closed already.")
	NoQuestion          = define("no-question", Conflict, "该议题尚未提交表决。", "No question has been put on this item.")
	VotingBegun         = define("voting-begun", Conflict, "该议题已开始表决。", "Voting on this item has begun.")
	VotedAlready        = define("voted-already", Conflict, "已就该议题表决，表决后不得更改。", "The vote on this item has been cast; it cannot be changed.")
	VotingOver          = define("voting-over", Conflict, "主持人已最后表态，该议题表决结束。", "The chair has spoken last; voting on this item is over.")
	ChairSpeaksLast     = define("chair-speaks-last", Conflict, "主持人应当在其他到会成员表态后最后表态。", "The chair speaks last, after all other members present.")
	QuorumMissing       = define("quorum-missing", Conflict, "该议题未达法定人数：应到会{quota}人，现到会{present}人。", "No quorum for this item: {quota} must be present, {present} are.")
	VotesMissing        = define("votes-missing", Conflict, "尚有{missing}名到会成员未表决。", "{missing} of those present have not voted yet.")
	ConcludeFirst       = define("conclude-first", Conflict, "有议题已表决完毕，请先宣布结果。", "Voting on an item is complete; announce its result first.")
	RecusedAlready      = define("recused-already", Conflict, "该成员已回避该议题。", "The member is recused from this item already.")
	MinutesSigned       = define("minutes-signed-already", Conflict, "会议记录的该项签署已经完成，每人只签署一次。", "This signature is on the minutes already, and nobody signs twice.")
)

// Codes of a resolution that a case does not take.
var (
	ResolutionOtherContent = define("resolution-other-content", Conflict, "该决议不是就本事项当前等待决策的内容作出的。", "The resolution does not decide what this case waits for now.")
	ResolutionOtherBody    = define("resolution-other-body", Conflict, "该决议不是由有权决策的机构作出的。", "The resolution was not taken by a body that may decide this.")
	ResolutionRoster       = define("resolution-roster", Conflict, "该决议的成员名单有误。", "The resolution's roster is not in order.")
	ResolutionVotes        = define("resolution-votes", Conflict, "该决议的表决记录有误。", "The resolution's votes are not in order.")
	ResolutionCount        = define("resolution-count", Conflict, "该决议的计票或者结果与表决记录和适用规则不符。", "The resolution's count or outcome does not follow from its votes under the rules that apply.")
	ResolutionIncomplete   = define("resolution-incomplete", Conflict, "该决议缺少应当载明的内容。", "The resolution lacks something that it must state.")
)

package refusal

// Codes of calendars.
var (
	CalendarUnchanged  = define("calendar-unchanged", Conflict, "该日历与现行日历相同，未作变更。", "This calendar is the one in force already; nothing was changed.")
	CalendarSuperseded = define("calendar-superseded", Precondition, "日历已再次变更，请按现行日历重新预览。", "The calendar has been changed again meanwhile; look at what the one in force would move.")
	NoRecount          = define("no-recount", NotFound, "尚未重新计算过期限。", "No limits have been counted anew yet.")
	YearNotAnnounced   = define("year-not-announced", Invalid, "没有放假日：该年度的放假安排尚未公布。", "There is no day off: such a year is not yet announced.")
	NotOfTheYear       = define("not-of-the-year", Invalid, "不属于该年度，也不在上年12月或次年1月。", "Not a day of the year, nor of the December before or the January after it.")
	WorkOnWorkday      = define("work-on-workday", Invalid, "调休上班日应为周六或周日。", "Only a Saturday or Sunday is made a working day.")
	YearsContradict    = define("years-contradict", Invalid, "与另一年度日历对同一天的规定相反。", "The calendar of another year says the opposite of this day.")
)

package web

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"unicode/utf8"

	"datacharter/calendars"
	"datacharter/casework"
	"datacharter/domain/refusal"
	"datacharter/store"
)

const (
	calendarsURL = "/admin/calendars"
	recountURL   = calendarsURL + "/recount"
)

// What the form of a year's notice sends.
const (
	formNotice     = "content" // the notice itself
	formNoticeFile = "file"    // or a file that has it
	formCursor     = "cursor"
	formCalendar   = "calendar" // version of the calendar that was looked at
)

// workingDays is the calendar of working days as it is shown.
type workingDays struct {
	*visit
	now      calendars.InForce
	uploads  []store.Calendar
	names    names
	progress *calendars.Progress // of the recount that was started last; nil when none was
	content  string              // of the notice that is being corrected
	whole    string              // what is wrong with it
	faults   []refusal.Field
}

func (s *server) showCalendars(v *visit) { s.showCalendarsWith(v, "", nil) }

// showCalendarsWith shows the calendar with what was wrong with a notice, so that it can be corrected in place.
func (s *server) showCalendarsWith(v *visit, content string, wrong *refusal.Refusal) {
	w := workingDays{visit: v, content: content}
	status := http.StatusOK
	if wrong != nil {
		w.faults, w.whole = wrong.Fields, wrong.Detail(v.page.Language)
		status = casework.Status(wrong.Code, wrong.Class())
	}
	var err error
	if w.now, err = s.keeper.InForce(v.ctx); err != nil {
		v.fail(err)
		return
	}
	if w.uploads, err = s.keeper.Uploads(v.ctx); err != nil {
		v.fail(err)
		return
	}
	if w.progress, err = s.progress(v); err != nil {
		v.fail(err)
		return
	}
	people := []string{}
	for _, u := range w.uploads {
		people = append(people, u.AddedBy)
	}
	if w.names, err = s.namesOf(v.ctx, people, nil); err != nil {
		v.fail(err)
		return
	}
	v.show(status, v.T("工作日日历", "Calendars of working days"), calendarsPage(w))
}

func (s *server) progress(v *visit) (*calendars.Progress, error) {
	p, known, err := s.keeper.Progress(v.ctx)
	if err != nil || !known {
		return nil, err
	}
	return &p, nil
}

// preview is what a calendar would move.
type preview struct {
	*visit
	calendars.Preview
	server  *server
	content string // of the notice; empty for the calendar in force
	key     string
}

// previewCalendar shows every due date that a notice would move. Nothing is kept.
func (s *server) previewCalendar(v *visit) {
	sent, content, err := s.notice(v)
	if err != nil {
		v.fail(err)
		return
	}
	if content == "" {
		s.showCalendarsWith(v, content, refusal.InvalidFields([]refusal.Field{refusal.Required.At(formNotice)}))
		return
	}
	found, refused, err := s.keeper.Preview(v.ctx, []byte(content), sent.Get(formCursor), calendars.DefaultMoves)
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil:
		s.showCalendarsWith(v, content, refused)
	default:
		v.show(http.StatusOK, v.T("预览放假安排", "What the notice would move"), previewPage(preview{visit: v, Preview: found, server: s, content: content, key: newKey()}))
	}
}

// notice reads the form of a year's notice: the file, or what stands in the form.
func (s *server) notice(v *visit) (url.Values, string, error) {
	v.Request.Body = http.MaxBytesReader(v.Writer, v.Request.Body, maxForm)
	err := v.Request.ParseMultipartForm(maxForm)
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		return nil, "", refused{refusal.BodyTooLarge.With()}
	case err != nil && !errors.Is(err, http.ErrNotMultipart):
		return nil, "", refused{refusal.BadRequest.With()}
	}
	content := v.Request.PostForm.Get(formNotice)
	if file, _, err := v.Request.FormFile(formNoticeFile); err == nil {
		raw, err := io.ReadAll(file)
		if err != nil {
			return nil, "", refused{refusal.BadRequest.With()}
		}
		if len(raw) > 0 {
			content = string(raw)
		}
	}
	if !utf8.ValidString(content) {
		return nil, "", refused{refusal.BadJSON.With()}
	}
	return v.Request.PostForm, content, nil
}

// takeCalendar keeps a year's notice. It moves nothing by itself: the recount does, which is offered next.
func (s *server) takeCalendar(v *visit) {
	sent, content, err := s.notice(v)
	if err != nil {
		v.fail(err)
		return
	}
	if sent.Has(formResumed) || sent.Get(formKey) == "" {
		s.showCalendarsWith(v, content, nil)
		return
	}
	_, refused, err := s.keeper.Put(v.ctx, v.actor.Person, casework.CommandID(v.actor.Person, sent.Get(formKey)), []byte(content))
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil:
		s.showCalendarsWith(v, content, refused)
	default:
		v.goOn(recountURL, v.T("放假安排已保存，自现在起计算的期限按其计算。已在走的期限须重新计算。", "The notice is kept, and limits that begin from now on follow it. Limits that run already must be counted anew."))
	}
}

// recounting is the recount as it is shown: what the calendar in force would move, and how far the one is that was started.
type recounting struct {
	preview
	progress *calendars.Progress
	by       string // who started it
}

// running reports whether a recount is under way.
func (r recounting) running() bool {
	return r.progress != nil && r.progress.FinishedAt == nil && !r.progress.Superseded
}

func (s *server) showRecount(v *visit) {
	r := recounting{preview: preview{visit: v, server: s, key: newKey()}}
	var err error
	if r.progress, err = s.progress(v); err != nil {
		v.fail(err)
		return
	}
	if r.progress != nil {
		who, err := s.namesOf(v.ctx, []string{r.progress.StartedBy}, nil)
		if err != nil {
			v.fail(err)
			return
		}
		r.by = who.person(v.page, r.progress.StartedBy)
	}
	switch {
	case v.partOnly() && r.running():
		v.part(recountProgress(r))
		return
	case v.partOnly():
		v.Header("HX-Redirect", recountURL)
		return
	}
	if r.running() {
		v.show(http.StatusOK, v.T("重新计算期限", "Counting the limits anew"), recountPage(r))
		return
	}
	if r.Preview, _, err = s.keeper.Preview(v.ctx, nil, v.Query(formCursor), calendars.DefaultMoves); err != nil {
		v.fail(err)
		return
	}
	v.show(http.StatusOK, v.T("重新计算期限", "Counting the limits anew"), recountPage(r))
}

// takeRecount has every open case count its limits anew by the calendar that was looked at. Started again, it goes on with what is left.
func (s *server) takeRecount(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	if sent.Has(formResumed) || sent.Get(formKey) == "" {
		v.Redirect(http.StatusSeeOther, recountURL)
		return
	}
	version := sent.Get(formCalendar)
	_, err = s.Once(v.ctx, v.actor.Person, sent.Get(formKey), []string{"start-recount", version}, func() error {
		_, no, err := s.keeper.StartRecount(v.ctx, v.actor.Person, version)
		if no != nil {
			return refused{no}
		}
		return casework.Transport(err)
	})
	if err != nil {
		v.fail(err)
		return
	}
	v.goOn(recountURL, v.T("已开始重新计算期限。", "The limits are being counted anew."))
}

var dayOfYear = regexp.MustCompile(`^(days|papers)\[(\d+)\](?:\.(\w+))?$`)

// noticeFields are the parts of a notice, in words.
var noticeFields = map[string][2]string{
	"": {"整个文件", "the file"}, formNotice: {"放假安排", "notice"}, "year": {"年份 year", "year"}, "notice": {"文号或者名称 notice", "number or name (notice)"}, "issued": {"发文日期 issued", "day of the notice (issued)"},
	"papers": {"通知网址 papers", "addresses (papers)"}, "days": {"日期列表 days", "list of days"}, "date": {"日期 date", "date"}, "isOffDay": {"是否放假 isOffDay", "off or not (isOffDay)"}, "name": {"节日名称 name", "name of the holiday"},
}

// noticeField names the part of a notice that a path leads to, in words.
func noticeField(v *visit, path string) string {
	words := func(name string) string {
		if w, ok := noticeFields[name]; ok {
			return v.T(w[0], w[1])
		}
		return name
	}
	found := dayOfYear.FindStringSubmatch(path)
	if found == nil {
		return words(path)
	}
	n, err := strconv.Atoi(found[2])
	if err != nil {
		return path
	}
	at := strconv.Itoa(n + 1)
	out := v.T("days 的第 "+at+" 项", "days, no. "+at)
	if found[1] == "papers" {
		out = v.T("papers 的第 "+at+" 项", "papers, no. "+at)
	}
	if found[3] != "" {
		out += v.T("：", ": ") + words(found[3])
	}
	return out
}

// yearOf is the year that a notice is for, for the heading of its preview; empty when it is not to be read.
func (p preview) yearOf() string {
	var y struct {
		Year   int    `json:"year"`
		Notice string `json:"notice"`
	}
	if json.Unmarshal([]byte(p.content), &y) != nil || y.Year == 0 {
		return ""
	}
	return strconv.Itoa(y.Year) + " · " + y.Notice
}

// moved tells by how much a due date would move.
func (p preview) moved(days int) string {
	if days < 0 {
		return p.T("提前 "+strconv.Itoa(-days)+" 天", p.page.Plural(-days, "", "day")+" earlier")
	}
	return p.T("推后 "+strconv.Itoa(days)+" 天", p.page.Plural(days, "", "day")+" later")
}

package web

import (
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"datacharter/casework"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/web/form"
)

// upkeep is a form of an administrator that is no command on a case.
type upkeep struct {
	*visit
	action string // where it is sent
	button string
	input  reflect.Type
	shapes form.Shapes
	sent   url.Values // nil before it was sent
	form   *form.Form
	whole  string // what is wrong with the whole
	key    string
}

// upkeepOf makes a form, filled in with the values given.
func (v *visit) upkeepOf(action string, button text.Text, of any, shapes form.Shapes, filled url.Values) *upkeep {
	u := &upkeep{visit: v, action: action, button: v.page.In(button), input: reflect.TypeOf(of), shapes: shapes, sent: filled, key: newKey()}
	u.form = form.Build(u.input, form.Clean(u.input, filled, shapes), shapes)
	return u
}

// taken reads what was sent into an input and reports whether it may be done: not what was filled in before a pause, nor without a key.
func (u *upkeep) taken(in any) bool {
	read, faults := form.Read(u.input, form.Clean(u.input, u.sent, u.shapes), u.shapes)
	reflect.ValueOf(in).Elem().Set(reflect.ValueOf(read).Elem())
	u.form.Blame(faults)
	return len(faults) == 0 && !u.sent.Has(formResumed) && u.sent.Get(formKey) != ""
}

// blame puts faults at the controls; it reports whether there are any.
func (u *upkeep) blame(faults ...refusal.Field) bool {
	u.form.Blame(faults)
	return len(faults) > 0
}

// once does what was asked, unless it was done before, and reports whether it is done; otherwise what is wrong stands in the form, or it has answered.
func (s *server) once(u *upkeep, asked []string, do func() error) (done, answered bool) {
	_, err := s.Once(u.ctx, u.actor.Person, u.sent.Get(formKey), asked, do)
	refused := refusalOf(err)
	switch {
	case err == nil:
		return true, false
	case refused == nil || errors.As(err, &casework.Unavailable{}):
		u.fail(err)
		return false, true
	}
	u.form.Blame(refused.Fields)
	u.whole = refused.Detail(u.page.Language)
	return false, false
}

// status is the one of a form that is shown again.
func (u *upkeep) status() int {
	if u.whole != "" || len(u.form.Faults) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// corner is a part of the administration, for the overview.
type corner struct {
	url          string
	words, about text.Text
}

var corners = []corner{
	{"/admin/people", text.Text{ZH: "人员和角色", EN: "People and roles"}, text.Text{ZH: "新增人员，授予或者收回角色，管理账户。", EN: "Add people, give and take roles, care for accounts."}},
	{"/admin/organizations", text.Text{ZH: "机构", EN: "Organisations"}, text.Text{ZH: "登记参与授权运营的机构及其统一社会信用代码。", EN: "The organisations that take part, with their credit codes."}},
	{"/admin/calendars", text.Text{ZH: "工作日日历", EN: "Calendars of working days"}, text.Text{ZH: "上传年度放假安排，先预览会移动的每一个到期日，再重新计算期限。", EN: "Upload a year's notice, see every due date that it would move, then count the limits anew."}},
	{"/admin/disagreements", text.Text{ZH: "记录与流程核对", EN: "Records and workflows"}, text.Text{ZH: "找出数据库记录与工作流不一致的案件并修复。", EN: "Cases whose record and workflow disagree, with their repair."}},
	{"/policies", text.Text{ZH: "规则方案", EN: "Rules"}, text.Text{ZH: "每一个期限、门槛和程序的数值、来源条文和核实程度。", EN: "Every figure with its source article and how it was verified."}},
}

// exitCorner: an exit is started on the page of its case.
const exitCorner = "/cases?kind=authorization&state=operating"

func (s *server) showAdmin(v *visit) {
	v.show(http.StatusOK, v.T("管理", "Administration"), adminPage(v.page))
}

// listURL is an address with the parameters that are not empty, as name, value pairs.
func listURL(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// firstOf is the address of a list's beginning; empty on its first page.
func firstOf(cursor, path string, pairs ...string) string {
	if cursor == "" {
		return ""
	}
	return listURL(path, pairs...)
}

// nextOf is the address of a list's next part; empty when there is none.
func nextOf(cursor, path string, pairs ...string) string {
	if cursor == "" {
		return ""
	}
	return listURL(path, append(pairs, "cursor", cursor)...)
}

func isBlank(s string) bool { return strings.TrimSpace(s) == "" }

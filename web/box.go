package web

import (
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/web/form"
)

// box is one control of the forms about accounts, which are made of no input type.
type box struct {
	Name         string
	Label, Hint  text.Text
	Type         string // of the HTML control
	Autocomplete string
	Value        string // never of a password
	Max          int    // characters; 0 for no bound
	Fault        *refusal.Field
}

// blame puts faults at their controls. What is wrong with no single one is wrong with the whole.
func blame(boxes []box, r *refusal.Refusal, language string) (faults []form.Fault, whole string) {
	if len(r.Fields) == 0 {
		return nil, r.Detail(language)
	}
	for _, field := range r.Fields {
		fault := form.Fault{Field: field}
		for i := range boxes {
			if boxes[i].Name == field.Path {
				boxes[i].Fault = &field
				fault.Name, fault.Label = field.Path, boxes[i].Label
			}
		}
		faults = append(faults, fault)
	}
	return faults, ""
}

// newPasswordBoxes are the controls to change a password; current names the present one.
func newPasswordBoxes(current text.Text) []box {
	return []box{
		{Name: "current", Label: current, Type: "password", Autocomplete: "current-password"},
		{
			Name: "new", Label: text.Text{ZH: "新密码", EN: "New password"}, Type: "password", Autocomplete: "new-password",
			Hint: text.Text{ZH: "至少12个字符；可以是一句话，可以含空格和汉字；不得包含用户名，不得是常见密码。", EN: "At least 12 characters; a sentence will do, with spaces or Chinese characters. It must not contain the user name or be a common password."},
		},
		{Name: "repeat", Label: text.Text{ZH: "再次输入新密码", EN: "New password again"}, Type: "password", Autocomplete: "new-password"},
	}
}

// passwordBox and codeBox are what people enter to show who they are.
func passwordBox() box {
	return box{Name: "password", Label: text.Text{ZH: "密码", EN: "Password"}, Type: "password", Autocomplete: "current-password"}
}

func codeBox() box {
	return box{
		Name: "code", Label: text.Text{ZH: "动态口令", EN: "One-time code"}, Type: "text", Autocomplete: "one-time-code", Max: codeLength,
		Hint: text.Text{ZH: "验证器应用当前显示的6位数字。每个口令只能使用一次。", EN: "The six digits that your authenticator app shows now. Each code counts once."},
	}
}

const codeLength = 10 // six digits, with spaces where people type them

// atBox puts a refusal of the code at the control that it is about.
func atBox(r *refusal.Refusal, code refusal.Code, name string) *refusal.Refusal {
	if r == nil || r.Code != code.Name {
		return r
	}
	return refusal.InvalidFields([]refusal.Field{code.At(name)})
}

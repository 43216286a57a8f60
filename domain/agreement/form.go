package agreement

import "datacharter/domain/text"

// Form is the form of a product or service (产品形态). It is stored data: never rename one. An agreement describes it in words, in Product.Form.
type Form string

// The forms.
const (
	DataSet      Form = "data-set"
	API          Form = "api"
	Model        Form = "model"
	Report       Form = "report"
	Verification Form = "verification"
	Tool         Form = "tool"
	OtherForm    Form = "other"
)

// Forms lists the forms with their words.
var Forms = []struct {
	Form  Form
	Words text.Text
}{
	{DataSet, text.Text{ZH: "数据集", EN: "data set"}},
	{API, text.Text{ZH: "接口服务", EN: "API"}},
	{Model, text.Text{ZH: "模型", EN: "model"}},
	{Report, text.Text{ZH: "分析报告", EN: "report"}},
	{Verification, text.Text{ZH: "核验服务", EN: "verification"}},
	{Tool, text.Text{ZH: "软件工具", EN: "software tool"}},
	{OtherForm, text.Text{ZH: "其他", EN: "other"}},
}

// Words names the form; both wordings are empty for a form there is not.
func (f Form) Words() text.Text {
	for _, known := range Forms {
		if known.Form == f {
			return known.Words
		}
	}
	return text.Text{}
}

// What a charge can be counted by (65号: 产品数量、服务次数、服务时间、数据调用量). They are stored data.
const (
	PerProduct = "number"
	PerService = "times"
	PerTime    = "time"
	PerCall    = "calls"
)

// Units lists what a charge can be counted by.
var Units = []string{PerProduct, PerService, PerTime, PerCall}

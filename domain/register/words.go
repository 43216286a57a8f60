package register

import (
	"datacharter/domain/agreement"
	"datacharter/domain/text"
)

// State is where an authorisation stands, for the public. It is stored data: never rename one.
type State string

// The states.
const (
	Filed     State = "filed"
	Operating State = "operating"
	Suspended State = "suspended"
	Exiting   State = "exiting"
	Closed    State = "closed"
)

// States lists the states in the order of an authorisation's life, with their words.
var States = []struct {
	State State
	Words text.Text
}{
	{Filed, text.Text{ZH: "待运营", EN: "not yet started"}},
	{Operating, text.Text{ZH: "运营中", EN: "in operation"}},
	{Suspended, text.Text{ZH: "暂停运营", EN: "suspended"}},
	{Exiting, text.Text{ZH: "退出办理中", EN: "exit under way"}},
	{Closed, text.Text{ZH: "已终止", EN: "ended"}},
}

// Words names the state; both wordings are empty for a state there is not.
func (s State) Words() text.Text {
	for _, known := range States {
		if known.State == s {
			return known.Words
		}
	}
	return text.Text{}
}

// Reason says why an entry changed. It is stored data: never rename one.
type Reason string

// The reasons.
const (
	AgreementFiled   Reason = "agreement-filed"
	Renewed          Reason = "renewed" // the first entry of an authorisation that follows another
	OperationStarted Reason = "operation-started"
	CeilingSet       Reason = "ceiling-set"
	ProductListed    Reason = "product-listed"
	PriceChanged     Reason = "price-changed"
	ProductDelisted  Reason = "product-delisted"
	ProductChanged   Reason = "product-changed" // its content, in a new version
	WasSuspended     Reason = "suspended"
	Resumed          Reason = "resumed"
	Registered       Reason = "registered" // of a resource or product in scope; or such a registration ended
	ExitOpened       Reason = "exit-opened"
	ExitStopped      Reason = "exit-stopped" // operation goes on
	Ended            Reason = "ended"
	Amended          Reason = "amended" // anything else
)

// Reasons lists the reasons with their words.
var Reasons = []struct {
	Reason Reason
	Words  text.Text
}{
	{AgreementFiled, text.Text{ZH: "协议备案", EN: "agreement filed"}},
	{Renewed, text.Text{ZH: "续约备案", EN: "renewal filed"}},
	{OperationStarted, text.Text{ZH: "开始运营", EN: "operation started"}},
	{CeilingSet, text.Text{ZH: "设定上限收费标准", EN: "ceiling set"}},
	{ProductListed, text.Text{ZH: "产品上架", EN: "product listed"}},
	{PriceChanged, text.Text{ZH: "收费调整", EN: "price changed"}},
	{ProductDelisted, text.Text{ZH: "产品下架", EN: "product delisted"}},
	{ProductChanged, text.Text{ZH: "产品内容变更", EN: "product changed"}},
	{WasSuspended, text.Text{ZH: "暂停运营", EN: "operation suspended"}},
	{Resumed, text.Text{ZH: "恢复运营", EN: "operation resumed"}},
	{Registered, text.Text{ZH: "登记结果变更", EN: "registration recorded"}},
	{ExitOpened, text.Text{ZH: "启动退出", EN: "exit opened"}},
	{ExitStopped, text.Text{ZH: "退出终止，继续运营", EN: "exit stopped, operation goes on"}},
	{Ended, text.Text{ZH: "授权终止", EN: "authorisation ended"}},
	{Amended, text.Text{ZH: "登记内容变更", EN: "entry amended"}},
}

// Words names the reason; both wordings are empty for a reason there is not.
func (r Reason) Words() text.Text {
	for _, known := range Reasons {
		if known.Reason == r {
			return known.Words
		}
	}
	return text.Text{}
}

// Fields names the fields of an entry, by their JSON names, in the order in which they are shown.
var Fields = []struct {
	Name  string
	Words text.Text
}{
	{"id", text.Text{ZH: "登记编号", EN: "identifier"}},
	{"title", text.Text{ZH: "授权运营名称", EN: "title"}},
	{"grantee", text.Text{ZH: "授权对象", EN: "grantee"}},
	{"agency", text.Text{ZH: "实施机构", EN: "implementing agency"}},
	{"state", text.Text{ZH: "状态", EN: "state"}},
	{"mode", text.Text{ZH: "授权运营方式", EN: "mode of authorisation"}},
	{"plan", text.Text{ZH: "实施方案", EN: "implementation plan"}},
	{"plan_case", text.Text{ZH: "实施方案编号", EN: "plan, by ID"}},
	{"plan_version", text.Text{ZH: "实施方案版本", EN: "version of the plan"}},
	{"purpose", text.Text{ZH: "用途", EN: "purpose"}},
	{"resources", text.Text{ZH: "数据资源范围", EN: "resources in scope"}},
	{"term", text.Text{ZH: "运营期限", EN: "term"}},
	{"decisions", text.Text{ZH: "集体决策", EN: "collective decisions"}},
	{"filed", text.Text{ZH: "备案日期", EN: "filed on"}},
	{"started", text.Text{ZH: "开始运营日期", EN: "started on"}},
	{"products", text.Text{ZH: "产品和服务", EN: "products and services"}},
	{"suspended", text.Text{ZH: "暂停日期", EN: "suspended since"}},
	{"exit", text.Text{ZH: "退出", EN: "exit"}},
	{"renews", text.Text{ZH: "所续授权运营", EN: "follows"}},
	{"registrations", text.Text{ZH: "资源和产品登记", EN: "registrations of resources and products"}},
}

// classes names the classes of products.
var classes = map[agreement.Class]text.Text{
	agreement.PublicBenefit: {ZH: "公共治理、公益事业", EN: "public governance and benefit"},
	agreement.Industry:      {ZH: "产业发展、行业发展", EN: "industry and sector development"},
}

// ClassWords names a class of products; both wordings are empty for a class there is not.
func ClassWords(c agreement.Class) text.Text { return classes[c] }

// units names what a charge is counted by (65号).
var units = map[string]text.Text{
	"number": {ZH: "产品数量", EN: "product"},
	"times":  {ZH: "服务次数", EN: "service"},
	"time":   {ZH: "服务时间", EN: "time of service"},
	"calls":  {ZH: "数据调用量", EN: "call"},
}

// UnitWords names what a charge is counted by; both wordings are empty for a unit there is not.
func UnitWords(unit string) text.Text { return units[unit] }

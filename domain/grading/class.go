package grading

import "datacharter/domain/text"

// Sector is the field to which data belongs: data is classified by sector first (行业领域).
type Sector string

// The sectors that the standard names, and one for all others.
const (
	Industry         Sector = "industry"
	Telecom          Sector = "telecom"
	Finance          Sector = "finance"
	Energy           Sector = "energy"
	Transport        Sector = "transport"
	NaturalResources Sector = "natural-resources"
	Health           Sector = "health"
	Education        Sector = "education"
	Science          Sector = "science"
	OtherSector      Sector = "other"
)

var sectors = []named[Sector]{
	{Industry, text.Text{ZH: "工业", EN: "industry"}},
	{Telecom, text.Text{ZH: "电信", EN: "telecommunications"}},
	{Finance, text.Text{ZH: "金融", EN: "finance"}},
	{Energy, text.Text{ZH: "能源", EN: "energy"}},
	{Transport, text.Text{ZH: "交通运输", EN: "transport"}},
	{NaturalResources, text.Text{ZH: "自然资源", EN: "natural resources"}},
	{Health, text.Text{ZH: "卫生健康", EN: "health"}},
	{Education, text.Text{ZH: "教育", EN: "education"}},
	{Science, text.Text{ZH: "科学", EN: "science"}},
	{OtherSector, text.Text{ZH: "其他行业领域", EN: "another sector"}},
}

// Sectors lists the sectors.
func Sectors() []Sector { return values(sectors) }

// Words names the sector.
func (s Sector) Words() text.Text { return wordsOf(sectors, s) }

// Attributes are the business attributes by which data is classified within its sector; each may be empty.
type Attributes struct {
	BusinessArea string `json:"business_area,omitempty" maxLength:"200" doc:"业务领域"`
	Department   string `json:"department,omitempty" maxLength:"200" doc:"责任部门"`
	Describes    string `json:"describes,omitempty" maxLength:"200" doc:"描述对象"`
	Stage        string `json:"stage,omitempty" maxLength:"200" doc:"流程环节"`
	DataSubject  string `json:"data_subject,omitempty" maxLength:"200" doc:"数据主体"`
	Theme        string `json:"theme,omitempty" maxLength:"200" doc:"内容主题"`
	Use          string `json:"use,omitempty" maxLength:"200" doc:"数据用途"`
	Processing   string `json:"processing,omitempty" maxLength:"200" doc:"数据处理"`
	Origin       string `json:"origin,omitempty" maxLength:"200" doc:"数据来源"`
}

// Attribute is one business attribute with its JSON name.
type Attribute struct {
	Name  string
	Words text.Text
	Value string
}

// List lists all attributes, empty ones among them, in the order of the standard.
func (a Attributes) List() []Attribute {
	return []Attribute{
		{"business_area", text.Text{ZH: "业务领域", EN: "business area"}, a.BusinessArea},
		{"department", text.Text{ZH: "责任部门", EN: "department responsible"}, a.Department},
		{"describes", text.Text{ZH: "描述对象", EN: "what it describes"}, a.Describes},
		{"stage", text.Text{ZH: "流程环节", EN: "stage of the process"}, a.Stage},
		{"data_subject", text.Text{ZH: "数据主体", EN: "data subject"}, a.DataSubject},
		{"theme", text.Text{ZH: "内容主题", EN: "theme"}, a.Theme},
		{"use", text.Text{ZH: "数据用途", EN: "use"}, a.Use},
		{"processing", text.Text{ZH: "数据处理", EN: "processing"}, a.Processing},
		{"origin", text.Text{ZH: "数据来源", EN: "origin"}, a.Origin},
	}
}

package main

import "strings"

// wholeRegistration takes a registration from its draft to its code, in spite of an objection.
func wholeRegistration(s *stage) {
	title := s.T("停车场余位登记", "Free parking spaces")
	s.registers(title)
	s.examined(title)
	s.disputed(title)
	s.coded(title)
}

// registers begins at the page of a resource, fills in what is asked for and hands it in.
func (s *stage) registers(title string) {
	s.t.Helper()
	r := s.as("丁十")
	r.resource()
	r.goTo("申请登记这项资源", "Apply for its registration")
	r.fill("数据名称", "name of the data", title)
	r.fill("登记机构", "registry", "示范市公共数据登记中心（虚构）")
	r.press("起草登记申请", "draft an application for registration")
	r.goTo("修改登记申请", "edit the application")
	r.fill("内容简介", "content in brief", "公共停车场的位置和余位："+title)
	r.fill("内部业务审核", "the registrant's own review", "业务科室审核通过。")
	for _, group := range [][2]string{
		{"主体信息", "registrant"},
		{"数据合法合规性来源", "lawful and compliant source"},
		{"数据资源情况", "data resource"},
		{"产品和服务信息", "products and services"},
		{"应用场景信息", "scenarios of use"},
		{"存证情况", "evidence preservation"},
		{"数据安全风险评估", "security risk assessment"},
	} {
		r.Within("group", s.T(group[0], group[1]), func() { r.fill("说明", "in words", "情况属实。") })
	}
	r.fill("存证摘要", "digest preserved", "sha256:"+strings.Repeat("0a", 32))
	r.fill("存证机构", "kept by", "存证平台（虚构）")
	r.Within("group", s.T("数据安全风险评估", "security risk assessment"), func() { r.attach("上传文件", "Upload files") })
	r.press("修改登记申请", "edit the application")
	r.goTo("提交首次登记申请", "submit the application for a first registration")
	r.press("提交首次登记申请", "submit the application for a first registration")
	r.reads("已办理：提交首次登记申请", "Done: submit the application for a first registration")
}

// resource goes to the page of the resource.
func (v *visitor) resource() {
	v.stage.t.Helper()
	v.Visit(v.stage.url + "/resources?text=停车场余位")
	v.Follow("link", wanted)
	v.WaitFor(wanted)
}

// examined has the registry accept it and review its form, in two people's hands.
func (s *stage) examined(title string) {
	s.t.Helper()
	accepts, reviews := s.as("癸一"), s.as("癸二")
	accepts.claim(title)
	accepts.press("受理", "accept the application")
	reviews.claim(title)
	reviews.fill("意见", "opinion", "材料齐全，形式合规。")
	reviews.press("形式审核通过", "pass the formal review")
}

// disputed has a member of the public, who found the notice without signing in, object; the registry finds nothing in it.
func (s *stage) disputed(title string) {
	s.t.Helper()
	anybody, rechecks := s.stranger("anybody"), s.as("癸四")
	anybody.Visit(s.url + "/register/registrations")
	anybody.reads("公共停车场的位置和余位："+title, "公共停车场的位置和余位："+title)
	anybody.Follow("link", title)
	anybody.Follow("link", s.T("登录并提出异议", "Sign in and object"))
	anybody.Follow("button", s.T("以 ", "Enter as ")+"壬一 ")
	anybody.fill("异议人姓名", "name of who objects", "王某（虚构）")
	anybody.fill("异议内容和理由", "objection and reasons", "来源与事实不符。")
	anybody.attach("上传文件", "Upload files")
	anybody.press("提出异议", "object to the registration")
	rechecks.claim(title)
	rechecks.reads("王某（虚构）", "王某（虚构）")
	rechecks.fill("核验情况和理由", "what was found", "经核验，与事实相符。")
	rechecks.press("异议不成立", "dismiss the objection")
}

// coded has the platform's code entered once the notice is over, and looks the result up without signing in.
func (s *stage) coded(title string) {
	s.t.Helper()
	const code = "示范-0001（虚构）"
	codes, r, anybody := s.as("癸三"), s.as("丁十"), s.stranger("anybody else")
	codes.claim(title)
	codes.fill("登记结果查询码", "code of the result", code)
	codes.fill("登记确认单编号", "number of the confirmation", "确001号（虚构）")
	codes.press("登记赋码", "record the code")
	r.open(title)
	r.reads(code, code)
	anybody.Visit(s.url + "/register/registrations/results")
	anybody.reads(title, title)
	anybody.reads(code, code)
}

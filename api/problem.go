package api

import (
	"net/http"

	"datacharter/casework"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// Problem is an answer other than success (RFC 9457).
type Problem struct {
	Type     string         `json:"type" format:"uri-reference" doc:"where the code is explained"`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Code     string         `json:"code" doc:"stable; rely on this"`
	Detail   string         `json:"detail" doc:"what is wrong, in the language asked for"`
	Instance string         `json:"instance" format:"uri-reference" doc:"this one occurrence: the command refused, or the request"`
	Errors   []FieldProblem `json:"errors,omitempty" doc:"the fields at fault"`
}

// FieldProblem is what is wrong with one field.
type FieldProblem struct {
	Path   string `json:"path" doc:"such as products[2].price; with query., path. or header. in front for what is not in the body"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Code }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return problemType }

const (
	problemType = "application/problem+json"
	requestURN  = "urn:datacharter:request:"
)

var titles = map[int]text.Text{
	http.StatusBadRequest:            {ZH: "请求无法解析", EN: "Bad request"},
	http.StatusUnauthorized:          {ZH: "未认证", EN: "Not authenticated"},
	http.StatusForbidden:             {ZH: "无权操作", EN: "Not entitled"},
	http.StatusNotFound:              {ZH: "未找到", EN: "Not found"},
	http.StatusMethodNotAllowed:      {ZH: "方法不允许", EN: "Method not allowed"},
	http.StatusRequestTimeout:        {ZH: "请求超时", EN: "Request timed out"},
	http.StatusConflict:              {ZH: "与当前状态冲突", EN: "Not possible as things stand"},
	http.StatusPreconditionFailed:    {ZH: "前提条件不符", EN: "Precondition failed"},
	http.StatusRequestEntityTooLarge: {ZH: "内容过大", EN: "Too large"},
	http.StatusUnsupportedMediaType:  {ZH: "不支持的内容类型", EN: "Unsupported media type"},
	http.StatusUnprocessableEntity:   {ZH: "内容有误", EN: "Invalid content"},
	casework.StatusGone:              {ZH: "请求已取消", EN: "Request given up"},
	http.StatusTooManyRequests:       {ZH: "请求过于频繁", EN: "Too many requests"},
	http.StatusInternalServerError:   {ZH: "系统内部错误", EN: "Internal error"},
	http.StatusServiceUnavailable:    {ZH: "暂时不可用", EN: "Not available now"},
}

// problem puts a refusal into the caller's words. instance is empty for the request itself.
func (c *call) problem(r *refusal.Refusal, instance string) *Problem {
	status := casework.Status(r.Code, r.Class())
	if instance == "" {
		instance = requestURN + c.id
	}
	p := &Problem{
		Type: problemsPath + r.Code, Title: titles[status].In(c.language), Status: status, Code: r.Code, Detail: r.Detail(c.language), Instance: instance,
	}
	for _, f := range r.Fields {
		p.Errors = append(p.Errors, FieldProblem{Path: f.Path, Code: f.Code, Detail: f.Detail(c.language)})
	}
	return p
}

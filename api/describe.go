package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"datacharter/version"
)

const schemasRef = "#/components/schemas/"

func newHuma(engine *gin.Engine) huma.API {
	teachHuma()
	config := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "datacharter", Version: version.Version, License: &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"},
				Description: "公共数据授权运营全过程管理。 Authorised operation of public data, from the first application to the last settlement. " +
					"Every command is a POST with an Idempotency-Key; it is answered with the case at its new version, or with a problem (RFC 9457).",
			},
			Components: &huma.Components{
				Schemas:         huma.NewMapRegistry(schemasRef, schemaName),
				SecuritySchemes: map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer", Description: "an API token"}},
			},
		},
		Formats: map[string]huma.Format{jsonType: format, "json": problemFormat}, DefaultFormat: jsonType,
	}
	config.FieldsOptionalByDefault = true // what must be filled in is for the domain to say: a draft may lack almost everything
	return humagin.New(engine, config)
}

// schemaName names the schema of a type: with its package in front unless it is one of this package, for two packages may use one name.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	from := path.Base(t.PkgPath())
	if t.Name() == "" || t.PkgPath() == reflect.TypeFor[server]().PkgPath() || from == "" {
		return name
	}
	from = strings.ToUpper(from[:1]) + from[1:]
	return from + strings.TrimPrefix(name, from)
}

func (s *server) schemas() huma.Registry { return s.huma.OpenAPI().Components.Schemas }

// withoutProperty takes a property out of the schema of an input.
func (s *server) withoutProperty(input reflect.Type, name string) {
	schema := s.schemas().Schema(input, false, "")
	delete(schema.Properties, name)
	schema.PrecomputeMessages()
}

// caseSchema describes a case of one kind: a Case whose content is that kind's.
func (c *collection) caseSchema() *huma.Schema {
	registry := c.server.schemas()
	kind := string(c.def.Kind())
	name := strings.ToUpper(kind[:1]) + kind[1:]
	if _, ok := registry.Map()[name]; !ok {
		whole := *registry.Schema(reflect.TypeFor[Case](), false, "")
		properties := map[string]*huma.Schema{}
		for property, schema := range whole.Properties {
			properties[property] = schema
		}
		properties["content"] = registry.Schema(c.content.of, true, name+"CaseContent")
		whole.Properties = properties
		registry.Map()[name] = &whole
	}
	return &huma.Schema{Ref: schemasRef + name}
}

// responses describes the answers with a case; running says whether the command may still be running.
func (c *collection) responses(status int, running bool) map[string]*huma.Response {
	r := map[string]*huma.Response{fmt.Sprint(status): {
		Description: http.StatusText(status), Content: map[string]*huma.MediaType{jsonType: {Schema: c.caseSchema()}},
	}}
	if running {
		r["202"] = &huma.Response{
			Description: "the command is still running; ask at Location",
			Content:     map[string]*huma.MediaType{jsonType: {Schema: c.server.schemas().Schema(reflect.TypeFor[Running](), true, "")}},
		}
	}
	return r
}

// describe completes the description of the API once all routes are registered. That it can be rendered is for tests to see: it is the same in every run.
func (s *server) describe() {
	api := s.huma.OpenAPI()
	binary := &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	api.Paths[base+"/attachments"].Post.RequestBody = &huma.RequestBody{
		Required: true, Description: "文件本身及其类型，或者仅含名为file一项的表单。 The file itself with its media type, or a form whose one part is named file.",
		Content: map[string]*huma.MediaType{
			"application/octet-stream": binary,
			"multipart/form-data":      {Schema: &huma.Schema{Type: "object", Properties: map[string]*huma.Schema{"file": binary.Schema}}},
		},
	}
	api.Paths[base+"/attachments/{digest}"].Get.Responses["200"].Content = map[string]*huma.MediaType{"application/octet-stream": binary}
	s.requireOutputs(api)
	s.spec = sync.OnceValue(func() []byte { return must(json.Marshal(api)) })
	s.pages = sync.OnceValue(func() map[string][]byte { return must(referencePages(api)) })
}

func must[T any](made T, err error) T {
	if err != nil {
		panic(err)
	}
	return made
}

// requireOutputs notes in the schemas of answers what is always there. Those that requests share stay as they are.
func (s *server) requireOutputs(api *huma.OpenAPI) {
	inputs := map[string]bool{}
	for _, item := range api.Paths {
		if item.Post != nil && item.Post.RequestBody != nil {
			for _, media := range item.Post.RequestBody.Content {
				s.reach(media.Schema, inputs)
			}
		}
	}
	for name, schema := range s.schemas().Map() {
		t := s.schemas().TypeFromRef(schemasRef + name)
		if t == nil { // made by caseSchema
			t = reflect.TypeFor[Case]()
		}
		if inputs[name] {
			continue
		}
		schema.Required, schema.AdditionalProperties = nil, nil // a later version may say more
		for _, f := range reflect.VisibleFields(t) {
			property, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			if _, ok := schema.Properties[property]; ok && !strings.Contains(options, "omit") {
				schema.Required = append(schema.Required, property)
			}
		}
		slices.Sort(schema.Required)
		schema.Required = slices.Compact(schema.Required)
	}
}

// reach notes the names of all schemas that a schema refers to.
func (s *server) reach(schema *huma.Schema, seen map[string]bool) {
	if schema == nil {
		return
	}
	if name := strings.TrimPrefix(schema.Ref, schemasRef); name != "" && !seen[name] {
		seen[name] = true
		s.reach(s.schemas().SchemaFromRef(schema.Ref), seen)
	}
	s.reach(schema.Items, seen)
	for _, property := range schema.Properties {
		s.reach(property, seen)
	}
}

func (s *server) openAPI(c *gin.Context) {
	c.Header("Cache-Control", "public, max-age=300")
	c.Data(http.StatusOK, "application/openapi+json", s.spec())
}

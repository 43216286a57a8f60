package api

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

const (
	base         = "/api/v1"
	problemsPath = base + "/problems/"
	commandsPath = base + "/commands/"
	tasksPath    = base + "/tasks/"
)

// get registers a route that reads.
func get[I, O any](s *server, path, id string, words text.Text, may rights, handler func(context.Context, *I) (*O, error)) {
	register(s, huma.Operation{OperationID: id, Method: http.MethodGet, Path: base + path, Errors: []int{400, 404}}, words, may, false, handler)
}

// post registers a route that changes something other than a case; status is that of success.
func post[I, O any](s *server, path, id string, status int, words text.Text, may rights, handler func(context.Context, *I) (*O, error)) {
	register(s, huma.Operation{
		OperationID: id, Method: http.MethodPost, Path: base + path, DefaultStatus: status, RequestBody: &huma.RequestBody{Required: true},
		Errors: []int{400, 404, 409, 413, 415},
	}, words, may, false, handler)
}

// create registers the command by which people open a case of a kind. Who holds none of the roles anywhere is sent away before a workflow begins.
func create[T any](c *collection, name string, may ...lifecycle.Party) {
	words := c.expect(name, reflect.TypeFor[T](), may)
	op := c.operation(name, base+"/"+c.name, http.StatusCreated, reflect.TypeFor[T]())
	register(c.server, op, words, may, false, func(ctx context.Context, in *createInput[T]) (*caseOutput, error) {
		return c.server.carryOut(ctx, asked{of: c, name: name, path: op.Path, key: in.Key, data: canonical(in.Body), opens: true})
	})
}

// command registers a command on a case.
func command[T any](c *collection, name string, may ...lifecycle.Party) {
	words := c.expect(name, reflect.TypeFor[T](), may)
	op := c.operation(name, base+"/"+c.name+"/{id}/"+name, http.StatusOK, reflect.TypeFor[T]())
	register(c.server, op, words, may, true, func(ctx context.Context, in *commandInput[T]) (*caseOutput, error) {
		return c.server.carryOut(ctx, asked{
			of: c, caseID: in.ID, name: name, path: c.href(in.ID) + "/" + name, key: in.Key, ifMatch: in.IfMatch, data: canonical(in.Body),
		})
	})
}

// onTask registers a command on a task, for the kinds of case whose tasks know it. The path names the task, so the body does not. A kind may take less
// than T: the part that T embeds; and be for some of those alone whom the route is for.
func onTask[T any](s *server, name string, may rights, of ...*collection) {
	var words text.Text
	for _, c := range of {
		words = c.expect(name, part(reflect.TypeFor[T](), c.def.Input(name)), may.among(people(c.rows[name])))
	}
	op := of[0].operation(name, tasksPath+"{id}/"+name, http.StatusOK, reflect.TypeFor[T]())
	op.OperationID, op.Tags = name+"-task", []string{"tasks"}
	register(s, op, words, may, true, func(ctx context.Context, in *commandInput[T]) (*caseOutput, error) {
		a, err := s.askedOn(ctx, in.ID, of)
		if err != nil {
			return nil, err
		}
		body := in.Body
		if body == nil {
			body = new(T)
		}
		reflect.ValueOf(body).Elem().FieldByName("Task").SetString(in.ID)
		if r := beyond(reflect.ValueOf(body).Elem(), a.of.def.Input(name)); r != nil {
			return nil, &failure{refusal: r}
		}
		a.name, a.path, a.key, a.ifMatch, a.data = name, tasksPath+in.ID+"/"+name, in.Key, in.IfMatch, canonical(body)
		return s.carryOut(ctx, a)
	})
	s.withoutProperty(reflect.TypeFor[T](), "task")
}

// part is what a command takes of a wider input: all of it, or what it embeds.
func part(wide, takes reflect.Type) reflect.Type {
	for i := range wide.NumField() {
		if f := wide.Field(i); f.Anonymous && f.Type == takes {
			return f.Type
		}
	}
	return wide
}

// beyond refuses what was sent beside the part of an input that a command takes.
func beyond(wide reflect.Value, takes reflect.Type) *refusal.Refusal {
	if wide.Type() == takes {
		return nil
	}
	var f refusal.Faults
	for i := range wide.NumField() {
		if field := wide.Type().Field(i); !field.Anonymous && !wide.Field(i).IsZero() {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			f.Add(refusal.UnknownField.At(name))
		}
	}
	return f.Refusal()
}

// createInput is a request that opens a case.
type createInput[T any] struct {
	Keyed
	Body *T
}

// commandInput is a request that gives a command.
type commandInput[T any] struct {
	ID string `path:"id" maxLength:"200"`
	Keyed
	IfMatch string `header:"If-Match" pattern:"^(\\*|\"[1-9][0-9]{0,17}\")$" doc:"the ETag read: the command is refused when the case has changed since"`
	Body    *T
}

// register adds a route with its right to the router and to the API's description.
func register[I, O any](s *server, op huma.Operation, words text.Text, may rights, byTable bool, handler func(context.Context, *I) (*O, error)) {
	who := may.words()
	op.Summary = words.EN
	op.Description = words.ZH + "。权限：" + who.ZH + "。 For: " + who.EN + "."
	op.Extensions = map[string]any{"x-words": words, "x-for": who}
	op.RejectUnknownQueryParameters = true
	if len(op.Tags) == 0 {
		op.Tags = []string{strings.SplitN(strings.TrimPrefix(op.Path, base+"/"), "/", 2)[0]}
	}
	if may != nil {
		op.Security = []map[string][]string{{"bearer": {}}}
		op.Errors = append(op.Errors, 401, 403)
		op.Middlewares = huma.Middlewares{s.admit(may, byTable)}
	}
	op.Errors = append(op.Errors, 422, 500)
	slices.Sort(op.Errors)
	op.Errors = slices.Compact(op.Errors)
	if may == nil && op.Method == http.MethodPost {
		op.Errors = append(op.Errors, 429)
		op.Middlewares = huma.Middlewares{s.notTooMany}
	}
	huma.Register(s.huma, op, handler)
}

// operation describes a command.
func (c *collection) operation(name, path string, status int, input reflect.Type) huma.Operation {
	return huma.Operation{
		OperationID: name + "-" + string(c.def.Kind()), Method: http.MethodPost, Path: path, DefaultStatus: status, Tags: []string{c.name},
		RequestBody: &huma.RequestBody{Required: asks(input)}, Responses: c.responses(status, true),
		Errors: []int{400, 404, 409, 412, 413, 415, 503},
	}
}

// asks reports whether an input has anything that must be filled in; the path names the task.
func asks(input reflect.Type) bool {
	return slices.ContainsFunc(reflect.VisibleFields(input), func(f reflect.StructField) bool {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		return name != "" && name != "task" && !strings.Contains(options, "omitempty")
	})
}

// expect looks a command up in the state table, notes that it has a route, and returns its words. A route that says something other than the
// table is a mistake in the program.
func (c *collection) expect(name string, input reflect.Type, may rights) text.Text {
	row, ok := c.rows[name]
	switch {
	case !ok:
		panic(fmt.Sprintf("%s: there is no command %q", c.name, name))
	case c.def.Input(name) != input:
		panic(fmt.Sprintf("%s: command %q takes %s", c.name, name, c.def.Input(name)))
	case !slices.Equal(people(row), []lifecycle.Party(may)):
		panic(fmt.Sprintf("%s: command %q is for %v", c.name, name, row.By))
	case slices.Contains(c.commands, name):
		panic(fmt.Sprintf("%s: command %q has two routes", c.name, name))
	}
	c.commands = append(c.commands, name)
	return row.Words
}

// people are the parties to a command, the system apart.
func people(row lifecycle.Row) []lifecycle.Party {
	return slices.DeleteFunc(slices.Clone(row.By), func(p lifecycle.Party) bool { return p.Where == lifecycle.OfSystem })
}

package policies

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"

	"datacharter/domain/policy"
)

// Bounds of an expression: what a condition of a profile needs is far below.
const (
	maxExpression = 1000  // characters
	maxNesting    = 50    // levels
	maxCost       = 20000 // CEL cost units of one evaluation
)

// The two languages of conditions: what each may speak of is documented at policy.Outcomes and policy.ApplicationFacts.
var (
	outcomes = language(
		cel.Variable("total", cel.IntType),
		cel.Variable("approved", cel.IntType),
		cel.Variable("returned", cel.IntType),
		cel.Variable("rejected", cel.IntType),
	)
	application = language(
		cel.Variable("mode", cel.StringType),
		cel.Variable("term_months", cel.IntType),
		cel.Variable("products", cel.ListType(cel.ObjectType("product"))),
		cel.Variable("resources", cel.IntType),
	)
)

// records names the text fields of the objects in facts, so that a misspelt field is found when a profile is loaded.
var records = map[string][]string{"product": {"name", "class", "form"}}

func language(variables ...cel.EnvOption) *cel.Env {
	registry, err := types.NewRegistry()
	if err == nil {
		var env *cel.Env
		env, err = cel.NewEnv(append([]cel.EnvOption{
			cel.CustomTypeProvider(factTypes{registry}),
			cel.ParserExpressionSizeLimit(maxExpression),
			cel.ParserRecursionLimit(maxNesting),
		}, variables...)...)
		if err == nil {
			return env
		}
	}
	panic(err) // what is declared is constant
}

// factTypes gives CEL's type checker the fields of records; the facts themselves are maps.
type factTypes struct{ types.Provider }

func (t factTypes) FindStructType(name string) (*types.Type, bool) {
	if _, ok := records[name]; ok {
		return types.NewTypeTypeWithParam(types.NewObjectType(name)), true
	}
	return t.Provider.FindStructType(name)
}

func (t factTypes) FindStructFieldNames(name string) ([]string, bool) {
	if fields, ok := records[name]; ok {
		return fields, true
	}
	return t.Provider.FindStructFieldNames(name)
}

func (t factTypes) FindStructFieldType(name, field string) (*types.FieldType, bool) {
	if fields, ok := records[name]; ok {
		return &types.FieldType{Type: types.StringType}, slices.Contains(fields, field)
	}
	return t.Provider.FindStructFieldType(name, field)
}

// compile compiles every condition of the profile and reports what is wrong with one at its place.
func (d *decoder) compile(p *policy.Profile) {
	d.condition("review.rejected", outcomes, &p.Review.Rejected)
	d.condition("review.returned", outcomes, &p.Review.Returned)
	d.condition("review.passed", outcomes, &p.Review.Passed)
	for i := range p.Review.Reviews {
		if when := p.Review.Reviews[i].When; when != nil {
			d.condition(fmt.Sprintf("review.reviews[%d].when", i), application, when)
		}
	}
}

func (d *decoder) condition(path string, env *cel.Env, c *policy.Condition) {
	at := d.places[path]
	ast, issues := env.Compile(c.Source)
	if issues.Err() != nil {
		for _, e := range issues.Errors() {
			within := at
			if at.plain {
				within.column += e.Location.Column()
			}
			d.report(within, path, "%s", strings.TrimSuffix(e.Message, " (in container '')"))
		}
		return
	}
	if !ast.OutputType().IsExactType(types.BoolType) {
		d.report(at, path, "is of type %s, but a condition is true or false", ast.OutputType())
		return
	}
	program, err := env.Program(ast, cel.CostLimit(maxCost))
	if err != nil {
		d.report(at, path, "%v", err)
		return
	}
	c.Test = func(facts map[string]any) (bool, error) {
		value, _, err := program.Eval(facts)
		if err != nil {
			return false, fmt.Errorf("condition %q: %w", c.Source, err)
		}
		return value.Value().(bool), nil // as type-checked
	}
}

package policies

import (
	"fmt"
	"maps"
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

// The languages of conditions: what each may speak of is documented at policy.Outcomes, policy.ApplicationFacts, policy.ApplicantFacts and
// policy.CompetitionFacts.
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
	applicant = language(
		cel.Variable("capital", cel.IntType),
		cel.Variable("staff", cel.IntType),
		cel.Variable("technical_staff", cel.IntType),
		cel.Variable("years", cel.IntType),
		cel.Variable("security_level", cel.IntType),
		cel.Variable("projects", cel.IntType),
		cel.Variable("certificates", cel.ListType(cel.StringType)),
		cel.Variable("discredited", cel.BoolType),
		cel.Variable("insolvent", cel.BoolType),
		cel.Variable("term_months", cel.IntType),
		cel.Variable("mode", cel.StringType),
		cel.Variable("products", cel.ListType(cel.ObjectType("product"))),
	)
	competition = language(
		cel.Variable("takers", cel.IntType),
		cel.Variable("own_takers", cel.IntType),
		cel.Variable("products", cel.ListType(cel.ObjectType("offer"))),
		cel.Variable("pairs", cel.ListType(cel.ObjectType("pair"))),
		cel.Variable("texts", cel.ListType(cel.StringType)),
	)
)

// records names the fields of the objects in facts with their types, so that a misspelt field is found when a profile is loaded.
var records = map[string]map[string]*types.Type{
	"product": {"name": types.StringType, "class": types.StringType, "form": types.StringType},
	"offer": {
		"name": types.StringType, "class": types.StringType, "listed": types.BoolType, "over_ceiling": types.BoolType, "takers": types.IntType, "events": types.IntType,
		"largest_share": types.IntType, "discounts": types.IntType, "largest_discount": types.IntType,
	},
	"pair": {"product": types.StringType, "with": types.StringType, "takers": types.IntType, "both": types.IntType},
}

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
		return slices.Sorted(maps.Keys(fields)), true
	}
	return t.Provider.FindStructFieldNames(name)
}

func (t factTypes) FindStructFieldType(name, field string) (*types.FieldType, bool) {
	if fields, ok := records[name]; ok {
		kind, known := fields[field]
		return &types.FieldType{Type: kind}, known
	}
	return t.Provider.FindStructFieldType(name, field)
}

// ApplicantCondition compiles a condition that a plan sets for operators; what it may speak of is documented at policy.ApplicantFacts. The error is for the
// program's own log: it may repeat the expression.
func ApplicantCondition(expression string) (policy.Condition, error) {
	c := policy.Condition{Source: expression}
	ast, issues := applicant.Compile(expression)
	if issues.Err() != nil {
		return c, issues.Err()
	}
	err := build(applicant, ast, &c)
	return c, err
}

// compile compiles every condition of the profile and reports what is wrong with one at its place.
func (d *decoder) compile(p *policy.Profile) {
	d.phase("review", &p.Review)
	if p.Plan != nil {
		d.phase("plan.review", &p.Plan.Review)
	}
	if p.Product != nil {
		d.phase("product.review", &p.Product.Review)
		if t := p.Product.Trial; t != nil && t.When != nil {
			d.condition("product.trial.when", application, t.When)
		}
	}
	if p.Supervision != nil {
		d.indicators(p.Supervision)
	}
}

// indicators compiles the indicators of fair competition.
func (d *decoder) indicators(s *policy.Supervision) {
	for i := range s.Competition {
		d.condition(fmt.Sprintf("supervision.competition[%d].when", i), competition, &s.Competition[i].When)
	}
}

func (d *decoder) phase(path string, r *policy.ReviewPhase) {
	d.condition(path+".rejected", outcomes, &r.Rejected)
	d.condition(path+".returned", outcomes, &r.Returned)
	d.condition(path+".passed", outcomes, &r.Passed)
	for i := range r.Reviews {
		if when := r.Reviews[i].When; when != nil {
			d.condition(fmt.Sprintf("%s.reviews[%d].when", path, i), application, when)
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
	if err := build(env, ast, c); err != nil {
		d.report(at, path, "%v", err)
	}
}

// build makes a condition of a compiled expression.
func build(env *cel.Env, ast *cel.Ast, c *policy.Condition) error {
	if !ast.OutputType().IsExactType(types.BoolType) {
		return fmt.Errorf("is of type %s, but a condition is true or false", ast.OutputType())
	}
	program, err := env.Program(ast, cel.CostLimit(maxCost))
	if err != nil {
		return err
	}
	source := c.Source
	c.Test = func(facts map[string]any) (bool, error) {
		value, _, err := program.Eval(facts)
		if err != nil {
			return false, fmt.Errorf("condition %q: %w", source, err)
		}
		return value.Value().(bool), nil // as type-checked
	}
	return nil
}

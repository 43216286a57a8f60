// Package seed fills a database with many plausible cases, for measuring how reads grow with them.
package seed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
	"datacharter/internal/lives"
	"datacharter/internal/lives/settle"
	"datacharter/serve"
	"datacharter/store"
)

// The size of what is seeded.
const (
	casesOfOperator = 25  // on average
	seededTogether  = 100 // cases in one transaction
	seedOperators   = 20  // have people who can sign in
)

// seeding fills a database with cases: some lives are led by the rules in memory, and copied under other IDs, applicants and titles through the
// store's own projection, so that a copy has the events and every row that the case would have. Only its commands are summed up in one.
type seeding struct {
	store     *store.Store
	random    *rand.Rand
	templates []template
	operators []string
}

// Fill migrates the database at the URL and adds at least so many cases to it. The people are those of the package lives, with a supervisor and
// applicants of other operators, "applicant-of-operator-00001" and so on.
func Fill(ctx context.Context, out io.Writer, url string, cases int) (err error) {
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if _, err := serve.Migrate(ctx, url, logger, func(int64, int64) {}); err != nil { // so that the read models need not be made anew later
		return err
	}
	s := &seeding{random: rand.New(rand.NewPCG(1, 1))} //nolint:gosec // the same cases every time
	if s.store, err = store.Open(ctx, url, store.Options{Logger: logger}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.store.Close()) }()
	began := time.Now()
	if err := s.people(ctx, max(1, cases/casesOfOperator)); err != nil {
		return err
	}
	if s.templates, err = leadLives(s.random, began); err != nil {
		return err
	}
	made, tasks := 0, 0
	for made < cases {
		err := s.store.InTx(ctx, func(tx *store.Tx) error {
			for target := min(made+seededTogether, cases); made < target; {
				t := s.templates[s.random.IntN(len(s.templates))]
				if err := s.copy(tx, t, made); err != nil {
					return err
				}
				made += len(t.cases)
				tasks += t.tasks
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := s.deliver(ctx); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%d cases with %d tasks of %d operators in %.0f s\n", made, tasks, len(s.operators), time.Since(began).Seconds())
	return err
}

// people creates the cast and the operators.
func (s *seeding) people(ctx context.Context, operators int) error {
	if err := settle.In(ctx, s.store); err != nil {
		return err
	}
	errs := []error{
		s.store.CreateOrganization(ctx, lifecycle.Organization{ID: "seed-supervisor", Kind: identity.Supervisor, Name: "监督机构(虚构)"}),
		s.store.CreatePerson(ctx, "supervisor", "监督员(虚构)"), s.store.Grant(ctx, "supervisor", "seed-supervisor", identity.Auditor),
	}
	s.operators = []string{lives.Operator}
	for i := 1; i < operators; i++ {
		id := fmt.Sprintf("operator-%05d", i)
		s.operators = append(s.operators, id)
		errs = append(errs, s.store.CreateOrganization(ctx, lifecycle.Organization{
			ID: id, Kind: identity.Operator, Name: fmt.Sprintf("第%d数据运营有限公司(虚构)", i), CreditCode: identity.FictitiousCreditCode(1000 + i).String(),
		}))
		if i < seedOperators {
			person := "applicant-of-" + id
			errs = append(errs, s.store.CreatePerson(ctx, person, "申请人(虚构)"), s.store.Grant(ctx, person, id, identity.Applicant))
		}
	}
	return errors.Join(errs...)
}

// copy records the cases of a template under new IDs; n is the number of cases made before.
func (s *seeding) copy(tx *store.Tx, t template, n int) error {
	operator := s.operators[s.random.IntN(len(s.operators))]
	rename := strings.NewReplacer(t.name, fmt.Sprintf("seed%010d", n), templateTitle, s.title(), `"`+lives.Operator+`"`, `"`+operator+`"`)
	for _, events := range t.cases {
		if err := s.record(tx, t, events, rename, operator); err != nil {
			return err
		}
	}
	return nil
}

// record keeps one copied case, as if one command had led to all its events.
func (s *seeding) record(tx *store.Tx, t template, events []lifecycle.Event, rename *strings.Replacer, operator string) error {
	id := rename.Replace(events[0].Case)
	def, err := kinds.Of(t.kinds[events[0].Case])
	if err != nil {
		return err
	}
	c, err := tx.Case(def, id)
	if err != nil {
		return err
	}
	change := store.Change{
		Definition: def, Case: c, Events: make([]lifecycle.Event, len(events)), Effects: make([][]lifecycle.Effect, len(events)),
		Command: store.CommandRecord{ID: "seed-" + id, Case: id, Kind: def.Kind(), Name: "seed", Person: identity.SystemPerson, Fingerprint: "seed"},
	}
	for i, e := range events {
		e.Case, e.CommandID, e.Data = id, change.Command.ID, []byte(rename.Replace(string(e.Data)))
		if e.By.Organization == lives.Operator {
			e.By.Organization = operator
		}
		change.Events[i] = e
	}
	effects, err := def.Apply(c, change.Events)
	if err != nil {
		return err
	}
	for i := range effects {
		for _, effect := range effects[i] { // notices would be many, and commands to other cases have been given already
			if effect.Publication != nil {
				change.Effects[i] = append(change.Effects[i], effect)
			}
		}
	}
	return tx.Record(change)
}

// deliver puts what is public into the public record.
func (s *seeding) deliver(ctx context.Context) error {
	for {
		messages, err := s.store.Outbox(ctx, 500, time.Now())
		if err != nil || len(messages) == 0 {
			return err
		}
		if err := s.store.Deliver(ctx, messages...); err != nil {
			return err
		}
	}
}

// The words of titles: each title has one of each.
var (
	Districts = strings.Fields("东城区 西城区 南山区 北辰区 江宁区 河西区 海陵区 临港区 高新区 开发区 青山区 白云区 金湖县 银川县 玉山县 石桥镇")
	Themes    = strings.Fields("公交到站 道路交通 停车泊位 气象观测 水质监测 医疗服务 社会保障 不动产登记 企业信用 文化旅游 教育资源 农业种植 物流仓储 能源消耗 应急救援 城市照明")
)

func (s *seeding) title() string {
	return fmt.Sprintf("示范市%s%s数据授权运营第%d期(虚构)", Districts[s.random.IntN(len(Districts))], Themes[s.random.IntN(len(Themes))], s.random.IntN(500)+1)
}

package store

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/register"
)

// exhibit is a case with an entry of the usual size.
type exhibit struct {
	lifecycle.Header
	entry register.Entry
}

func (e *exhibit) RegisterEntry() (register.Entry, bool) { return e.entry, true }

var (
	subjects = strings.Fields("交通 医疗 气象 教育 社保 税务 水务 电力 农业 文旅 住建 环保 市监 司法 民政 海洋 林业 审计 消防 体育")
	purposes = strings.Fields("流量 指数 评价 预测 画像 核验 监测 调度 分析 统计")
)

// exhibits makes the i-th entry; each agency has a hundred, each grantee ten.
func exhibits(i int) *exhibit {
	price, err := pricing.ParsePrice(fmt.Sprintf("%d.5", i%7))
	if err != nil {
		panic(err)
	}
	id := fmt.Sprintf("aut-%08x", uint32(i)*2654435761)
	from := calendar.NewDate(2026, 3, 1).AddDays(i % 1000)
	e := register.Entry{
		ID: id, Title: subjects[i%20] + "数据" + purposes[i/20%10] + fmt.Sprintf("授权运营%d", i), Grantee: fmt.Sprintf("org-%05d", i/10), Agency: fmt.Sprintf("agency-%04d", i/100),
		State: register.States[i%5].State, Mode: []string{"whole", "field", "scenario"}[i%3], Resources: []string{"r-1", "r-2"},
		Term: register.Term{From: from, To: from.AddMonths(36)}, Filed: from.AddDays(-20), Started: from,
		Products: []register.Product{
			{Name: purposes[i%10] + "查询", Class: agreement.PublicBenefit, Form: "查询", Price: &pricing.Price{}, Listed: true, Since: from},
			{Name: purposes[i%10] + "接口", Class: agreement.Industry, Form: "接口", Unit: "calls", Price: &price, Ceiling: &price, Listed: i%4 > 0, Since: from.AddDays(i % 90)},
		},
	}
	x := &exhibit{entry: e}
	x.ID, x.ChangedAt = id, from.Start().Add(time.Duration(i)*time.Second)
	return x
}

// BenchmarkRegister measures the reads of the public register, each as the 95th percentile over the different questions.
func BenchmarkRegister(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		s := filledRegister(b, n)
		yes := true
		for _, read := range []struct {
			name string
			ask  func(ctx context.Context, i int) error
		}{
			{"all", func(ctx context.Context, _ int) error { _, err := s.ListRegister(ctx, RegisterFilter{}); return err }},
			{"ends", func(ctx context.Context, _ int) error {
				_, err := s.ListRegister(ctx, RegisterFilter{Sort: ByTermEnd, State: register.Operating})
				return err
			}},
			{"state and mode", func(ctx context.Context, i int) error {
				_, err := s.ListRegister(ctx, RegisterFilter{State: register.States[i%5].State, Mode: "field"})
				return err
			}},
			{"agency", func(ctx context.Context, i int) error {
				_, err := s.ListRegister(ctx, RegisterFilter{Agency: fmt.Sprintf("agency-%04d", i%(n/100)), State: register.Operating})
				return err
			}},
			{"common words", func(ctx context.Context, i int) error {
				_, err := s.ListRegister(ctx, RegisterFilter{Text: subjects[i%20] + " 数据"})
				return err
			}},
			{"rare words", func(ctx context.Context, i int) error {
				_, err := s.ListRegister(ctx, RegisterFilter{Text: fmt.Sprintf("数据 %d", i*37%n)})
				return err
			}},
			{"names", func(ctx context.Context, i int) error {
				_, err := s.ListRegister(ctx, RegisterFilter{Text: fmt.Sprintf("第%d公司", i*37%(n/10))})
				return err
			}},
			{"no such word", func(ctx context.Context, _ int) error {
				_, err := s.ListRegister(ctx, RegisterFilter{Text: "数据 不存在"})
				return err
			}},
			{"products", func(ctx context.Context, i int) error {
				_, err := s.ListRegisterProducts(ctx, RegisterProductFilter{Class: agreement.Industry, Charge: register.Charged, Listed: &yes, Text: purposes[i%10]})
				return err
			}},
			{"entry", func(ctx context.Context, i int) error {
				_, err := s.GetRegisterEntry(ctx, exhibits(i*37%n).ID)
				return err
			}},
			{"counts", func(ctx context.Context, _ int) error { _, err := s.CountRegister(ctx); return err }},
		} {
			b.Run(fmt.Sprintf("%s/%d", read.name, n), func(b *testing.B) {
				var took []time.Duration
				for i := 0; b.Loop(); i++ {
					began := time.Now()
					if err := read.ask(b.Context(), i); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(began))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)*95/100])/float64(time.Millisecond), "p95-ms")
			})
		}
	}
}

func filledRegister(b *testing.B, n int) *Store {
	b.Helper()
	url := "sqlite:" + filepath.Join(b.TempDir(), "store.db")
	if _, err := MigrateUp(b.Context(), url); err != nil {
		b.Fatal(err)
	}
	s, err := Open(b.Context(), url, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	err = s.write.Transaction(func(db *gorm.DB) error {
		var organizations []organizationRow
		for i := range n/10 + 1 {
			organizations = append(organizations, organizationRow{ID: fmt.Sprintf("org-%05d", i), Name: fmt.Sprintf("某市第%d公司", i), Kind: "operator"})
		}
		for i := range n/100 + 1 {
			organizations = append(organizations, organizationRow{ID: fmt.Sprintf("agency-%04d", i), Name: fmt.Sprintf("某市第%d数据局", i), Kind: "agency"})
		}
		if err := insertRows(db, organizations); err != nil {
			return err
		}
		var rows publicRows
		for i := range n {
			rows.add(publicRowsOf(exhibits(i)))
			if len(rows.entries) == rebuildCases || i == n-1 {
				if err := rows.insert(db); err != nil {
					return err
				}
				rows = publicRows{}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

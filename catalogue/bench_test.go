package catalogue

import (
	"bytes"
	"context"
	"os"
	"testing"

	"datacharter/domain/catalogue"
)

func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"jiangsu", "hongkong"} {
		b.Run(name, func(b *testing.B) {
			file, err := os.ReadFile("../demo/catalogue/" + name + ".json")
			if err != nil {
				b.Fatal(err)
			}
			rows := 0
			b.SetBytes(int64(len(file)))
			for b.Loop() {
				if _, err := Read(context.Background(), bytes.NewReader(file), func(Row) error { rows++; return nil }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// BenchmarkImport measures everything but the store.
func BenchmarkImport(b *testing.B) {
	file, err := os.ReadFile("../demo/catalogue/jiangsu.json")
	if err != nil {
		b.Fatal(err)
	}
	accept := func(_ context.Context, batch []catalogue.Resource) ([]catalogue.Stored, error) {
		results := make([]catalogue.Stored, len(batch))
		for i := range batch {
			results[i] = catalogue.Created
		}
		return results, nil
	}
	rows := 0
	for b.Loop() {
		report, err := Import(context.Background(), bytes.NewReader(file), accept, func(int, int) {})
		if err != nil {
			b.Fatal(err)
		}
		rows += report.Rows
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

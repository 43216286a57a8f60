package store_test

import (
	"testing"

	"datacharter/store/storetest"
)

func BenchmarkCommand(b *testing.B) {
	for _, d := range storetest.Databases {
		b.Run(d.Name, func(b *testing.B) { storetest.Benchmark(b, d) })
	}
}

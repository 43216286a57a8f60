package storetest

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"datacharter/domain/identity"
)

// Benchmark measures one command of a usual size from loading to commit: 5 events – two limits, a task, two notes – and its outbox rows.
func Benchmark(b *testing.B, d Database) {
	f := setup(b, d)
	f.city()
	f.person("officer", "agency", string(identity.CaseOfficer))
	n := 0
	before := processorTime(b)
	for b.Loop() {
		id := fmt.Sprintf("errand-%06d", n/8)
		if n%8 == 0 {
			b.StopTimer()
			f.open(id, opening{Title: "数据资源授权运营申请事项", Applicant: "operator", Agency: "agency"})
			b.StartTimer()
		}
		f.do(id, "officer", "ask", asking{
			Name: fmt.Sprintf("t%d", n), Kind: identity.Agency, Role: identity.CaseOfficer, Days: 5, Also: 1, Notes: 2,
		})
		n++
	}
	b.ReportMetric(float64(processorTime(b)-before)/float64(time.Microsecond)/float64(n), "cpu-µs/op")
}

// processorTime is what this process has used of the processors. A database server is a process of its own.
func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	check(b, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

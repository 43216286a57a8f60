package store

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/catalogue"
	"datacharter/internal/testpostgres"
)

var (
	catalogueSizes = flag.String("catalogue", "10000,100000", "sizes of the catalogue that BenchmarkCatalogue measures")
	catalogueKept  = flag.String("catalogue-kept", "", "database, empty or filled by an earlier run with the same single size, that BenchmarkCatalogue measures and leaves as it is")
)

// catalogueClients is how many clients ask at once.
const catalogueClients = 8

// published makes the i-th resource of a large catalogue. A third was updated on one day; each subject has a theme and providers of its own; of the
// parts of speech in titles some are in every tenth, others in every two-thousandth.
func published(i int) catalogue.Resource {
	x := uint32(i) * 2654435761 // mixes, so that no quality follows from another
	of := func(n uint32, shift int) int { return int(x >> shift % n) }
	subject := subjects[of(20, 3)]
	updated := time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, of(1900, 5)).Format(time.DateOnly)
	if i%3 == 0 {
		updated = "2025-06-13"
	}
	r := catalogue.Resource{
		Source: []string{catalogue.Shanghai, catalogue.Jiangsu, catalogue.HongKong}[of(3, 7)], SourceKey: strconv.Itoa(i),
		Title:   fmt.Sprintf("%s区%s%s信息%d", string([]rune(places)[of(190, 2)]), subject, purposes[of(10, 11)], i),
		Summary: strings.Repeat("本资源说明其内容、范围和使用条件。", 8), Provider: fmt.Sprintf("某市%s管理第%d局", subject, of(40, 9)), Theme: subject + "主题",
		Subject: purposes[of(10, 13)] + "服务", Tags: []string{subject + "业务", purposes[of(10, 6)]},
		Access: catalogue.Accesses()[of(4, 4)], Frequency: catalogue.Frequencies()[of(11, 8)], Formats: []string{"csv", "xlsx"}, Updated: updated, Language: "zh",
	}
	r.ID = catalogue.ResourceID(r.Source, r.SourceKey)
	return r
}

// places are 190 characters and more for names of districts.
const places = "东南西北中上下左右前后里外江河湖海山川丘陵林木森田园原野谷泉溪流波涛浪潮沙石岩土金银铜铁锡玉珠宝光明辉煌日月星辰风云雨雪霜露雷电春夏秋冬寒暑温凉红橙黄绿青蓝紫白黑灰" +
	"龙凤虎鹿鹤燕鹰雁马牛羊鱼松柏梅兰竹菊桃李杏桂荷莲柳杨槐榆枫桐安平和顺康宁福寿禄喜庆吉祥瑞永长久恒新旧古今大小高低远近深浅宽广正直忠信仁义礼智孝悌廉耻文武经史诗书画琴棋茶酒米麦豆丝棉麻纸笔墨砚刀剑弓车船桥路街巷门户窗亭台楼阁"

// BenchmarkCatalogue measures the reads of the catalogue by 8 clients at once, each as the 95th percentile over the different questions.
func BenchmarkCatalogue(b *testing.B) {
	type database struct {
		name string
		url  func(b *testing.B) string
	}
	databases := []database{
		{"sqlite", func(b *testing.B) string { return "sqlite:" + filepath.Join(b.TempDir(), "store.db") }},
		{"postgres", func(b *testing.B) string { return testpostgres.New(b) }},
	}
	if *catalogueKept != "" {
		databases = []database{{"kept", func(*testing.B) string { return *catalogueKept }}}
	}
	for _, d := range databases {
		b.Run(d.name, func(b *testing.B) {
			for size := range strings.SplitSeq(*catalogueSizes, ",") {
				n, err := strconv.Atoi(size)
				if err != nil {
					b.Fatal(err)
				}
				b.Run(size, func(b *testing.B) {
					s := filledCatalogue(b, d.url(b), n)
					for _, read := range catalogueReads(s, n) {
						b.Run(read.name, func(b *testing.B) { askTogether(b, read.ask) })
					}
				})
			}
		})
	}
}

// askTogether has the clients ask until there are b.N answers.
func askTogether(b *testing.B, ask func(ctx context.Context, i int) error) {
	var mutex sync.Mutex
	var took []time.Duration
	var asked atomic.Int64
	var clients sync.WaitGroup
	before := processorTime(b)
	b.ResetTimer()
	for range catalogueClients {
		clients.Go(func() {
			var own []time.Duration
			for i := int(asked.Add(1)); i <= b.N; i = int(asked.Add(1)) {
				began := time.Now()
				if err := ask(b.Context(), i); err != nil {
					b.Error(err)
					return
				}
				own = append(own, time.Since(began))
				runtime.Gosched() // as a client's next question comes over the network, those who wait go first
			}
			mutex.Lock()
			took = append(took, own...)
			mutex.Unlock()
		})
	}
	clients.Wait()
	b.ReportMetric(float64(processorTime(b)-before)/float64(time.Millisecond)/float64(b.N), "cpu-ms/op")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100])/float64(time.Millisecond), "p95-ms")
}

// processorTime is what this process has used of the processors: with SQLite all that an answer costs, with PostgreSQL the client's part.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

type catalogueRead struct {
	name string
	ask  func(ctx context.Context, i int) error
}

func catalogueReads(s *Store, n int) []catalogueRead {
	list := func(name string, filter func(i int) ResourceFilter) catalogueRead {
		return catalogueRead{name, func(ctx context.Context, i int) error { _, err := s.ListResources(ctx, filter(i)); return err }}
	}
	count := func(name string, filter func(i int) ResourceFilter) catalogueRead {
		return catalogueRead{name, func(ctx context.Context, i int) error { _, err := s.CountResources(ctx, filter(i)); return err }}
	}
	subject := func(i int) string { return subjects[i%len(subjects)] }
	common := func(i int) ResourceFilter { return ResourceFilter{Text: subject(i) + " 信息"} }
	facets := func(i int) ResourceFilter {
		return ResourceFilter{Theme: subject(i) + "主题", Access: catalogue.Accesses()[i%4], Frequency: catalogue.Frequencies()[i%11]}
	}
	apart := func(i int) ResourceFilter { return ResourceFilter{Text: subject(i), Theme: subject(i+1) + "主题"} }
	titled := func(of func(i int) ResourceFilter) func(i int) ResourceFilter {
		return func(i int) ResourceFilter { f := of(i); f.Sort = ByTitle; return f }
	}
	return []catalogueRead{
		list("all", func(int) ResourceFilter { return ResourceFilter{} }),
		list("all by title", func(int) ResourceFilter { return ResourceFilter{Sort: ByTitle} }),
		list("a facet", func(i int) ResourceFilter { return ResourceFilter{Theme: subject(i) + "主题"} }),
		list("a provider", func(i int) ResourceFilter {
			return ResourceFilter{Provider: fmt.Sprintf("某市%s管理第%d局", subject(i), i%40)}
		}),
		list("three facets", facets),
		list("three facets by title", titled(facets)),
		list("common words", common),
		list("common words by title", titled(common)),
		list("two characters and a facet", func(i int) ResourceFilter { return ResourceFilter{Text: purposes[i%10], Frequency: catalogue.Monthly} }),
		list("a district", func(i int) ResourceFilter {
			return ResourceFilter{Text: string([]rune(places)[i%190]) + "区 " + subject(i)}
		}),
		list("one character", func(i int) ResourceFilter { return ResourceFilter{Text: string([]rune(subject(i))[:1])} }),
		list("a number", func(i int) ResourceFilter { return ResourceFilter{Text: strconv.Itoa(i * 37 % n)} }),
		list("numbers that begin alike", func(i int) ResourceFilter { return ResourceFilter{Text: strconv.Itoa(10+i%90) + " " + subject(i)} }),
		list("no such word", func(int) ResourceFilter { return ResourceFilter{Text: "信息 不存在"} }),
		list("words that never meet", apart),
		count("counts of all", func(int) ResourceFilter { return ResourceFilter{} }),
		count("counts of a facet", func(i int) ResourceFilter { return ResourceFilter{Theme: subject(i) + "主题"} }),
		count("counts of common words", common),
		count("counts of words that never meet", apart),
	}
}

// filledCatalogue opens a database and fills it with so many resources, unless it is filled. It writes the rows of PutResources in the order of their tables, which goes ten times as fast.
func filledCatalogue(b *testing.B, url string, n int) *Store {
	b.Helper()
	if _, err := MigrateUp(b.Context(), url); err != nil {
		b.Fatal(err)
	}
	s, err := Open(b.Context(), url, Options{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	var filled int64
	if err := s.write.Model(&resourceRow{}).Count(&filled).Error; err != nil {
		b.Fatal(err)
	}
	if filled == int64(n) {
		return s
	}
	began := time.Now()
	if err := s.write.Transaction(func(db *gorm.DB) error { return fillCatalogue(db, n) }); err != nil {
		b.Fatal(err)
	}
	if err := s.write.Exec("ANALYZE").Error; err != nil {
		b.Fatal(err)
	}
	b.Logf("filled in %s", time.Since(began).Round(time.Second))
	return s
}

func fillCatalogue(db *gorm.DB, n int) error {
	if db.Name() == "sqlite" { // as much memory as a server gives, while filling
		if err := db.Exec("PRAGMA cache_size = -1000000").Error; err != nil {
			return err
		}
	}
	if err := db.Exec("DROP INDEX resource_terms_resource").Error; err != nil {
		return err
	}
	type under struct {
		term string
		i    int32
	}
	var terms []under
	rows := make([]resourceRow, n)
	counts := map[string]int64{}
	for i := range rows {
		r := published(i)
		row, err := newResourceRow(r, 0)
		if err != nil {
			return err
		}
		rows[i] = row
		for _, term := range wordsOfResource(r, row) {
			terms = append(terms, under{term, int32(i)})
			counts[term]++
		}
	}
	if err := insertRows(db, rows); err != nil {
		return err
	}
	fill := func(table string, key func(r *resourceRow) string) error {
		slices.SortFunc(terms, func(a, b under) int {
			x, y := &rows[a.i], &rows[b.i]
			return cmp.Or(strings.Compare(a.term, b.term), strings.Compare(key(x), key(y)), strings.Compare(x.ID, y.ID))
		})
		for some := range slices.Chunk(terms, 1000) {
			args := make([]any, 0, 3*len(some))
			for _, t := range some {
				args = append(args, t.term, key(&rows[t.i]), rows[t.i].ID)
			}
			if err := db.Exec("INSERT INTO "+table+" VALUES "+strings.Repeat("(?, ?, ?), ", len(some)-1)+"(?, ?, ?)", args...).Error; err != nil {
				return err
			}
		}
		return nil
	}
	all := make([]resourceCountRow, 0, len(counts))
	for term, n := range counts {
		all = append(all, resourceCountRow{term, facetOfTerm(term), n})
	}
	return inTurn(
		func() error { return fill("resource_terms", func(r *resourceRow) string { return r.Updated }) },
		func() error { return fill("resource_title_terms", func(r *resourceRow) string { return r.Title }) },
		func() error { return insertRows(db, all) },
		func() error {
			return db.Exec("CREATE INDEX resource_terms_resource ON resource_terms (resource_id, term)").Error
		},
	)
}

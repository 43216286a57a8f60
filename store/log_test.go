package store

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm/logger"
)

// slowed makes every statement look slow.
type slowed struct{ statementLog }

func (l slowed) LogMode(logger.LogLevel) logger.Interface { return l }

func (l slowed) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), err error) {
	l.statementLog.Trace(ctx, begin.Add(-slow), statement, err)
}

// TestSlowStatementsAreLoggedWithoutValues checks the log of a slow statement, which may hold names.
func TestSlowStatementsAreLoggedWithoutValues(t *testing.T) {
	var out bytes.Buffer
	s := openTest(t)
	l := statementLog{slog.New(slog.NewTextHandler(&out, nil))}
	s.write.Logger = slowed{l}
	if err := s.CreatePerson(t.Context(), "anna", "secret name"); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); !strings.Contains(got, "INSERT INTO") || strings.Contains(got, "secret") || strings.Contains(got, "anna") {
		t.Errorf("log: %s", got)
	}
	out.Reset()
	l.Trace(t.Context(), time.Now(), func() (string, int64) { return "SELECT 1", 1 }, nil)
	if out.Len() > 0 {
		t.Errorf("a quick statement was logged: %s", out.String())
	}
}

package store

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"gorm.io/gorm/logger"
)

// slow is the duration from which a statement is logged.
const slow = 500 * time.Millisecond

// statementLog logs slow statements without their values, which may be personal data. Errors are returned to callers, not logged.
type statementLog struct{ *slog.Logger }

func (l statementLog) LogMode(logger.LogLevel) logger.Interface { return l }

func (l statementLog) Info(ctx context.Context, format string, args ...any) {
	l.InfoContext(ctx, "gorm", "says", fmt.Sprintf(format, args...))
}

func (l statementLog) Warn(ctx context.Context, format string, args ...any) {
	l.WarnContext(ctx, "gorm", "says", fmt.Sprintf(format, args...))
}

func (l statementLog) Error(ctx context.Context, format string, args ...any) {
	l.ErrorContext(ctx, "gorm", "says", fmt.Sprintf(format, args...))
}

func (l statementLog) Trace(ctx context.Context, begin time.Time, statement func() (sql string, rows int64), _ error) {
	if took := time.Since(begin); took >= slow {
		sql, rows := statement()
		l.WarnContext(ctx, "slow statement", "sql", sql, "rows", rows, "took", took)
	}
}

// ParamsFilter keeps the values out of what Trace is given.
func (l statementLog) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}

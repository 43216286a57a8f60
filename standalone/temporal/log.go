package temporal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/log/tag"
)

// errPortTaken marks a start that failed because a port was no longer free.
var errPortTaken = errors.New("port taken")

// phase says what the server is doing, which decides how its messages are taken.
type phase int32

const (
	building phase = iota // by build, which recovers a panic
	running               // on goroutines of its own
	stopping              // its parts lose each other, and say so
)

// serverLogger passes the server's messages to slog, from warning upwards, and
// turns its fatal ones into errors: a library must not end the process.
type serverLogger struct {
	to     *slog.Logger
	phase  *atomic.Int32
	failed chan<- error
}

// newServerLogger returns a logger for a server about to be built. A failure
// after that goes to failed, which has room for one.
func newServerLogger(to *slog.Logger, failed chan<- error) *serverLogger {
	return &serverLogger{to: to, phase: new(atomic.Int32), failed: failed}
}

func (l *serverLogger) enter(p phase) { l.phase.Store(int32(p)) }

func (l *serverLogger) in(p phase) bool { return l.phase.Load() == int32(p) }

// fatal is what Fatal panics with while the server is built.
type fatal struct{ err error }

// noHTTP begins a warning about an interface that is left out on purpose.
const noHTTP = "HTTP API port has not been set"

var (
	_ log.Logger     = (*serverLogger)(nil)
	_ log.WithLogger = (*serverLogger)(nil)
)

func (*serverLogger) Debug(string, ...tag.Tag) {}
func (*serverLogger) Info(string, ...tag.Tag)  {}

func (l *serverLogger) Warn(msg string, tags ...tag.Tag) {
	if !strings.HasPrefix(msg, noHTTP) {
		l.log(slog.LevelWarn, msg, tags)
	}
}

func (l *serverLogger) Error(msg string, tags ...tag.Tag) {
	l.log(slog.LevelError, msg, tags)
}

func (l *serverLogger) DPanic(msg string, tags ...tag.Tag) {
	l.log(slog.LevelError, msg, tags)
}

func (l *serverLogger) Panic(msg string, tags ...tag.Tag) {
	l.log(slog.LevelError, msg, tags)
	panic(msg)
}

// Fatal does not return, as the server's code expects, and does not end the
// process: it ends the building of the server or the calling goroutine.
func (l *serverLogger) Fatal(msg string, tags ...tag.Tag) {
	err := fatalError(msg, tags)
	if l.in(building) {
		panic(fatal{err})
	}
	select {
	case l.failed <- err:
	default: // the first failure is the one to report
	}
	runtime.Goexit()
}

func (l *serverLogger) With(tags ...tag.Tag) log.Logger {
	with := *l
	with.to = l.to.With(attrs(tags)...)
	return &with
}

func (l *serverLogger) log(level slog.Level, msg string, tags []tag.Tag) {
	if !l.in(stopping) {
		l.to.Log(context.Background(), level, msg, attrs(tags)...) //nolint:sloglint // the server's message, fixed by its own rule
	}
}

func attrs(tags []tag.Tag) []any {
	args := make([]any, len(tags))
	for i, t := range tags {
		args[i] = slog.Any(t.Key(), t.Value())
	}
	return args
}

// fatalError makes an error of a fatal message. The server gives the cause as
// text only, so a taken port is recognised by the system's words for it.
func fatalError(msg string, tags []tag.Tag) error {
	for _, t := range tags {
		if t.Key() != "error" {
			continue
		}
		cause := fmt.Sprint(t.Value())
		if strings.Contains(cause, syscall.EADDRINUSE.Error()) {
			return fmt.Errorf("%s: %s: %w", msg, cause, errPortTaken)
		}
		return fmt.Errorf("%s: %s", msg, cause)
	}
	return errors.New(msg)
}

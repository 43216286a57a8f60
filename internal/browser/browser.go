// Package browser drives the installed Chromium for tests: what a person sees, presses and hears of a page.
//
// One Chromium serves a test process; every tab that Open opens belongs to somebody else, with cookies of his own.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"

	"github.com/chromedp/chromedp"
)

// errNotInstalled says that there is no Chromium.
var errNotInstalled = errors.New("chromium is not installed; install Debian's packages chromium and fonts-noto-cjk")

// envCI names the variable that is "true" where nothing may be skipped.
const envCI = "CI"

// shared is the Chromium of this test process, as the context in which tabs are opened. It ends with the process.
var shared = sync.OnceValues(start)

// cleanUp runs Chromium, which ends when the pipe of its commands does – however the parent ends – and removes its files then.
const cleanUp = `
dir=$1; shift
"$@"
rm -rf "$dir"
`

// find returns the path of Chromium.
func find() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNotInstalled
}

func start() (context.Context, error) {
	path, err := find()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "datacharter-chromium-")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(dir), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "zh-CN"),
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) {
			cmd.Path, cmd.Args = "/bin/sh", append([]string{"sh", "-c", cleanUp, "sh", dir, path}, cmd.Args[1:]...)
			// A group of its own: Ctrl-C is for the tests, the shell must outlive them.
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		}))
	ctx, _ := chromedp.NewExecAllocator(context.Background(), options...) // ends with the process
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("start %s: %w", path, err), os.RemoveAll(dir))
	}
	return ctx, nil
}

// sharedBrowser skips t without Chromium, or fails it when CI is "true".
func sharedBrowser(t testing.TB) context.Context {
	t.Helper()
	ctx, err := shared()
	if errors.Is(err, errNotInstalled) && os.Getenv(envCI) != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(fmt.Errorf("a browser for tests: %w", err))
	}
	return ctx
}

package clock_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"datacharter/clock"
	"datacharter/domain/calendar"
)

func TestSettingsJSON(t *testing.T) {
	for _, tc := range []struct {
		settings clock.Settings
		want     string
	}{
		{clock.Real(), `{"mode":"real"}`},
		{
			clock.Training(start, 1500*time.Millisecond, anchor.In(calendar.China)),
			`{"mode":"training","start":"2026-01-05","day_length":"1.5s","anchor":"2026-11-23T08:30:00.123456789Z"}`,
		},
	} {
		text, err := json.Marshal(tc.settings)
		if err != nil || string(text) != tc.want {
			t.Errorf("got %s, %v, want %s", text, err, tc.want)
		}
		var back clock.Settings
		if err := json.Unmarshal(text, &back); err != nil || back != tc.settings {
			t.Errorf("%s read back as %+v, %v", text, back, err)
		}
	}
}

func TestSettingsJSONRefuses(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:                                "mode",
		`{"mode":"slow"}`:                   `mode "slow"`,
		`{"mode":"real","speed":2}`:         `unknown field "speed"`,
		`{"mode":"real","day_length":1}`:    "day_length",
		`{"mode":"real","day_length":"2s"}`: "the real clock has no",
		`{"mode":"training","start":"2026-01-05","day_length":"2","anchor":"2026-01-05T00:00:00Z"}`: "day_length",
		`{"mode":"training","start":"2026-01-05","day_length":"2s"}`:                                "needs a start and an anchor",
	} {
		var s clock.Settings
		if err := json.Unmarshal([]byte(text), &s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for name, s := range map[string]clock.Settings{
		"no settings":           {},
		"no start":              clock.Training(calendar.Date{}, time.Second, anchor),
		"no anchor":             clock.Training(start, time.Second, time.Time{}),
		"no day length":         clock.Training(start, 0, anchor),
		"days too short":        clock.Training(start, clock.MinDayLength-1, anchor),
		"slower than real time": clock.Training(start, 24*time.Hour+1, anchor),
		"real with a start":     {Mode: clock.ModeReal, Start: start},
	} {
		if _, err := clock.New(s, time.Now); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestCompatible(t *testing.T) {
	training := clock.Training(start, 2*time.Second, anchor)
	for _, tc := range []struct {
		name           string
		stored, wanted clock.Settings
		want           string // part of the error; empty when they fit
	}{
		{"both real", clock.Real(), clock.Real(), ""},
		{"same training, later anchor", training, clock.Training(start, 2*time.Second, anchor.Add(time.Hour)), ""},
		{"real opened in training", clock.Real(), training, "on the real clock and cannot be opened with the training clock"},
		{"training opened in real time", training, clock.Real(), "on the training clock and cannot be opened with the real clock"},
		{"other day length", training, clock.Training(start, time.Second, anchor), "day length 2s and cannot be opened with start 2026-01-05 and day length 1s"},
		{"other start", training, clock.Training(start.AddDays(1), 2*time.Second, anchor), "start 2026-01-06"},
	} {
		err := tc.stored.Compatible(tc.wanted)
		if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", tc.name, err, tc.want)
		}
	}
}

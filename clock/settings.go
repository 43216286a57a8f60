// Package clock tells business time: the real time, or in a training system a faster one, in which a day passes in seconds.
package clock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"datacharter/domain/calendar"
)

// Mode is the kind of clock.
type Mode string

// The modes.
const (
	ModeReal     Mode = "real"
	ModeTraining Mode = "training"
)

// day is the length of a business day; China has no summer time, so every day has it.
const day = 24 * time.Hour

// MinDayLength is the shortest real duration of a training day: below it the timers that wait for a due time are too coarse.
const MinDayLength = 10 * time.Millisecond

// Settings describe a clock. They are stored with the data they were used for, so that a restart goes on with the same time.
// The zero value is not valid.
type Settings struct {
	Mode      Mode
	Start     calendar.Date // training: the business day that begins at Anchor
	DayLength time.Duration // training: real time that one business day takes, from MinDayLength to 24 hours
	Anchor    time.Time     // training: the real instant of the first start, in UTC
}

// Real returns the settings of the real clock.
func Real() Settings { return Settings{Mode: ModeReal} }

// Training returns the settings of a training clock: the business day start begins at the real instant anchor,
// and every day takes dayLength. New refuses what does not fit.
func Training(start calendar.Date, dayLength time.Duration, anchor time.Time) Settings {
	anchor = anchor.Round(0).UTC() // without the monotonic reading, which is worth nothing after a restart
	return Settings{Mode: ModeTraining, Start: start, DayLength: dayLength, Anchor: anchor}
}

// Compatible returns an error when data kept under the settings s may not be opened with those wanted: real and training time never
// mix, nor do two training times. The anchor is not compared; a caller goes on with s, so that business time continues.
func (s Settings) Compatible(wanted Settings) error {
	if s.Mode != wanted.Mode {
		return fmt.Errorf("the data was kept on the %s clock and cannot be opened with the %s clock", s.Mode, wanted.Mode)
	}
	if s.Start != wanted.Start || s.DayLength != wanted.DayLength {
		return fmt.Errorf("the data was kept on a training clock with start %s and day length %s and cannot be opened with start %s and day length %s",
			s.Start, s.DayLength, wanted.Start, wanted.DayLength)
	}
	return nil
}

func (s Settings) check() error {
	switch s.Mode {
	case ModeReal:
		if s != Real() {
			return errors.New("clock: the real clock has no start, day length or anchor")
		}
	case ModeTraining:
		if s.Start.IsZero() || s.Anchor.IsZero() {
			return errors.New("clock: the training clock needs a start and an anchor")
		}
		if s.DayLength < MinDayLength || s.DayLength > day {
			return fmt.Errorf("clock: day length %s is not between %s and %s", s.DayLength, MinDayLength, day)
		}
	default:
		return fmt.Errorf("clock: mode %q is neither %q nor %q", s.Mode, ModeReal, ModeTraining)
	}
	return nil
}

// settingsFile is the stored form, in which a person can read the day length.
type settingsFile struct {
	Mode      Mode          `json:"mode"`
	Start     calendar.Date `json:"start,omitzero"`
	DayLength string        `json:"day_length,omitempty"`
	Anchor    time.Time     `json:"anchor,omitzero"`
}

// MarshalJSON writes the settings, the day length as in "2s".
func (s Settings) MarshalJSON() ([]byte, error) {
	file := settingsFile{Mode: s.Mode, Start: s.Start, Anchor: s.Anchor}
	if s.DayLength != 0 {
		file.DayLength = s.DayLength.String()
	}
	return json.Marshal(file)
}

// UnmarshalJSON reads what MarshalJSON wrote; unknown fields and settings of no clock are errors.
func (s *Settings) UnmarshalJSON(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var file settingsFile
	if err := decoder.Decode(&file); err != nil {
		return fmt.Errorf("clock: %w", err)
	}
	read := Settings{Mode: file.Mode, Start: file.Start, Anchor: file.Anchor}
	if file.DayLength != "" {
		length, err := time.ParseDuration(file.DayLength)
		if err != nil {
			return fmt.Errorf("clock: day_length: %w", err)
		}
		read.DayLength = length
	}
	if err := read.check(); err != nil {
		return err
	}
	*s = read
	return nil
}

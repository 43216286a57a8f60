package ui

import "strconv"

// Chart is a chart of horizontal bars. What it shows stands in a table beside it as well.
type Chart struct {
	ID          string // on the page
	Title       string
	Description string // how to read it
	Bars        []Bar
}

// Bar is one bar of a chart.
type Bar struct {
	Label string // with the value, so that nobody must measure
	More  string // what else there is to say; may be empty
	Value int64
	Reach int64 // up to where a paler bar goes on; 0 for none
	Limit int64 // where a line crosses; 0 for none
}

// Measures of a chart, in pixels. Lengths across are in per cent: the chart is as wide as its place, and its letters stay as they are.
const (
	barLabel  = 13 // baseline of the label
	barTop    = 21
	barHeight = 12
	barMore   = 50 // baseline of what else there is to say
	barRow    = 44
	barTall   = 66 // of a row that says more
)

// row is the height of a bar with its words.
func (b Bar) row() int {
	if b.More != "" {
		return barTall
	}
	return barRow
}

// height is that of the whole chart.
func (c Chart) height() int {
	sum := 0
	for _, b := range c.Bars {
		sum += b.row()
	}
	return sum
}

// top is where the nth bar begins.
func (c Chart) top(n int) int { return Chart{Bars: c.Bars[:n]}.height() }

// share is how far across a value reaches.
func (c Chart) share(value int64) string {
	most := int64(1)
	for _, b := range c.Bars {
		most = max(most, b.Value, b.Reach, b.Limit)
	}
	const whole, digits, bits = 100, 2, 64
	return strconv.FormatFloat(float64(value)*whole/float64(most), 'f', digits, bits) + "%"
}

package catalogue

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// Limits on a file: far above the catalogues seen (4 MB, 4,500 rows), far below what would fill the machine's memory.
const (
	MaxBytes = 64 << 20
	MaxRows  = 100_000
)

// rowsField holds the rows in a file that is an object.
const rowsField = "datasets"

// document walks through the rows of a JSON file: an array, or an object with an array of rows in one field.
type document struct {
	ctx     context.Context //nolint:containedctx // a document lives for one call of Read, whose context this is
	in      *limitedReader
	dec     *json.Decoder
	bom     int64 // bytes before the first one that dec sees
	wrapped bool  // the rows are in an object
	row     int   // number of the row last read
}

// openDocument reads up to the first row.
func openDocument(ctx context.Context, file io.Reader, maxBytes int64) (*document, *Failure) {
	d := &document{ctx: ctx, in: &limitedReader{r: file, left: maxBytes}}
	var head [3]byte
	n, err := io.ReadFull(d.in, head[:])
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, d.failure(err)
	}
	rest := io.MultiReader(bytes.NewReader(head[:n]), d.in)
	switch start := string(head[:n]); {
	case start == "\xef\xbb\xbf": // the byte order mark some editors put before UTF-8
		d.bom, rest = 3, d.in
	case strings.HasPrefix(start, "\xff\xfe"), strings.HasPrefix(start, "\xfe\xff"):
		return nil, d.fail(NotUTF8, nil)
	}
	d.dec = json.NewDecoder(rest)
	switch token, err := d.dec.Token(); {
	case err == io.EOF:
		return nil, d.fail(NoRows, nil)
	case err != nil:
		return nil, d.failure(err)
	case token == json.Delim('['):
		return d, nil
	case token == json.Delim('{'):
		d.wrapped = true
		failure := d.enterRows()
		return d, failure
	}
	return nil, d.fail(ShapeUnknown, nil)
}

// enterRows passes over the fields of the wrapping object up to its rows.
func (d *document) enterRows() *Failure {
	found, failure := d.seekRows()
	if failure != nil {
		return failure
	}
	if !found {
		return d.fail(ShapeUnknown, nil)
	}
	switch token, err := d.dec.Token(); {
	case err != nil:
		return d.failure(err)
	case token != json.Delim('['):
		return d.fail(ShapeUnknown, nil)
	}
	return nil
}

// seekRows passes over fields of the wrapping object until it has read the name of the field of rows; found is false when the object ends without.
func (d *document) seekRows() (found bool, failure *Failure) {
	for d.dec.More() {
		name, err := d.dec.Token()
		if err != nil {
			return false, d.failure(err)
		}
		if name == rowsField {
			return true, nil
		}
		var passed json.RawMessage
		if err := d.dec.Decode(&passed); err != nil {
			return false, d.failure(err)
		}
	}
	return false, nil
}

// next reads one row; row is nil after the last one.
func (d *document) next() (row json.RawMessage, failure *Failure) {
	if err := d.ctx.Err(); err != nil {
		return nil, d.fail(Interrupted, err)
	}
	if !d.dec.More() {
		return nil, nil
	}
	d.row++
	if d.row > MaxRows {
		return nil, d.fail(TooManyRows, nil)
	}
	if err := d.dec.Decode(&row); err != nil {
		return nil, d.failure(err)
	}
	return row, nil
}

// close makes sure that the file ends properly after its last row.
func (d *document) close() *Failure {
	if _, err := d.dec.Token(); err != nil { // the end of the array
		return d.failure(err)
	}
	if d.wrapped {
		again, failure := d.seekRows()
		if failure != nil {
			return failure
		}
		if again {
			return d.fail(ShapeUnknown, nil)
		}
		if _, err := d.dec.Token(); err != nil { // the end of the object
			return d.failure(err)
		}
	}
	if _, err := d.dec.Token(); err != io.EOF {
		return d.fail(TrailingData, nil)
	}
	return nil
}

// fail makes a failure at the place reached.
func (d *document) fail(code FailureCode, cause error) *Failure {
	f := &Failure{Code: code, Row: d.row, Offset: d.in.read, cause: cause}
	if d.dec != nil {
		f.Offset = d.bom + d.dec.InputOffset()
	}
	return f
}

// failure tells what an error of the decoder, or of the reader below it, means.
func (d *document) failure(err error) *Failure {
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, errTooLarge):
		return &Failure{Code: TooLarge, Row: d.row, Offset: d.in.read}
	case errors.As(err, &syntax):
		f := d.fail(NotJSON, nil)
		f.Offset += d.withinValue(syntax)
		return f
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &Failure{Code: Truncated, Row: d.row, Offset: d.in.read}
	case d.ctx.Err() != nil:
		return d.fail(Interrupted, err)
	}
	return &Failure{Code: ReadFailed, Row: d.row, Offset: d.in.read, cause: err}
}

// withinValue is how far a syntax error lies behind the place the decoder has reached. The decoder stands before the broken value, and its own count leaves out
// what was read token by token, so the value is scanned again. An error between two values is reported at the decoder's place.
func (d *document) withinValue(atToken *json.SyntaxError) int64 {
	var value json.RawMessage
	var within *json.SyntaxError
	if atToken.Offset != d.dec.InputOffset() && errors.As(json.NewDecoder(d.dec.Buffered()).Decode(&value), &within) {
		return within.Offset
	}
	return 0
}

var errTooLarge = errors.New("catalogue: too large")

// limitedReader counts what is read and fails, unlike io.LimitReader, when there is more than allowed.
type limitedReader struct {
	r    io.Reader
	read int64
	left int64
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if int64(n) > l.left {
		l.read += l.left
		l.left = 0
		return 0, errTooLarge
	}
	l.read += int64(n)
	l.left -= int64(n)
	return n, err
}

package export

import (
	"errors"
	"io"
	"iter"

	"datacharter/domain/calendar"
	"datacharter/domain/dcat"
	"datacharter/domain/register"
	"datacharter/domain/text"
	"datacharter/store"
)

// RegisterAsDCAT writes the public register in the terms of DCAT 3, as it comes. A list that is cut says so at its end.
func RegisterAsDCAT(to io.Writer, today string, ld register.DCAT, items iter.Seq2[store.RegisterEntry, error]) error {
	return inParts(to, items, func() ([]byte, error) { return ld.Head(today) }, func(e store.RegisterEntry) ([]byte, error) {
		return ld.Entry(e.Entry, e.Names, calendar.DateOf(e.ChangedAt).String())
	})
}

// inParts writes a document of a head, items between which a comma stands, and a tail that says whether the list was cut.
func inParts[T any](to io.Writer, items iter.Seq2[T, error], head func() ([]byte, error), each func(T) ([]byte, error)) error {
	write := func(part []byte, err error) error {
		if err == nil {
			_, err = to.Write(part)
		}
		return err
	}
	if err := write(head()); err != nil {
		return err
	}
	first, note := true, text.Text{}
	for item, err := range items {
		if errors.Is(err, store.ErrCut) {
			note = cut
			continue
		}
		if err == nil && !first {
			err = write([]byte(",\n"), nil)
		}
		if err != nil {
			return err
		}
		if err := write(each(item)); err != nil {
			return err
		}
		first = false
	}
	return write(dcat.Tail(note))
}

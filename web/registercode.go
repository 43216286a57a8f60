package web

import (
	"fmt"
	"image/color"
	"net/http"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"

	"datacharter/domain/refusal"
	"datacharter/domain/register"
)

// codesPath is where short codes lead: as short as it can be, for a small picture and for typing.
const codesPath = "/r"

// followCode leads from a short code to the entry as it is today.
func (s *server) followCode(p publication) {
	code, ok := register.ParseCode(p.Param("code"))
	if !ok {
		p.refuse(refusal.NotFoundHere.With())
		return
	}
	id, err := s.Store.RegisterIDByCode(p.ctx, code)
	if err != nil {
		p.fail(err)
		return
	}
	p.Header("Cache-Control", publicFor)
	p.Redirect(http.StatusFound, p.to(entryPath(id), nil))
}

// codeAddress is what the picture of an entry's code says.
func (s *server) codeAddress(id string) string {
	return s.public.JoinPath(codesPath, register.Code(id)).String()
}

// drawCode draws the QR code of an entry, for print and screens.
func (s *server) drawCode(p publication) {
	found, err := s.Store.GetRegisterEntry(p.ctx, p.Param("id"))
	if err != nil {
		p.fail(err)
		return
	}
	picture, err := qrSVG(s.codeAddress(found.ID))
	if err != nil {
		p.fail(err)
		return
	}
	p.deliver("image/svg+xml", picture)
}

// quiet is the margin that readers of such codes need, in modules.
const quiet = 4

// qrSVG draws a text as a QR code: one module is one unit.
func qrSVG(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("a QR code of %d bytes: %w", len(text), err)
	}
	size := code.Bounds().Dx()
	var dark strings.Builder
	for y := range size {
		for x := range size {
			if code.At(x, y) == color.Black {
				fmt.Fprintf(&dark, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	side := strconv.Itoa(size + 2*quiet)
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + side + " " + side + `" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h` + side + "v" + side + "H0z\"/><path d=\"" + dark.String() + `"/></svg>`), nil
}

package web

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"
	"testing"

	"datacharter/domain/register"
	"datacharter/internal/town"
)

// A code that somebody copies from paper leads to the entry as it is, in the language asked for; what is none leads nowhere.
func TestShortCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, hidden := w.registered()
	citizen := w.nobody()
	code := register.Code(id)
	for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", "")} {
		if p := citizen.get("/r/" + typed).wants(http.StatusOK); !strings.Contains(p.text(), "登记编号 "+id) {
			t.Errorf("%s leads to %s", typed, p.text())
		}
	}
	if p := citizen.get("/r/" + code + "?lang=en").wants(http.StatusOK); p.language() != "en" || !strings.Contains(p.text(), id) {
		t.Errorf("in English it leads to %s", p.text())
	}
	for _, none := range []string{register.Code(hidden), register.Code("aut-none"), "x", strings.Repeat("0", 400)} {
		citizen.get("/r/" + none).wants(http.StatusNotFound)
	}
	page := citizen.get(entryPath(id)).wants(http.StatusOK)
	if !strings.Contains(page.text(), code) || !strings.Contains(page.body, entryPath(id)+"/code.svg") {
		t.Errorf("the entry shows no code: %s", page.text())
	}
	drawn := citizen.get(entryPath(id) + "/code.svg").wants(http.StatusOK)
	var svg struct {
		Paths []struct {
			Drawn string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal([]byte(drawn.body), &svg); err != nil || drawn.header.Get("Content-Type") != "image/svg+xml" || len(svg.Paths) != 2 {
		t.Fatalf("%v: %v", err, drawn.header)
	}
	for _, finder := range []string{"M4 4h1v1h-1z", "M10 4h1v1h-1z", "M4 10h1v1h-1z"} { // the corners of the first square
		if !strings.Contains(svg.Paths[1].Drawn, finder) {
			t.Errorf("the picture lacks %s", finder)
		}
	}
	citizen.get(entryPath(hidden) + "/code.svg").wants(http.StatusNotFound)
}

func TestRegisterIsGivenAsFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, hidden := w.registered()
	citizen := w.nobody()
	for path, wanted := range map[string][]string{
		registerPath + "/export/csv":         {id, register.Code(id), "虚构数据运营有限公司", "某市数据局"},
		registerPath + "/export/csv?lang=en": {"identifier", "grantee", "in operation", id},
		productsPath + "/export/csv":         {id, town.ProductName, "0.25", "0.5", "在架"},
		registerPath + "/export/jsonld":      {id, register.Code(id), town.ProductName},
	} {
		p := citizen.get(path).wants(http.StatusOK)
		for _, words := range wanted {
			if !strings.Contains(p.body, words) {
				t.Errorf("%s does not say %q: %s", path, words, p.body)
			}
		}
		if strings.Contains(p.body, hidden) {
			t.Errorf("%s gives what is not public", path)
		}
		if strings.Contains(path, "csv") {
			rows, err := csv.NewReader(strings.NewReader(p.body)).ReadAll()
			if err != nil || len(rows) != 2 {
				t.Errorf("%s: %d rows, %v", path, len(rows), err)
			}
		}
	}
	var ld struct {
		Type     string `json:"@type"`
		Resource []struct {
			ID    string `json:"@id"`
			Parts []struct {
				Price   string `json:"own:price"`
				Ceiling string `json:"own:ceiling"`
			} `json:"dct:hasPart"`
		} `json:"dcat:resource"`
	}
	p := citizen.get(registerPath + "/export/jsonld")
	if err := json.Unmarshal([]byte(p.body), &ld); err != nil || ld.Type != "dcat:Catalog" || len(ld.Resource) != 1 || len(ld.Resource[0].Parts) != 1 || ld.Resource[0].Parts[0].Price != "0.25" || ld.Resource[0].Parts[0].Ceiling != "0.5" {
		t.Errorf("%v: %+v", err, ld)
	}
	for _, none := range []string{registerPath + "/export/pdf", productsPath + "/export/jsonld"} {
		citizen.get(none).wants(http.StatusNotFound)
	}
}

package web

import (
	"io"
	"strconv"
	"strings"

	"datacharter/domain/pricing"
	"datacharter/domain/register"
	"datacharter/store"
	"datacharter/web/export"
	"datacharter/web/ui"
)

// exportRegister gives the whole register to everybody: a table of authorisations, or DCAT 3.
func (s *server) exportRegister(v *visit) {
	v.speak()
	if export.Form(v.Param("form")) == export.JSONLD {
		s.exportRegisterAsDCAT(v)
		return
	}
	modes := s.modes()
	sheetOf[store.RegisterEntry]{
		name: "register",
		headings: []string{
			v.T("登记编号", "identifier"), v.T("短码", "short code"), v.T("名称", "title"), v.T("授权对象", "grantee"), v.T("实施机构", "agency"), v.T("状态", "state"), v.T("授权方式", "mode"), v.T("期限起", "term from"), v.T("期限止", "term to"),
			v.T("协议备案", "agreement filed"), v.T("开始运营", "operation started"), v.T("数据资源数", "data resources"), v.T("产品和服务数", "products and services"), v.T("网址", "address"),
		},
		items: s.Store.ExportRegister(v.ctx, store.RegisterFilter{}),
		rows: func(all []store.RegisterEntry) ([][]any, error) {
			out := make([][]any, len(all))
			for i, e := range all {
				started := ""
				if !e.Started.IsZero() {
					started = e.Started.String()
				}
				out[i] = []any{
					e.ID, register.Code(e.ID), e.Title, e.Names.Of(e.Grantee), e.Names.Of(e.Agency), v.page.In(e.State.Words()), v.page.In(modeWords(modes, e.Mode)), e.Term.From.String(), e.Term.Last().String(),
					e.Filed.String(), started, len(e.Resources), len(e.Products), s.entryAddress(e.ID),
				}
			}
			return out, nil
		},
	}.give(v)
}

func (s *server) exportRegisterAsDCAT(v *visit) {
	ld := register.DCAT{Catalog: s.public.JoinPath(registerPath).String(), Address: s.entryAddress}
	v.file("register", export.JSONLD, func(to io.Writer) error {
		return export.RegisterAsDCAT(to, s.today().String(), ld, s.Store.ExportRegister(v.ctx, store.RegisterFilter{}))
	})
}

// exportProducts gives all products and services of the register as a table.
func (s *server) exportProducts(v *visit) {
	v.speak()
	sheetOf[store.RegisterProduct]{
		name: "products",
		headings: []string{
			v.T("产品或服务", "product or service"), v.T("类别", "class"), v.T("形态", "form"), v.T("应用场景", "application scenario"), v.T("能力清单", "capabilities"), v.T("计费单位", "charged by"), v.T("收费（元）", "charge, CNY"), v.T("上限收费标准（元）", "ceiling, CNY"), v.T("供应", "offer"), v.T("上架日期", "on offer since"),
			v.T("授权对象", "grantee"), v.T("授权运营", "authorisation"), v.T("登记编号", "identifier"), v.T("网址", "address"),
		},
		items: s.Store.ExportRegisterProducts(v.ctx, store.RegisterProductFilter{}),
		rows: func(all []store.RegisterProduct) ([][]any, error) {
			out := make([][]any, len(all))
			for i, p := range all {
				since := ""
				if !p.Since.IsZero() {
					since = p.Since.String()
				}
				out[i] = []any{
					p.Name, v.page.In(register.ClassWords(p.Class)), formOf(v.page, p.Product), p.Scenario, strings.Join(p.Capabilities, v.T("；", "; ")), v.page.In(register.UnitWords(p.Unit)),
					inYuan(v.page, p.Price, p.Tariff, p.Unit), inYuan(v.page, p.Ceiling, p.Highest, p.Unit), offerOf(v.page, p.Product), since,
					p.Entry.Names.Of(p.Entry.Grantee), p.Entry.Title, p.Entry.ID, s.entryAddress(p.Entry.ID),
				}
			}
			return out, nil
		},
	}.give(v)
}

// inYuan is a price as a number, or a tariff of several steps in words.
func inYuan(p *ui.Page, price *pricing.Price, tariff pricing.Tariff, unit string) string {
	switch {
	case price != nil:
		return price.String()
	case len(tariff) > 0:
		return strings.Join(tariffSteps(p, tariff, unit), p.T("；", "; "))
	default:
		return ""
	}
}

// exportLinks lead to the whole of a list as files.
func (l *registerList) exportLinks(forms ...export.Form) []fileLink {
	out := make([]fileLink, len(forms))
	for i, form := range forms {
		words := strings.ToUpper(string(form))
		if form == export.JSONLD {
			words = "DCAT 3 (JSON-LD)"
		}
		out[i] = fileLink{l.to(l.path+"/export/"+string(form), nil), words, form.MediaType()}
	}
	return out
}

// fileLink leads to a file.
type fileLink struct{ url, words, mediaType string }

// wholeWords say how much a file holds at most.
func (l *registerList) wholeWords() string {
	most := strconv.Itoa(store.MaxExport)
	return l.T("下载全部（至多"+most+"条）：", "Download everything (up to "+most+"): ")
}

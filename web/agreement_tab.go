package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/content"
	"datacharter/web/ui"
	"datacharter/web/words"
)

// agreementView is one version of the agreement as its tab and its printed page show it.
type agreementView struct {
	*casePage
	at         authorization.Version
	former     *authorization.Version // nil for the first
	versions   []ui.Link              // newest first
	items      []content.Difference   // against the former version; nil for the first
	parts      []content.Part
	signatures []authorization.Signature // over this version
	filing     *authorization.Filing     // of this version
	files      known
}

// contractBegun reports whether there is an agreement, or one is to be drafted.
func contractBegun(v *casework.View) bool {
	return len(authorizationOf(v).Versions) > 0 || v.State.Phase == authorization.ContractPhase
}

// agreementTab shows the newest version of the agreement, or another one that the visitor chose, beside the one before.
func (s *server) agreementTab(c *casePage) (templ.Component, error) {
	if len(authorizationOf(c.view).Versions) == 0 {
		return noAgreement(c), nil
	}
	v, err := s.agreementAt(c, c.Query("version"))
	if err != nil {
		return nil, err
	}
	return agreementPage(v), nil
}

// agreementAt finds a version of the agreement by its number; the newest when it is empty.
func (s *server) agreementAt(c *casePage, number string) (*agreementView, error) {
	a := authorizationOf(c.view)
	n, err := versionOf(number, len(a.Versions), false)
	if err != nil || n == 0 {
		return nil, store.ErrNotFound
	}
	v := &agreementView{casePage: c, at: a.Versions[n-1]}
	texts := []agreement.Agreement{v.at.Content}
	if n > 1 {
		v.former = &a.Versions[n-2]
		texts = append(texts, v.former.Content)
	}
	k, err := s.knownOf(c.visit, c.view.Policy, nil, texts...)
	if err != nil {
		return nil, err
	}
	v.parts = content.Of(v.at.Content, k.names)
	if v.former != nil {
		v.items = content.Compare(content.Of(v.former.Content, k.names), v.parts)
	}
	for _, signature := range a.Signatures {
		if signature.Hash == v.at.Hash {
			v.signatures = append(v.signatures, signature)
		}
	}
	if n == len(a.Versions) && a.Filing != nil {
		v.filing = a.Filing
	}
	for i := len(a.Versions); i > 0; i-- {
		each := a.Versions[i-1]
		v.versions = append(v.versions, ui.Link{
			URL: v.partURL("agreement") + "&version=" + strconv.Itoa(i), Current: i == n,
			Words: c.T("第"+strconv.Itoa(i)+"版 · ", "Version "+strconv.Itoa(i)+" · ") + sideWords(c.page, each.Side),
		})
	}
	return v, s.namesOfAgreement(v)
}

func (s *server) namesOfAgreement(v *agreementView) error {
	people, organizations := []string{v.at.By.Person}, []string{v.at.By.Organization}
	if by := v.at.AgreedBy; by != nil {
		people, organizations = append(people, by.Person), append(organizations, by.Organization)
	}
	for _, signature := range v.signatures {
		people, organizations = append(people, signature.By.Person), append(organizations, signature.By.Organization)
	}
	var digests []string
	if v.filing != nil {
		people, organizations = append(people, v.filing.By.Person), append(organizations, v.filing.By.Organization)
		digests = v.filing.Evidence
	}
	if err := s.alsoName(v.casePage, people, organizations); err != nil {
		return err
	}
	found, err := s.Store.Attachments(v.ctx, v.actor, digests)
	v.files = known{files: found}
	return err
}

// changed counts the items that differ from the version before.
func (v *agreementView) changed() int { return len(content.Changes(v.items)) }

// printURL is where the version stands by itself, to be printed.
func (v *agreementView) printURL() string {
	return v.place.href(v.view.Head.ID) + "/agreement/" + strconv.Itoa(v.at.No)
}

// newest reports whether the version is the newest.
func (v *agreementView) newest() bool { return v.at.No == len(authorizationOf(v.view).Versions) }

// offers reports whether the version is one that commands are about, and none is being given.
func (v *agreementView) offers() bool { return v.newest() && !v.doing }

// article is where the regulation asks for an item; zero for the conditions, which come from the reviews.
func article(p *policy.Profile, item string) text.Text {
	i := slices.IndexFunc(p.Agreement.Items, func(i policy.AgreementItem) bool { return i.Key == item })
	if i < 0 {
		return text.Text{}
	}
	return words.Article(p.Agreement.Items[i].Article)
}

// printAgreement shows one version of the agreement by itself.
func (s *server) printAgreement(p *place) func(*visit) {
	return func(v *visit) {
		view, err := s.Case(v.ctx, v.actor, p.def, v.Param("id"))
		if err != nil {
			v.fail(err)
			return
		}
		page, err := s.newCasePage(v, p, view)
		if err != nil {
			v.fail(err)
			return
		}
		if view.Closed {
			v.fail(store.ErrNotFound)
			return
		}
		shown, err := s.agreementAt(page, v.Param("version"))
		if err != nil {
			v.fail(err)
			return
		}
		v.show(http.StatusOK, v.T("授权运营协议 · ", "Agreement · ")+view.Head.Title, agreementDocument(shown))
	}
}

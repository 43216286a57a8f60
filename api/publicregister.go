package api

import (
	"context"
	"time"

	"datacharter/domain/agreement"
	entries "datacharter/domain/register"
	"datacharter/domain/text"
	"datacharter/store"
)

const registerPath = base + "/register"

// PublicEntry is an entry of the public register.
type PublicEntry struct {
	entries.Entry
	Code       string        `json:"code" doc:"short code that leads to the entry, on the pages under /r/"`
	StateWords text.Text     `json:"state_words"`
	Names      entries.Names `json:"names" doc:"names of what the entry refers to by ID"`
	ChangedAt  time.Time     `json:"changed_at"`
	Href       string        `json:"href"`
}

// PublicRecord is an entry with its history.
type PublicRecord struct {
	PublicEntry
	Releases []PublicRelease `json:"releases" nullable:"false" doc:"its changes, newest first"`
}

// PublicRelease is one change of an entry.
type PublicRelease struct {
	ID string    `json:"id"`
	At time.Time `json:"at"`
	entries.Release
	Words text.Text `json:"words" doc:"why, in words"`
	Href  string    `json:"href" doc:"of the entry as it is now"`
}

// PublicProduct is a product or service of the public register.
type PublicProduct struct {
	entries.Product
	Charge        entries.Charge `json:"charge,omitempty" enum:"free,charged" doc:"left out before the first offer"`
	ClassWords    text.Text      `json:"class_words"`
	UnitWords     text.Text      `json:"unit_words" doc:"empty where nothing is counted"`
	Authorization string         `json:"authorization"`
	Title         string         `json:"title" doc:"of the authorisation"`
	Grantee       string         `json:"grantee"`
	Agency        string         `json:"agency"`
	State         entries.State  `json:"state" doc:"of the authorisation"`
	StateWords    text.Text      `json:"state_words"`
	Names         entries.Names  `json:"names"`
	Href          string         `json:"href" doc:"of the entry"`
}

// PublicCounts say how much of each sort there is in the public register.
type PublicCounts struct {
	States  []PublicCount `json:"states" nullable:"false" doc:"entries by state"`
	Modes   []PublicCount `json:"modes" nullable:"false" doc:"entries by mode"`
	Classes []PublicCount `json:"classes" nullable:"false" doc:"products by class"`
	Charges []PublicCount `json:"charges" nullable:"false" doc:"products by charge"`
}

// PublicCount is how often there is one value.
type PublicCount struct {
	Value string `json:"value"`
	N     int    `json:"n"`
	More  bool   `json:"more" doc:"there are more than n"`
}

type (
	registerListInput struct {
		Paging
		Conditional
		Text    string `query:"text" maxLength:"200" doc:"every word occurs in the title, a product's name or the name of the grantee or agency"`
		Agency  string `query:"agency" maxLength:"100"`
		Grantee string `query:"grantee" maxLength:"100"`
		State   string `query:"state" enum:"filed,operating,suspended,exiting,closed"`
		Mode    string `query:"mode" maxLength:"100"`
		Sort    string `query:"sort" enum:"changed,ends" default:"changed" doc:"last changed first, or the first to end first"`
	}
	productListInput struct {
		Paging
		Conditional
		Text    string `query:"text" maxLength:"200" doc:"every word occurs in the name, the form or the title of the authorisation"`
		Class   string `query:"class" enum:"public-benefit,industry"`
		Charge  string `query:"charge" enum:"free,charged"`
		Grantee string `query:"grantee" maxLength:"100"`
		Listed  yesNo  `query:"listed" enum:"true,false" doc:"on offer now"`
	}
	releaseListInput struct {
		Paging
		Conditional
		Entry string `query:"entry" maxLength:"200" doc:"of one entry alone"`
	}
	entryInput struct {
		ID string `path:"id" maxLength:"200"`
		Conditional
	}
	entryCodeInput struct {
		Code string `path:"code" maxLength:"30" doc:"as people copy it: with or without hyphens, O for 0, I or L for 1"`
		Conditional
	}
	entryDocumentInput struct {
		ID string `path:"id" maxLength:"200"`
		Conditional
		Addressed
	}
	feedInput struct {
		Conditional
		Addressed
	}
	countInput struct{ Conditional }
)

func (s *server) listRegister(ctx context.Context, in *registerListInput) (*cached[list[PublicEntry]], error) {
	page, err := s.Store.ListRegister(ctx, store.RegisterFilter{
		Text: in.Text, Agency: in.Agency, Grantee: in.Grantee, State: entries.State(in.State), Mode: in.Mode, Sort: store.RegisterSort(in.Sort),
		Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return answer(in.Conditional, shown(page, publicEntry).Body), nil
}

func (s *server) listRegisterProducts(ctx context.Context, in *productListInput) (*cached[list[PublicProduct]], error) {
	page, err := s.Store.ListRegisterProducts(ctx, store.RegisterProductFilter{
		Text: in.Text, Class: agreement.Class(in.Class), Charge: entries.Charge(in.Charge), Grantee: in.Grantee, Listed: in.Listed.value(),
		Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return answer(in.Conditional, shown(page, publicProduct).Body), nil
}

func (s *server) listReleases(ctx context.Context, in *releaseListInput) (*cached[list[PublicRelease]], error) {
	page, err := s.Store.ListReleases(ctx, store.ReleaseFilter{Case: in.Entry, Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return answer(in.Conditional, shown(page, publicRelease).Body), nil
}

func (s *server) getRegisterEntry(ctx context.Context, in *entryInput) (*cached[PublicRecord], error) {
	e, err := s.Store.GetRegisterEntry(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	record := PublicRecord{PublicEntry: publicEntry(e.RegisterEntry), Releases: make([]PublicRelease, len(e.Releases))}
	for i, r := range e.Releases {
		record.Releases[i] = publicRelease(r)
	}
	return answer(in.Conditional, record), nil
}

func (s *server) getRegisterEntryByCode(ctx context.Context, in *entryCodeInput) (*cached[PublicRecord], error) {
	code, ok := entries.ParseCode(in.Code)
	if !ok {
		return nil, notFound()
	}
	id, err := s.Store.RegisterIDByCode(ctx, code)
	if err != nil {
		return nil, err
	}
	return s.getRegisterEntry(ctx, &entryInput{ID: id, Conditional: in.Conditional})
}

func (s *server) getRegisterJSONLD(ctx context.Context, in *entryDocumentInput) (*document, error) {
	e, err := s.Store.GetRegisterEntry(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	body, err := entries.JSONLD(e.Entry, e.Names, in.at(entryHref(e.ID)), callOf(ctx).language)
	if err != nil {
		return nil, err
	}
	return answerDocument(in.Conditional, "application/ld+json", body), nil
}

func (s *server) feedReleases(ctx context.Context, in *feedInput) (*document, error) {
	page, err := s.Store.ListReleases(ctx, store.ReleaseFilter{})
	if err != nil {
		return nil, err
	}
	names, err := s.Store.ReleaseNames(ctx, page.Items)
	if err != nil {
		return nil, err
	}
	feed := entries.Feed{
		Language: callOf(ctx).language, Self: in.at(registerPath + "/releases.atom"), Names: names, Releases: page.Items,
		Entry: func(id string) string { return in.at(entryHref(id)) },
	}
	body, err := feed.Atom()
	if err != nil {
		return nil, err
	}
	return answerDocument(in.Conditional, "application/atom+xml; charset=utf-8", body), nil
}

func (s *server) countRegister(ctx context.Context, in *countInput) (*cached[PublicCounts], error) {
	c, err := s.Store.CountRegister(ctx)
	if err != nil {
		return nil, err
	}
	shownCounts := func(all []store.RegisterCount) []PublicCount {
		out := make([]PublicCount, len(all))
		for i, n := range all {
			out[i] = PublicCount(n)
		}
		return out
	}
	return answer(in.Conditional, PublicCounts{
		States: shownCounts(c.States), Modes: shownCounts(c.Modes), Classes: shownCounts(c.Classes), Charges: shownCounts(c.Charges),
	}), nil
}

func entryHref(id string) string { return registerPath + "/" + id }

func publicEntry(e store.RegisterEntry) PublicEntry {
	return PublicEntry{Entry: e.Entry, Code: entries.Code(e.ID), StateWords: e.State.Words(), Names: namesIn(e), ChangedAt: e.ChangedAt, Href: entryHref(e.ID)}
}

// namesIn are the names of what one entry refers to.
func namesIn(e store.RegisterEntry) entries.Names {
	ids := append([]string{e.Grantee, e.Agency}, e.Resources...)
	for _, d := range e.Decisions {
		ids = append(ids, d.Body)
	}
	names := entries.Names{}
	for _, id := range ids {
		if name, known := e.Names[id]; known {
			names[id] = name
		}
	}
	return names
}

func publicRelease(p entries.Published) PublicRelease {
	return PublicRelease{
		ID: p.ID, At: p.At, Release: p.Release, Words: text.Text{ZH: p.Release.Why("zh"), EN: p.Release.Why("en")}, Href: entryHref(p.Release.Entry.ID),
	}
}

func publicProduct(p store.RegisterProduct) PublicProduct {
	e := p.Entry
	return PublicProduct{
		Product: p.Product, Charge: p.Charge(), ClassWords: entries.ClassWords(p.Class), UnitWords: entries.UnitWords(p.Unit), Authorization: e.ID, Title: e.Title,
		Grantee: e.Grantee, Agency: e.Agency, State: e.State, StateWords: e.State.Words(), Names: namesIn(e), Href: entryHref(e.ID),
	}
}

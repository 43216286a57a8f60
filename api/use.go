package api

import (
	"context"
	"encoding/json"
	"time"

	"datacharter/casework"
	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/text"
	"datacharter/domain/use"
	"datacharter/store"
)

const platformsPath = base + "/platforms"

// Platform is a platform of an operator that reports use, with what it has reported.
type Platform struct {
	ID            string          `json:"id"`
	Href          string          `json:"href"`
	Authorization string          `json:"authorization"`
	Name          string          `json:"name"`
	Algorithm     string          `json:"algorithm" doc:"ed25519 or sm2"`
	Key           string          `json:"key" doc:"public key, PEM"`
	At            time.Time       `json:"at" doc:"when it was registered"`
	Revoked       *use.Revocation `json:"revoked,omitempty"`
	Batches       int64           `json:"batches" doc:"reported so far"`
	LastNumber    int64           `json:"last_number" doc:"greatest running number so far"`
	Head          string          `json:"head,omitempty" doc:"hash of the last batch: whoever keeps it can tell later that none before was changed"`
	ReportedAt    *time.Time      `json:"reported_at,omitempty"`
	Missing       []use.Gap       `json:"missing,omitempty" doc:"running numbers that no batch has, up to 100 runs; left out in answers to commands"`
}

// UseReason is one reason why a use lies beyond the authorisation.
type UseReason struct {
	use.Reason
	Words   text.Text `json:"words"`
	Article string    `json:"article"`
}

// BeyondScope is an event of a batch that lies beyond the authorisation.
type BeyondScope struct {
	Event   string      `json:"event"`
	Reasons []UseReason `json:"reasons"`
}

// UseReceipt is what a batch is answered, also when it is sent again.
type UseReceipt struct {
	Platform   string        `json:"platform"`
	Batch      string        `json:"batch"`
	Number     int64         `json:"number"`
	Position   int64         `json:"position" doc:"1, 2, 3 … as the platform's batches came"`
	At         time.Time     `json:"at"`
	Events     int64         `json:"events"`
	OutOfScope []BeyondScope `json:"out_of_scope" nullable:"false" doc:"events that lie beyond the authorisation: they are kept, and the agency and supervisors are told"`
	Prev       string        `json:"prev,omitempty" doc:"hash of the platform's batch before"`
	Hash       string        `json:"hash"`
}

// UseAnswer answers whether a use would be permitted.
type UseAnswer struct {
	Allowed bool        `json:"allowed"`
	At      time.Time   `json:"at"`
	Reasons []UseReason `json:"reasons" nullable:"false" doc:"why not; the refusal is kept"`
}

// UseTotal is one total of the ledger.
type UseTotal struct {
	Period           string    `json:"period" doc:"2026-03-01, 2026-03, 2026 or term"`
	Stage            use.Stage `json:"stage"`
	StageWords       text.Text `json:"stage_words"`
	Product          string    `json:"product,omitempty"`
	Unit             use.Unit  `json:"unit"`
	UnitWords        text.Text `json:"unit_words"`
	Events           int64     `json:"events" doc:"within the scope"`
	Volume           int64     `json:"volume"`
	OutOfScopeEvents int64     `json:"out_of_scope_events"`
	OutOfScopeVolume int64     `json:"out_of_scope_volume"`
}

// RecordedUse is an event of the ledger.
type RecordedUse struct {
	use.Event
	Platform string      `json:"platform"`
	Position int64       `json:"position" doc:"of its batch"`
	Reasons  []UseReason `json:"reasons,omitempty"`
}

// RefusedUse is a use that was asked about before and refused.
type RefusedUse struct {
	use.Use
	Platform string      `json:"platform"`
	AskedAt  time.Time   `json:"asked_at"`
	Reasons  []UseReason `json:"reasons" nullable:"false"`
}

type (
	newPlatformInput struct {
		ID string `path:"id" maxLength:"200"`
		Keyed
		Body use.PlatformInput
	}
	revokePlatformInput struct {
		ID string `path:"id" maxLength:"200"`
		Keyed
		Body use.RevokeInput
	}
	batchInput struct {
		ID        string `path:"id" maxLength:"200"`
		Signature string `header:"DataCharter-Signature" maxLength:"1000" doc:"signature over the exact bytes of the body, in base64: Ed25519, or SM2 with SM3 in ASN.1 under the user ID 1234567812345678"`
		RawBody   []byte
		Body      use.Batch
	}
	askUseInput struct {
		ID string `path:"id" maxLength:"200"`
		Keyed
		Body use.Use
	}
	totalsInput struct {
		ID      string           `path:"id" maxLength:"200"`
		Per     agreement.Period `query:"per" enum:"day,month,year,term" default:"month"`
		Periods int              `query:"periods" minimum:"1" maximum:"400" default:"36" doc:"at most so many, the last first"`
	}
	useListInput struct {
		ID string `path:"id" maxLength:"200"`
		Paging
		Platform   string    `query:"platform" maxLength:"200"`
		Stage      use.Stage `query:"stage" enum:"supply,processing,use,product-operation"`
		Product    string    `query:"product" maxLength:"200"`
		OutOfScope yesNo     `query:"out_of_scope" enum:"true,false" doc:"true: only what lies beyond the authorisation"`
	}
	batchListInput struct {
		ID string `path:"id" maxLength:"200"`
		Paging
		Platform   string `query:"platform" maxLength:"200"`
		OutOfScope yesNo  `query:"out_of_scope" enum:"true,false" doc:"true: only those with events beyond the authorisation"`
	}
	refusedListInput struct {
		ID string `path:"id" maxLength:"200"`
		Paging
	}
	platformOutput struct {
		Location string `header:"Location"`
		Body     Platform
	}
	receiptOutput   struct{ Body UseReceipt }
	useAnswerOutput struct{ Body UseAnswer }
)

func reasonViews(reasons []use.Reason) []UseReason {
	out := make([]UseReason, len(reasons))
	for i, r := range reasons {
		info := r.Code.Info()
		out[i] = UseReason{r, info.Words, info.Article}
	}
	return out
}

func platformView(p use.Platform) Platform {
	return Platform{
		ID: p.ID, Href: platformsPath + "/" + p.ID, Authorization: p.Authorization, Name: p.Name, Algorithm: p.Algorithm, Key: p.Key, At: p.At, Revoked: p.Revoked,
		Batches: p.Batches, LastNumber: p.Last, Head: p.Head, ReportedAt: p.ReportedAt,
	}
}

func receiptView(r use.Received) (UseReceipt, error) {
	out := UseReceipt{
		Platform: r.Platform, Batch: r.ID, Number: r.Number, Position: r.Position, At: r.At, Events: r.Events, OutOfScope: []BeyondScope{}, Prev: r.Prev, Hash: r.Hash,
	}
	var beyond []use.Beyond
	err := json.Unmarshal([]byte(r.Outcome), &beyond)
	for _, b := range beyond {
		out.OutOfScope = append(out.OutOfScope, BeyondScope{b.Event, reasonViews(b.Reasons)})
	}
	return out, err
}

func (s *server) registerPlatform(ctx context.Context, in *newPlatformInput) (*platformOutput, error) {
	p, refused, err := s.Desk.RegisterPlatform(ctx, callOf(ctx).actor, casework.PlatformOrder{Authorization: in.ID, Key: in.Key, Register: &in.Body})
	switch {
	case err != nil:
		return nil, untilLater(err)
	case refused != nil:
		return nil, refuse(refused)
	}
	return &platformOutput{platformsPath + "/" + p.ID, platformView(p)}, nil
}

func (s *server) revokePlatform(ctx context.Context, in *revokePlatformInput) (*platformOutput, error) {
	p, refused, err := s.Desk.RevokePlatform(ctx, callOf(ctx).actor, casework.PlatformOrder{Platform: in.ID, Key: in.Key, Revoke: &in.Body})
	switch {
	case err != nil:
		return nil, untilLater(err)
	case refused != nil:
		return nil, refuse(refused)
	}
	return &platformOutput{platformsPath + "/" + p.ID, platformView(p)}, nil
}

func (s *server) getPlatform(ctx context.Context, in *idInput) (*platformOutput, error) {
	p, err := s.Store.GetUsePlatform(ctx, callOf(ctx).actor, in.ID)
	if err != nil {
		return nil, err
	}
	view := platformView(p)
	view.Missing, err = s.Store.UseGaps(ctx, p.ID)
	return &platformOutput{Body: view}, err
}

func (s *server) listPlatforms(ctx context.Context, in *idInput) (*listOutput[Platform], error) {
	if err := s.seesLedger(ctx, in.ID); err != nil {
		return nil, err
	}
	platforms, err := s.Store.UsePlatforms(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := all(platforms, platformView)
	for i := range out.Body.Items {
		if out.Body.Items[i].Missing, err = s.Store.UseGaps(ctx, platforms[i].ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// seesLedger refuses whoever may not see the authorisation.
func (s *server) seesLedger(ctx context.Context, id string) error {
	_, err := s.Store.GetCaseSummary(ctx, callOf(ctx).actor, authorization.Kind, id)
	return err
}

func (s *server) reportUse(ctx context.Context, in *batchInput) (*receiptOutput, error) {
	received, refused, err := s.Desk.ReportUse(ctx, callOf(ctx).actor, casework.BatchOrder{Platform: in.ID, Body: in.RawBody, Signature: in.Signature, Batch: in.Body})
	switch {
	case err != nil:
		return nil, untilLater(err)
	case refused != nil:
		return nil, refuse(refused)
	}
	view, err := receiptView(received)
	return &receiptOutput{view}, err
}

func (s *server) askUse(ctx context.Context, in *askUseInput) (*useAnswerOutput, error) {
	answer, refused, err := s.Desk.AskUse(ctx, callOf(ctx).actor, casework.UseQuestion{Platform: in.ID, Key: in.Key, Use: in.Body})
	switch {
	case err != nil:
		return nil, untilLater(err)
	case refused != nil:
		return nil, refuse(refused)
	}
	return &useAnswerOutput{UseAnswer{Allowed: len(answer.Reasons) == 0, At: answer.At, Reasons: reasonViews(answer.Reasons)}}, nil
}

func (s *server) listUseTotals(ctx context.Context, in *totalsInput) (*listOutput[UseTotal], error) {
	if err := s.seesLedger(ctx, in.ID); err != nil {
		return nil, err
	}
	totals, err := s.Store.UseTotals(ctx, in.ID, in.Per, in.Periods)
	return all(totals, func(t use.Total) UseTotal {
		return UseTotal{
			Period: t.Period, Stage: t.Stage, StageWords: t.Stage.Words(), Product: t.Product, Unit: t.Unit, UnitWords: t.Unit.Words(),
			Events: t.Events, Volume: t.Volume, OutOfScopeEvents: t.Beyond, OutOfScopeVolume: t.BeyondVolume,
		}
	}), err
}

func (s *server) listUses(ctx context.Context, in *useListInput) (*listOutput[RecordedUse], error) {
	takers, err := s.seesTakers(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	page, err := s.Store.ListUses(ctx, store.UseFilter{
		Authorization: in.ID, Platform: in.Platform, Stage: in.Stage, Product: in.Product, Beyond: in.OutOfScope == "true", Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return shown(page, func(r store.RecordedUse) RecordedUse {
		if !takers {
			r.Taker = nil
		}
		return RecordedUse{Event: r.Event, Platform: r.Platform, Position: r.Position, Reasons: reasonViews(r.Reasons)}
	}), nil
}

// seesTakers reports whether the caller is told who takes products: the operator, the agency and supervisors are. It refuses whoever may not see the
// authorisation.
func (s *server) seesTakers(ctx context.Context, id string) (bool, error) {
	actor := callOf(ctx).actor
	c, err := s.Store.GetCaseSummary(ctx, actor, authorization.Kind, id)
	return use.SeesTakers(actor, c.Applicant, c.Agency), err
}

func (s *server) listBatches(ctx context.Context, in *batchListInput) (*listOutput[UseReceipt], error) {
	if err := s.seesLedger(ctx, in.ID); err != nil {
		return nil, err
	}
	page, err := s.Store.ListUseBatches(ctx, store.UseFilter{
		Authorization: in.ID, Platform: in.Platform, Beyond: in.OutOfScope == "true", Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := shown(page, func(use.Received) UseReceipt { return UseReceipt{} })
	for i, r := range page.Items {
		if out.Body.Items[i], err = receiptView(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *server) listRefusedUses(ctx context.Context, in *refusedListInput) (*listOutput[RefusedUse], error) {
	takers, err := s.seesTakers(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	page, err := s.Store.ListUseRefusals(ctx, in.ID, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	return shown(page, func(r store.RefusedUse) RefusedUse {
		if !takers {
			r.Use.Taker = nil
		}
		return RefusedUse{Use: r.Use, Platform: r.Platform, AskedAt: r.At, Reasons: reasonViews(r.Reasons)}
	}), nil
}

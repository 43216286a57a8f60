// Package use is the use ledger (使用台账): what operators' platforms report of every use of authorised data, and whether it stays within the scope of
// the authorisation (27号 Art. 15, 21).
package use

import (
	"strings"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// Stage is where in the life of data something is done. It is stored: never rename one.
//
// No rule lists stages; these four follow what the whole supervision is said to cover – resources, processing, use, product operation – and are a choice
// of this system.
type Stage string

// The stages.
const (
	Supply           Stage = "supply"            // 资源供给: a resource is handed to the operator's environment
	Processing       Stage = "processing"        // 加工: governance and development
	Using            Stage = "use"               // 使用: data are looked at or computed with
	ProductOperation Stage = "product-operation" // 产品经营: a product or service is delivered to who takes it
)

// Stages lists the stages in their order.
var Stages = []Stage{Supply, Processing, Using, ProductOperation}

// Unit is what a volume is counted in. It is stored: never rename one.
type Unit string

// The units. The first four are what a charge can be counted by (65号: 产品数量、服务次数、服务时间、数据调用量); the others a choice of this system.
const (
	Pieces    Unit = "number"
	Times     Unit = "times"
	Minutes   Unit = "time"
	Calls     Unit = "calls"
	Records   Unit = "records"
	Megabytes Unit = "megabytes"
)

// Units lists the units.
var Units = []Unit{Pieces, Times, Minutes, Calls, Records, Megabytes}

var stageWords = map[Stage]text.Text{
	Supply: {ZH: "资源供给", EN: "supply of resources"}, Processing: {ZH: "加工", EN: "processing"},
	Using: {ZH: "使用", EN: "use"}, ProductOperation: {ZH: "产品经营", EN: "product operation"},
}

var unitWords = map[Unit]text.Text{
	Pieces: {ZH: "件", EN: "pieces"}, Times: {ZH: "次", EN: "times"}, Minutes: {ZH: "分钟", EN: "minutes"},
	Calls: {ZH: "次调用", EN: "calls"}, Records: {ZH: "条", EN: "records"}, Megabytes: {ZH: "MB", EN: "MB"},
}

// Words names the stage; one that this program does not know is named by its code.
func (s Stage) Words() text.Text { return wordsOf(stageWords, s) }

// Words names the unit; one that this program does not know is named by its code.
func (u Unit) Words() text.Text { return wordsOf(unitWords, u) }

func wordsOf[T ~string](all map[T]text.Text, value T) text.Text {
	if w, ok := all[value]; ok {
		return w
	}
	return text.Text{ZH: string(value), EN: string(value)}
}

// Taker is who takes a product or service. It is never public, and told to the operator, the agency and supervisors alone.
type Taker struct {
	Name string `json:"name,omitempty" maxLength:"200"`
	Code string `json:"code,omitempty" maxLength:"18" doc:"unified social credit code 统一社会信用代码; left out for a natural person"`
}

// Use is one use as it is asked about before, or as it was.
type Use struct {
	At        time.Time       `json:"at,omitempty" format:"date-time" doc:"when, with its offset"`
	Stage     Stage           `json:"stage" enum:"supply,processing,use,product-operation"`
	Resources []string        `json:"resources" maxItems:"20" doc:"catalogue resources, by ID"`
	Product   string          `json:"product,omitempty" maxLength:"200" doc:"name of the product in the agreement; needed in product operation"`
	Purpose   agreement.Class `json:"purpose" enum:"public-benefit,industry" doc:"public governance and benefit, or industry and sector development"`
	Scenario  string          `json:"scenario,omitempty" maxLength:"2000" doc:"what it is for; where the authorisation is by scenario, word for word one of its scenarios"`
	Taker     *Taker          `json:"taker,omitempty" doc:"who takes the product; needed in product operation"`
	Volume    int64           `json:"volume" minimum:"0" maximum:"1000000000"`
	Unit      Unit            `json:"unit" enum:"number,times,time,calls,records,megabytes"`
}

// Event is one use as a platform reports it.
type Event struct {
	ID string `json:"id" maxLength:"64" doc:"the platform's own, never used twice: letters, digits and . _ : -"`
	Use
}

// Bounds of what a platform sends: choices of this system, against floods.
const (
	MaxEvents    = 1000 // of a batch
	MaxBytes     = 1 << 20
	MaxResources = 20 // of an event
	MaxVolume    = 1_000_000_000
	MaxNumber    = 1_000_000_000_000

	maxName     = 200
	maxScenario = 2000
)

// Skew is how far a platform's clock may run ahead of this one.
const Skew = 5 * time.Minute

// check finds what is wrong with the form of a use, whatever the scope; at gives the path of a field.
func (u Use) check(f *refusal.Faults, now time.Time, at func(field string) string) {
	switch {
	case u.At.IsZero():
		f.Add(refusal.Required.At(at("at")))
	case u.At.After(now.Add(Skew)):
		f.Add(refusal.TimeInFuture.At(at("at")))
	}
	refusal.Choice(f, at("stage"), u.Stage, Stages...)
	f.Unless(len(u.Resources) > 0, refusal.Required.At(at("resources")))
	if f.Count(at("resources"), len(u.Resources), MaxResources) {
		f.Distinct(u.Resources, func(i int) string { return refusal.In(at("resources"), i) })
		for i, id := range u.Resources {
			f.Text(refusal.In(at("resources"), i), id, maxName)
		}
	}
	f.AtMost(at("product"), u.Product, maxName)
	refusal.Choice(f, at("purpose"), u.Purpose, agreement.PublicBenefit, agreement.Industry)
	f.AtMost(at("scenario"), u.Scenario, maxScenario)
	f.Unless(u.Volume >= 0, refusal.NotNegative.At(at("volume")))
	f.Unless(u.Volume <= MaxVolume, refusal.TooLarge.At(at("volume"), "max", "1000000000"))
	refusal.Choice(f, at("unit"), u.Unit, Units...)
	u.checkTaker(f, at)
}

func (u Use) checkTaker(f *refusal.Faults, at func(field string) string) {
	if u.Stage == ProductOperation {
		f.Unless(strings.TrimSpace(u.Product) != "", refusal.Required.At(at("product")))
		f.Unless(u.Taker != nil && strings.TrimSpace(u.Taker.Name) != "", refusal.Required.At(at("taker.name")))
	}
	if u.Taker == nil {
		return
	}
	f.AtMost(at("taker.name"), u.Taker.Name, maxName)
	if u.Taker.Code != "" {
		_, err := identity.ParseCreditCode(u.Taker.Code)
		f.Unless(err == nil, refusal.BadCreditCode.At(at("taker.code")))
	}
}

// Check finds what is wrong with a use that is asked about.
func (u Use) Check(now time.Time) *refusal.Refusal {
	var f refusal.Faults
	u.check(&f, now, func(field string) string { return field })
	return f.Refusal()
}

package register

import (
	"crypto/sha1" //nolint:gosec // for names by RFC 9562 version 5, not for security
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"datacharter/domain/text"
)

// Published is a release as it stands in the public record.
type Published struct {
	ID      string    // of its message
	At      time.Time // of what changed
	Release Release
}

// Feed is an Atom feed (RFC 4287) of releases, newest first.
type Feed struct {
	Language string // of its words: "zh" or "en"
	Self     string // address of the feed
	Entry    func(id string) string
	Names    Names
	Releases []Published
}

type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
		Type string `xml:"type,attr,omitempty"`
	}
	atomEntry struct {
		ID         string         `xml:"id"`
		Title      string         `xml:"title"`
		Updated    string         `xml:"updated"`
		Author     string         `xml:"author>name"`
		Links      []atomLink     `xml:"link"`
		Categories []atomCategory `xml:"category"`
		Summary    string         `xml:"summary"`
	}
	atomCategory struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr"`
	}
)

var feedTitle = text.Text{ZH: "公共数据授权运营公开登记：变更", EN: "Public register of authorised operations: changes"}

// Atom renders the feed. The feed of no releases says that it was last changed when 1970 began.
func (f Feed) Atom() ([]byte, error) {
	out := atomFeed{
		Lang: f.Language, ID: uuidOf("feed " + f.Self), Title: feedTitle.In(f.Language), Updated: time.Unix(0, 0).UTC().Format(time.RFC3339),
		Links: []atomLink{{Rel: "self", Href: f.Self, Type: "application/atom+xml"}},
	}
	for i, p := range f.Releases {
		if i == 0 {
			out.Updated = p.At.UTC().Format(time.RFC3339Nano)
		}
		out.Entries = append(out.Entries, f.entry(p))
	}
	raw, err := xml.MarshalIndent(out, "", " ")
	if err != nil {
		return nil, fmt.Errorf("render a feed: %w", err)
	}
	return append([]byte(xml.Header), raw...), nil
}

func (f Feed) entry(p Published) atomEntry {
	e := p.Release.Entry
	out := atomEntry{
		ID: uuidOf("release " + p.ID), Title: e.Title + text.Text{ZH: "：", EN: ": "}.In(f.Language) + p.Release.Why(f.Language),
		Updated: p.At.UTC().Format(time.RFC3339Nano), Author: f.Names.Of(e.Agency), Links: []atomLink{{Rel: "alternate", Href: f.Entry(e.ID)}},
		Summary: p.Release.What(f.Language),
	}
	for _, r := range p.Release.Reasons {
		out.Categories = append(out.Categories, atomCategory{Term: string(r), Label: r.Words().In(f.Language)})
	}
	return out
}

// Why says the reasons of a release in words.
func (r Release) Why(language string) string {
	words := make([]string, len(r.Reasons))
	for i, reason := range r.Reasons {
		words[i] = reason.Words().In(language)
	}
	return listed(words, language)
}

// What names the fields of the entry that a release changed, in words.
func (r Release) What(language string) string {
	changed := map[string]bool{}
	for _, name := range r.Changed {
		changed[name] = true
	}
	var words []string
	for _, f := range Fields {
		if changed[f.Name] {
			words = append(words, f.Words.In(language))
		}
	}
	return listed(words, language)
}

func listed(words []string, language string) string {
	return strings.Join(words, text.Text{ZH: "、", EN: ", "}.In(language))
}

// uuidOf makes an identifier that is the same for the same name, whatever address the system has: a version 5 UUID.
func uuidOf(name string) string {
	sum := sha1.Sum([]byte("datacharter register " + name)) //nolint:gosec // as RFC 9562 has it
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

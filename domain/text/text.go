// Package text holds words that people read, in Chinese and English.
package text

import "strings"

// Text is one wording in both languages of the system.
type Text struct {
	ZH string `json:"zh" yaml:"zh"`
	EN string `json:"en" yaml:"en"`
}

// In returns the wording for a language tag: English for "en" and its variants, Chinese for every other.
func (t Text) In(language string) string {
	if strings.HasPrefix(strings.ToLower(language), "en") {
		return t.EN
	}
	return t.ZH
}

// Complete reports whether both wordings are there.
func (t Text) Complete() bool { return t.ZH != "" && t.EN != "" }

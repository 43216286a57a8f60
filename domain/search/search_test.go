package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTerms(t *testing.T) {
	for _, c := range []struct{ text, index, query string }{
		{"", "", ""},
		{" ,。-（）", "", ""},
		{"水", "水", "水"},
		{"授权", "授权 权", "授权"},
		{"公共数据资源", "公共 共数 数据 据资 资源 源", "公共 共数 数据 据资 资源"},
		{"数据、数据", "数据 据", "数据"},
		{"国家\n数据", "国家 家 数据 据", "国家 数据"},
		{"Water Supplies", "water supplies", "water supplies"},
		{"ＡＰＩ接口２", "api 接口 口 2", "api 接口 2"},
		{"R&D, r&d", "r d", "r d"},
		{"城市5G基站t_video", "城市 市 5g 基站 站 t video", "城市 5g 基站 t video"},
		{"cafe\u0301 \u0301", "cafe\u0301", "cafe\u0301"},
		{"二〇二三年", "二〇 〇二 二三 三年 年", "二〇 〇二 二三 三年"},
		{strings.Repeat("x", 40), strings.Repeat("x", MaxTermRunes), strings.Repeat("x", MaxTermRunes)},
	} {
		if got := strings.Join(Terms(c.text), " "); got != c.index {
			t.Errorf("Terms(%q) = %q, want %q", c.text, got, c.index)
		}
		if got := strings.Join(QueryTerms(c.text), " "); got != c.query {
			t.Errorf("QueryTerms(%q) = %q, want %q", c.text, got, c.query)
		}
	}
}

// matches is the rule a store follows: each query term begins some indexed term.
func matches(text, query string) bool {
	indexed := Terms(text)
	for _, q := range QueryTerms(query) {
		if !slices.ContainsFunc(indexed, func(term string) bool { return strings.HasPrefix(term, q) }) {
			return false
		}
	}
	return true
}

func TestMatches(t *testing.T) {
	title := "江苏省水环境质量状况 Water Quality 2023"
	for query, want := range map[string]bool{
		"水": true, "况": true, "环境": true, "水环境质量": true, "qual": true, "江苏 water": true, "": true,
		"授权": false, "境环": false, "uality": false, "江苏 air": false,
	} {
		if got := matches(title, query); got != want {
			t.Errorf("query %q matches %v, want %v", query, got, want)
		}
	}
}

var anyText = rapid.StringOfN(rapid.RuneFrom([]rune("公共数据资源授权水 ,。aBzZé09ＡＺ０\n_-々〇")), 0, 60, -1)

// Whatever piece of a text's Chinese characters one searches for is found, since a store ANDs the pairs.
func TestEveryPieceOfATextFindsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chinese := []rune(rapid.StringOfN(rapid.RuneFrom([]rune("公共数据资源授权水々〇")), 1, 30, -1).Draw(t, "chinese"))
		text := anyText.Draw(t, "before") + string(chinese) + anyText.Draw(t, "after")
		from := rapid.IntRange(0, len(chinese)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(chinese)).Draw(t, "to")
		if query := string(chinese[from:to]); !matches(text, query) {
			t.Fatalf("%q does not find %q", query, text)
		}
	})
}

func FuzzTerms(f *testing.F) {
	f.Add("公共数据 Water ＡＰＩ")
	f.Add("\xff\xfe水")
	f.Fuzz(func(t *testing.T, text string) {
		for _, terms := range [][]string{Terms(text), QueryTerms(text)} {
			for i, term := range terms {
				if term == "" || utf8.RuneCountInString(term) > MaxTermRunes {
					t.Fatalf("term %q", term)
				}
				if slices.Contains(terms[:i], term) {
					t.Fatalf("term %q twice", term)
				}
			}
		}
		if !matches(text, text) {
			t.Fatalf("%q does not find itself", text)
		}
	})
}

func BenchmarkTerms(b *testing.B) {
	text := strings.Repeat("江苏省水环境质量状况 Water Quality 2023,", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Terms(text)
	}
}

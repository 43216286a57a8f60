package words

import (
	"regexp"
	"strings"

	"datacharter/domain/text"
)

var (
	articles = regexp.MustCompile(`\s*Art\. (\d+(?:\(\d+\))?(?:(?:–|, )\d+(?:\(\d+\))?)*)`)
	article  = regexp.MustCompile(`^([\d–]+)(?:\((\d+)\))?$`)
	parts    = regexp.MustCompile(`\s*parts? ([\d–]+)`)

	aside = strings.NewReplacer(" (by analogy)", "（参照）", " Annex ", "附录", "; ", "；", ", ", "、")
)

// Article names the articles that a profile cites, such as "27号 Art. 14(2)", in words.
func Article(cited string) text.Text {
	if cited == "none" {
		return words("无规定", "no rule")
	}
	zh := articles.ReplaceAllStringFunc(cited, func(found string) string {
		var out []string
		for one := range strings.SplitSeq(articles.FindStringSubmatch(found)[1], ", ") {
			out = append(out, article.ReplaceAllString(one, "第${1}条第${2}项"))
		}
		return strings.ReplaceAll(strings.Join(out, "、"), "条第项", "条")
	})
	return text.Text{ZH: aside.Replace(parts.ReplaceAllString(zh, "第${1}部分")), EN: cited}
}

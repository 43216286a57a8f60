package words

import (
	"datacharter/domain/agreement"
	"datacharter/domain/text"
)

// units name what a charge is counted by (65号).
var units = map[string]text.Text{
	"number": words("产品数量", "number of products"),
	"times":  words("服务次数", "number of services"),
	"time":   words("服务时间", "time of service"),
	"calls":  words("数据调用量", "volume of calls"),
}

// forms are those of products, which name themselves.
func forms() map[string]text.Text {
	out := make(map[string]text.Text, len(agreement.Forms))
	for _, f := range agreement.Forms {
		out[string(f.Form)] = f.Words
	}
	return out
}

package accounts

import "strings"

// mark is a part of a User-Agent header and the name it stands for.
type mark struct{ part, name string }

// Browsers also name those that they descend from, so the more special one comes first.
var browsers = []mark{
	{"MicroMessenger/", "WeChat"},
	{"DingTalk/", "DingTalk"},
	{"QQBrowser/", "QQ Browser"},
	{"UCBrowser/", "UC Browser"},
	{"QIHU", "360 Browser"},
	{"360SE", "360 Browser"},
	{"Edg", "Edge"},
	{"OPR/", "Opera"},
	{"SamsungBrowser/", "Samsung Internet"},
	{"Firefox/", "Firefox"},
	{"FxiOS/", "Firefox"},
	{"Chromium/", "Chromium"},
	{"HeadlessChrome/", "Chromium"},
	{"Chrome/", "Chromium"}, // and everything built on it that says no more
	{"CriOS/", "Chromium"},
	{"Safari/", "Safari"},
}

var systems = []mark{
	{"OpenHarmony", "HarmonyOS"},
	{"HarmonyOS", "HarmonyOS"},
	{"Windows", "Windows"},
	{"Android", "Android"},
	{"iPhone", "iOS"},
	{"iPad", "iOS"},
	{"Mac OS X", "macOS"},
	{"CrOS", "ChromeOS"},
	{"Linux", "Linux"},
}

// Agent names a browser and its system, such as "Firefox, Linux", from a User-Agent header, so that a person knows his sessions apart.
// It repeats nothing of the header and is empty when it knows neither.
func Agent(header string) string {
	var names []string
	for _, list := range [][]mark{browsers, systems} {
		for _, m := range list {
			if strings.Contains(header, m.part) {
				names = append(names, m.name)
				break
			}
		}
	}
	return strings.Join(names, ", ")
}

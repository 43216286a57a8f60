package demo

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
)

type object = map[string]any

// say has the people of the city say something about the first resources of the catalogue: a report that is confirmed, one that waits, and demands that
// are supported, answered and open. Said again of the same resources it changes nothing, as the requests have the same keys.
func (c *city) say(ctx context.Context) error {
	first := c.resources[0]
	at := base + "resources/" + first.ID + "/quality-reports"
	confirmed, err := c.said(ctx, "reader", at, object{"field": "summary", "wrong": "说明没有写明统计口径，不同年份的数字无法比较。"})
	if err == nil {
		_, err = c.said(ctx, "supply-reviewer", confirmed+"/answer", object{"outcome": "confirmed", "reason": "反馈属实，下次更新时补充统计口径。"})
	}
	if err == nil {
		_, err = c.said(ctx, "spruce-applicant", at, object{"wrong": "最近一个月的数据缺少三天。"})
	}
	if err != nil {
		return err
	}
	available, err := c.demands(ctx, "qinghe-applicant", object{"title": "公交线路和站点", "data": "全市公交线路走向、站点位置和首末班时间。", "use": "为老年人出行提供到站提示。"})
	if err == nil {
		_, err = c.said(ctx, "supply-reviewer", available+"/answer", object{"outcome": "available", "resource": first.ID, "reason": "目录中已有，可以直接申请。"})
	}
	if err != nil {
		return err
	}
	open, err := c.demands(ctx, "reader", object{"title": "公共停车泊位实时空余数", "data": "各公共停车场每五分钟的空余泊位数，含收费标准。", "use": "驾车出行前查询，减少绕行。"})
	for _, person := range []string{"spruce-applicant", "yuanlan-applicant"} {
		if err == nil {
			_, err = c.said(ctx, person, open+"/support", object{})
		}
	}
	return err
}

func (c *city) demands(ctx context.Context, person string, input object) (string, error) {
	return c.said(ctx, person, base+"demands", input)
}

// said posts what somebody says and returns the address of what it is about.
func (c *city) said(ctx context.Context, person, path string, input object) (string, error) {
	body, err := json.Marshal(input)
	if err != nil {
		return "", err
	}
	var stands struct {
		Href string `json:"href"`
	}
	r := request{method: http.MethodPost, path: path, person: person, key: fmt.Sprintf("demo-%x", sha256.Sum256(append([]byte(person+path), body...))), kind: "application/json", body: body}
	err = c.client.exchange(ctx, r, &stands)
	return stands.Href, err
}

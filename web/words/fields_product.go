package words

// productFields name the fields of the inputs of products and services.
var productFields = map[string]Label{
	"product.DraftInput.authorization": label("所依据的授权运营", "authorisation it rests on").hint("协议已备案、未在退出的授权运营。", "One whose agreement is filed and that is not in exit."),
	"product.DraftInput.operator":      label("运营机构", "operator").hint("您为几个运营机构办理时选择其中一个。", "Which of the operators you act for."),

	"product.Content.name":         label("产品和服务名称", "product or service").hint("须在已签署协议的产品和服务清单内。", "One of the list in the signed agreement."),
	"product.Content.form":         label("产品形态", "form"),
	"product.Content.class":        label("类别", "class").hint("与协议一致：公共治理、公益类免费；产业、行业类可以收费。", "As in the agreement: public governance and benefit is free, industry may be charged for."),
	"product.Content.scenario":     label("应用场景", "application scenario").hint("谁在什么情况下用它做什么；上架后公开。", "Who uses it when for what; public once it is on offer."),
	"product.Content.resources":    label("使用的数据资源", "resources it uses").hint("须在协议的数据资源范围内。", "All of them in the agreement's scope."),
	"product.Content.standard":     label("技术标准", "technical standard"),
	"product.Content.capabilities": label("能力清单", "list of capabilities").hint("每行一项；上架后公开。", "One a line; public once it is on offer."),
	"product.Content.unit":         label("计费单位", "charged by").hint("免费的也请选择用量按什么统计。", "For what is free: what its use is counted by."),

	"product.TrialInput.until":       label("试运行截止日期", "last day of the trial"),
	"product.TrialInput.arrangement": label("试运行安排", "arrangement").hint("与谁试用、用量多大、怎样监测。", "With whom, how much and how it is watched."),
	"product.ResultInput.result":     label("试运行结果", "result of the trial"),
	"product.ResultInput.text":       label("结果说明", "what came of it"),

	"product.StepInput.up_to":       label("本档截止用量", "last unit of the step").hint("最后一档不填；只填一档就是单一价格。", "Left empty for the last step; one step alone is a plain price."),
	"product.StepInput.price":       label("本档单价（元）", "price of this step (yuan)"),
	"product.CeilingInput.tariff":   label("上限收费标准", "ceiling").hint("按用量分档累加；高于上限的现行收费随之下调。", "By steps that are added up; a present charge above it is lowered to it."),
	"product.CeilingInput.reason":   label("测算依据", "on what it was reckoned"),
	"product.ChargeInput.tariff":    label("收费标准", "charge").hint("任何用量下都不得高于上限。", "No quantity may cost more than by the ceiling."),
	"product.ChargeInput.discounts": label("优惠", "discounts"),
	"product.ChargeInput.reason":    label("调整理由", "reason of the change").hint("首次定价可以不填，此后每次调整必填。", "Not needed for the first charge, and for every change after it."),
	"product.DiscountInput.name":    label("优惠对象或者名称", "for whom or what"),
	"product.DiscountInput.reason":  label("优惠理由", "reason"),
	"product.DiscountInput.rate":    label("优惠幅度（%）", "percent off"),
}

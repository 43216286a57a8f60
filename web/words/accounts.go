package words

import (
	"datacharter/domain/revenue"
	"datacharter/domain/text"
)

// Account names an account of the book of revenue.
func Account(a revenue.Account) text.Text {
	switch party := a.Party(); {
	case party != "":
		return text.Text{ZH: "应付 " + party, EN: "payable to " + party}
	case a == revenue.Received:
		return text.Text{ZH: "已收运营服务费", EN: "fees received"}
	default:
		return text.Text{ZH: "待分配收入", EN: "income to be shared"}
	}
}

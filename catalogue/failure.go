package catalogue

import (
	"fmt"
	"strconv"

	"datacharter/domain/catalogue"
	"datacharter/domain/text"
)

// Failure says why a file cannot be read or stored, and where.
type Failure struct {
	Code   FailureCode `json:"code"`
	Row    int         `json:"row,omitempty"` // number of the row at fault, from 1; 0 outside the rows
	Offset int64       `json:"offset"`        // bytes of the file up to the fault; 0 also when the file is not at fault
	field  string      // of ColumnMissing
	cause  error       // the failure below, if there is one; never shown to users
}

// FailureCode names a kind of failure. Codes are stable.
type FailureCode string

// The kinds of failure.
const (
	NotJSON       FailureCode = "not-json"
	NotUTF8       FailureCode = "not-utf8"
	Truncated     FailureCode = "truncated"
	TooLarge      FailureCode = "too-large"
	TooManyRows   FailureCode = "too-many-rows"
	ShapeUnknown  FailureCode = "shape-unknown"
	FormatUnknown FailureCode = "format-unknown"
	NotTable      FailureCode = "not-a-table"
	ColumnMissing FailureCode = "column-missing"
	NoRows        FailureCode = "no-rows"
	TrailingData  FailureCode = "trailing-data"
	ReadFailed    FailureCode = "read-failed"
	StoreFailed   FailureCode = "store-failed"
	Interrupted   FailureCode = "interrupted"
)

var failureWords = map[FailureCode]text.Text{
	NotJSON:       {ZH: "文件不是有效的JSON", EN: "the file is not valid JSON"},
	NotUTF8:       {ZH: "文件不是UTF-8编码", EN: "the file is not in UTF-8"},
	Truncated:     {ZH: "文件不完整，中途结束", EN: "the file breaks off before its end"},
	TooLarge:      {ZH: "文件超过 " + strconv.Itoa(MaxBytes>>20) + " MiB", EN: "the file is larger than " + strconv.Itoa(MaxBytes>>20) + " MiB"},
	TooManyRows:   {ZH: "行数超过 " + strconv.Itoa(MaxRows), EN: "the file has more than " + strconv.Itoa(MaxRows) + " rows"},
	ShapeUnknown:  {ZH: "文件既不是数组，也不是含一个datasets数组的对象", EN: "the file is neither an array nor an object with one datasets array"},
	FormatUnknown: {ZH: "字段与已知的目录格式都不相符", EN: "the fields are those of no known catalogue"},
	NotTable:      {ZH: "文件不是有效的CSV或XLSX表格", EN: "the file is no valid CSV or XLSX table"},
	ColumnMissing: {ZH: "对照方案所指的列不在表头中", EN: "a column that the mapping names is not among the headings"},
	NoRows:        {ZH: "文件中没有数据行", EN: "the file has no rows"},
	TrailingData:  {ZH: "目录结束之后还有内容", EN: "the file goes on after the catalogue's end"},
	ReadFailed:    {ZH: "读取文件失败", EN: "the file could not be read"},
	StoreFailed:   {ZH: "写入资源目录失败", EN: "the resources could not be stored"},
	Interrupted:   {ZH: "导入被中断", EN: "the import was interrupted"},
}

// FailureCodes lists every kind of failure, for documentation and tests.
func FailureCodes() []FailureCode {
	return []FailureCode{
		NotJSON, NotUTF8, Truncated, TooLarge, TooManyRows, ShapeUnknown, FormatUnknown, NotTable, ColumnMissing, NoRows, TrailingData, ReadFailed, StoreFailed, Interrupted,
	}
}

// Words says in both languages what the code means.
func (c FailureCode) Words() text.Text { return failureWords[c] }

// Detail is the failure and its place in words.
func (f *Failure) Detail(language string) string {
	var place text.Text
	switch {
	case f.Row == 0:
		place = text.Text{ZH: fmt.Sprintf("（第 %d 字节）", f.Offset), EN: fmt.Sprintf(" (byte %d)", f.Offset)}
	case f.Offset == 0: // not a fault of the file
		place = text.Text{ZH: fmt.Sprintf("（自第 %d 行起）", f.Row), EN: fmt.Sprintf(" (from row %d)", f.Row)}
	default:
		place = text.Text{ZH: fmt.Sprintf("（第 %d 行，第 %d 字节）", f.Row, f.Offset), EN: fmt.Sprintf(" (row %d, byte %d)", f.Row, f.Offset)}
	}
	if f.field != "" {
		return f.Code.Words().In(language) + text.Text{ZH: "：", EN: ": "}.In(language) + catalogue.FieldName(f.field).In(language)
	}
	return f.Code.Words().In(language) + place.In(language)
}

// Error is for logs and wrapping; users read Detail.
func (f *Failure) Error() string {
	if f.cause != nil {
		return fmt.Sprintf("catalogue: %s at row %d, byte %d: %v", f.Code, f.Row, f.Offset, f.cause)
	}
	return fmt.Sprintf("catalogue: %s at row %d, byte %d", f.Code, f.Row, f.Offset)
}

// Unwrap gives the failure below: the reader's, the store's or the context's.
func (f *Failure) Unwrap() error { return f.cause }

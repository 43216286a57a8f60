package refusal

// Codes of mappings, by which a source of one's own is imported.
var (
	MappingUnreadable = define("mapping-unreadable", Invalid, "对照方案无法读取：应为YAML或JSON，且只含规定的项目。", "The mapping cannot be read: YAML or JSON with nothing but the known parts.")
	MappingUnknown    = define("mapping-unknown", NotFound, "该来源没有保存的对照方案，请先用对照方案文件导入一次。", "No mapping is kept for this source: import it once with a mapping file.")
	SourceKeyUnfit    = define("source-key-unfit", Invalid, "来源名称不能是已知目录的名称，也不能含控制字符或等号。", "A source's name is not that of a known catalogue and has no control characters or equals signs.")
)

// Codes of changes that wait because the resource is registered.
var (
	NoHeldChange   = define("no-held-change", Conflict, "该资源没有待处理的变更。", "No change of this resource waits.")
	HeldSuperseded = define("held-superseded", Precondition, "来源又有新的变更，请查看后重新办理。", "The source says something else by now; look at it again.")
)

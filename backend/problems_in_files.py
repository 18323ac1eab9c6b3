"""What can be wrong with an imported file and its rows, each with a sentence that says what to do."""

FILE_SENTENCES: dict[str, tuple[int, str]] = {
    "empty_file": (422, "文件是空的。打开看看有没有内容，存好再传。"),
    "file_too_large": (413, "文件超过 {limit} MB。分成几个文件再传。"),
    "file_encrypted": (422, "文件设了打开密码。在 Excel 里去掉密码，另存一份再传。"),
    "file_damaged": (422, "文件打不开，可能没传完或已损坏。用 Excel 打开另存一份再传。"),
    "file_not_table": (422, "这不是表格文件。要 .xlsx、.xls 或 .csv 格式的。"),
    "zip_bomb": (422, "文件解开后大得不正常，没有读。用 Excel 打开另存一份再传。"),
    "too_many_rows": (422, "表“{sheet}”太长，一张表最多 {limit} 行。分开再传。"),
    "too_many_columns": (422, "表“{sheet}”太宽，最多 {limit} 列。删掉没用的列再传。"),
    "too_slow": (422, "文件太大或太复杂，读了很久没有读完。分成几个文件再传。"),
    "reader_failed": (500, "读这个文件时程序出了错，什么也没有导入。把文件交给管理员看看。"),
    "no_header": (422, "没有找到表头。表里要有“姓名”“身份证号”这样的列名，补上再传。"),
    "no_people_columns": (422, "表头里没有姓名和身份证号两列，认不出是谁。补上列名再传。"),
    "no_rows": (422, "表头下面一行人也没有。看看是不是选错了文件。"),
    "not_declarations": (
        422,
        "这像是{seen}，不是申报信息。申报表要有申请人、身份证号、申报时间或困难情况。选对文件再传。",
    ),
    "not_roster": (422, "这像是申报信息，不是名册。请在“导入申报”里传。"),
    "wrong_kind": (422, "选的是{told}，文件里却像是{seen}。选对类别或换一个文件。"),
    "kind_unknown": (422, "看不出是哪一类名册。选好类别（低保、特困、临时救助、儿童、残疾人补贴）再导入。"),
    "other_list": (422, "这份名单不在比对的五类名册里（如脱贫户、监测对象、城市低保、死亡名单），没有导入。"),
    "already_imported": (409, "这个文件 {when} 已经导入过（{name}），不用再导。要更正就改好内容再传。"),
    "nothing_to_compare": (409, "还没有申报信息。先导入申报，再比对。"),
    "file_missing": (404, "找不到文件“{name}”。看看路径对不对。"),
    "unwritable": (422, "写不了“{name}”。看看文件夹在不在、有没有权限。"),
}

# {row} and {column} are where, {seen} what stands there, masked.
ROW_SENTENCES: dict[str, str] = {
    "row_without_person": "第 {row} 行没有姓名也没有证号，没有导入。补上再传。",
    "name_missing": "第 {row} 行“{column}”空着。对着证件补上姓名。",
    "id_missing": "第 {row} 行“{column}”空着。问清证号补上，现在先按待补证算。",
    "id_precision_lost": "第 {row} 行“{column}”{seen} 被 Excel 丢了后几位。把这一列设成“文本”，重新导出再传。",
    "id_bad_length": "第 {row} 行“{column}”{seen} 位数不对，应当是 18 位。对着户口簿改。",
    "id_bad_birth": "第 {row} 行“{column}”{seen} 里的出生日期不对。对着户口簿改。",
    "id_bad_checksum": "第 {row} 行“{column}”{seen} 最后一位对不上，多半抄错了一位。对着户口簿改。",
    "id_bad_character": "第 {row} 行“{column}”{seen} 里有不该有的字符。改成 18 位数字（最后一位可以是 X）。",
    "id_foreign": "第 {row} 行“{column}”{seen} 不是居民身份证号。转人工核对。",
    "phone_odd": "第 {row} 行“{column}”{seen} 不像电话：手机是 11 位，座机是区号加 7、8 位。照原样收下了，问清改好。",
    "source_no_missing": "第 {row} 行“{column}”空着，先用行号编了一个。补上申报编号再核对。",
    "source_no_column_missing": "表里没有申报编号这一列，已按行号编号。最好请省里重新导出带编号的。",
    "source_no_repeated": "第 {row} 行“{column}”{seen}和前面的人重了，先在后面加了序号。核对一下是谁的。",
    "row_repeated": "第 {row} 行和前面的一行重复（{seen}），只算一次。不用改。",
    "already_declared": "第 {row} 行（{seen}）以前导入过，这次没有重复导入。不用改。",
    "date_impossible": "第 {row} 行“{column}”{seen} 太早或在今天以后，不像申报的日子，先按推送那天算。改成真的日子再传。",
    "date_unreadable": "第 {row} 行“{column}”{seen} 看不出是哪一天。改成 2023-06-10 这样的写法。",
    "time_missing": "第 {row} 行没有申报时间，先按{seen}算。补上再核对。",
    "township_missing": "第 {row} 行没有写乡镇，发布不了预警。补上乡镇再传。",
    "township_unknown": "第 {row} 行“{column}”{seen}不在本县的乡镇里。改成区划里的名称。",
    "village_unknown": "第 {row} 行“{column}”{seen}在这个乡镇里找不到，先只记乡镇。改成区划里的村名。",
    "village_ambiguous": "第 {row} 行“{column}”{seen}在县里不止一个，没写乡镇分不清。补上乡镇再传。",
    "not_roster": "表“{sheet}”是申报信息，不是名册，没有导入。",
    "wrong_kind": "表“{sheet}”不是所选的那类名册，没有导入。",
    "kind_unknown": "表“{sheet}”看不出是哪一类名册，没有导入。选好类别单独再导。",
    "other_list": "表“{sheet}”不在比对的五类名册里，没有导入。",
}


# What a column is called when the file's own heading for it is not at hand.
COLUMN_WORDS = {
    "township": "乡镇", "village": "村", "name": "姓名", "source": "申报编号", "date": "日期", "time": "申报时间", "id": "证号",
}  # fmt: skip


def column_words(code: str, column: str) -> str:
    """The heading of the file, or the office's word for the column a problem is about; "" for a whole row."""
    return column or COLUMN_WORDS.get(code.partition("_")[0], "")


def row_sentence(code: str, *, row: int, column: str = "", seen: str = "", sheet: str = "") -> str:
    """The sentence of a row problem: where, what, and what to do."""
    return ROW_SENTENCES[code].format(row=row, column=column_words(code, column), seen=seen, sheet=sheet)

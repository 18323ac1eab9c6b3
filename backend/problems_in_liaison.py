"""What 联络员, 通报, 群通知 and the search refuse, and what to do about it."""

LIAISON_SENTENCES: dict[str, tuple[int, str]] = {
    "too_many_searches": (429, "十分钟里按证号查了太多次，歇一会儿再查，或者按姓名、村找。"),
    "number_part": (422, "证号要打全 18 位。编号打全，或者打最后四位。电话号码查不到户。"),
    "case_number_unknown": (404, "没有这个编号的户，或者不归这里管。对着单子再看一下编号。"),
    "liaison_unit": (422, "写上单位，像“恭门镇民政办”。"),
    "liaison_name": (422, "写上姓名。"),
    "liaison_duty": (422, "选 A角 还是 B角。"),
    "liaison_phone": (422, "手机和办公电话至少写一个，手机要 11 位。"),
    "liaison_taken": (409, "这个单位已经有{duty}了，先停用原来的，再加新的。"),
    "liaison_days": (422, "停用的日子不能早于开始的日子，也不能在今天之后。"),
    "liaison_ended": (409, "这个人已经停用了，刷新看看。"),
    "liaison_area": (422, "这个地方不归你管，换一个。"),
    "exchange_to": (422, "选一位现在的联络员。"),
    "exchange_matter": (422, "写清通报什么事，最少 5 个字，不写户里人的姓名和证号。"),
    "exchange_private": (422, "里面像有证号或手机号，删掉再记。"),
    "exchange_due": (422, "要回复的日子不能在今天之前。"),
    "exchange_answer": (422, "写清怎么答复的。"),
    "exchange_other_office": (403, "这一条由{office}答复，等他们写。"),
    "exchange_answered": (409, "这一条已经答复了，刷新看看。"),
    "webhook_address": (422, "地址要以 https:// 开头，主机在允许的名单里，不能指向内网。名单由管服务器的人设。"),
    "webhook_none": (404, "还没设群通知，先填上地址。"),
}

"""What 督办, 督导检查 and 抽查 refuse, and what to do about it."""

SUPERVISION_SENTENCES: dict[str, tuple[int, str]] = {
    "supervision_empty": (422, "勾上要督办的户，一张单子最多 200 户。"),
    "supervision_other_township": (422, "一张督办单只发给一个乡镇，先按乡镇筛一下。"),
    "supervision_due": (422, "回复时限要在今天以后。"),
    "supervision_matter": (422, "写清督办什么事、要镇上回复什么。"),
    "supervision_answer": (422, "写清怎么办的、办到哪一步，县里才能销号。"),
    "supervision_state": (409, "这张督办单现在是“{state}”，不能做这一步。刷新看看。"),
    "inspection_day": (422, "督导时间不能在今天之后。"),
    "inspection_team": (422, "写上督导组是哪几家、谁带队。"),
    "inspection_counts": (422, "抽查户数至少 1 户，真实户数不能比抽查的多。"),
    "inspection_village": (422, "这个村不在这个乡镇，重新选。"),
    "finding_unfit": (422, "选问题类别，再写清问题和整改要求。"),
    "finding_due": (422, "整改时限不能早于督导那天。"),
    "finding_result": (422, "写清整改结果，才能销号。"),
    "finding_closed": (409, "这一条已经销号了，刷新看看。"),
    "spot_check_period": (422, "起止日期不对，开始要早于结束，也不能在今天之后。"),
    "spot_check_size": (422, "抽几户写 1 到 200，或者选 5%、10%。"),
    "spot_check_empty": (422, "这段时间没有已核查的户，换个时间段。"),
    "spot_check_answer": (422, "选一下这户电话里怎么说。"),
    "spot_check_day": (422, "户里说的日期不能在今天之后。"),
}

"""What a township is told when who goes to a household does not fit."""

TOWNSHIP_SENTENCES: dict[str, tuple[int, str]] = {
    "near_relative": (422, "{name}备案是申报人的近亲属（{relation}），不能去这一户，换一个人。"),
    "relative_missing": (422, "选一个人，或者写上名字，只要一样。"),
    "relation_missing": (422, "选是什么亲属关系。"),
    "relative_filed": (409, "{name}已经备案过了，不用再备。"),
    "filing_withdrawn": (409, "这条备案已经撤了，刷新看看。"),
    "cover_days": (422, "哪天到哪天没写对：最后一天不能早于第一天，也不能已经过了。"),
    "cover_too_long": (422, "顶班最多 {days} 天，更久的就把户交给别人。"),
    "cover_overlaps": (409, "{name}这几天已经安排过顶班，先结束那一个。"),
    "cover_over": (409, "这个顶班已经结束了，刷新看看。"),
    "stand_in_away": (422, "{name}自己那几天也不在，换一个人。"),
    "not_joint": (409, "这个镇一个办公室研判就行，直接同意。"),
    "opinion_given": (409, "你们办公室的意见已经记下了，等另一个办公室。"),
    "second_office_missing": (409, "要两个办公室联合研判，另一个办公室还没同意。先记下你们的意见，等他们来同意。"),
    "already_going": (422, "{name}本来就去这一户，换一个人。"),
    "transfer_place": (422, "选本县的另一个乡镇。不在本县的，申请作废，写“迁出本县”。"),
    "transfer_over": (409, "这一户后来又转过了，刷新看看。"),
    "transfer_taken_on": (409, "对方已经派了人，不能直接收回。打电话请他们退回来。"),
    "place_village": (422, "选本镇的一个村。"),
    "not_going": (409, "{name}现在不去这一户了，刷新看看。"),
}

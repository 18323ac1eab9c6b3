"""What departments are told when a step, a question, a plan or an objection does not fit."""

from backend.codebook import DeclineReason

QUEUE_SENTENCES: dict[str, tuple[int, str]] = {
    "notice_too_long": (422, "告知说明要印成一页大字，放不下：这里最多 {most} 个字。写短一些，多的话当面说。"),
    "step_unknown": (422, "这一类没有这一步，选一个列出来的。"),
    "step_of_itself": (422, "“{step}”有自己的按钮，不在这里记。"),
    "step_in_future": (422, "这一天还没到，写今天或以前的日子。"),
    "step_end_missing": (422, "公示要写到哪天为止。"),
    "step_end_before": (422, "公示到的那天不能早于开始那天。"),
    "step_too_short": (422, "公示要满 {days} 天，最早到 {day}。"),
    "step_order": (422, "“{step}”还没记，先记那一步。"),
    "step_before": (422, "不能早于前一步，最早写 {day}。"),
    "step_after": (422, "后面一步已经记了 {day}，这一步不能比它晚。"),
    "step_category": (422, "这一条没有转这一类，选一个列出来的。"),
    "decision_before_step": (422, "结果不能早于前面的步骤，最早写 {day}。"),
    "notice_hangs": (
        422,
        "公示到 {day}，满了、没有异议才能纳入。有异议就先记“公示异议”；本人放弃、人已去世、查了不符合的，现在就能登记“不予纳入”。",
    ),
    "notice_none": (422, "还没有公示，或者那天还没贴出来。先记公示，异议的日子写在它以后。"),
    "steps_unrecorded": (422, "{steps}还没记。先记这几步；在别的系统里办完了的，勾上再登记。"),
    "decline_reason": (422, "选一个不予纳入的原因，要告诉本人。表里写在“不予纳入原因”那一列。"),
    "decision_twice": (409, "这一类已经登记过结果了，刷新看看。"),
    "decision_detail": (422, "这一类没有这个细类，选一个列出来的。"),
    "people_invalid": (422, "写几个人，1 到 99 的数字。"),
    "month_invalid": (422, "月份写成 2026-07 这样。"),
    "request_missing": (422, "写清楚要补什么，乡镇才好去办。"),
    "request_open": (409, "已经问过乡镇要材料，等回了再问。"),
    "request_answered": (409, "这一次要的材料已经回过了，刷新看看。"),
    "answer_missing": (422, "写一句怎么补的，部门才知道。"),
    "measure_missing": (422, "写清楚做什么。"),
    "measure_need": (422, "选一种帮扶。"),
    "responsible_missing": (422, "写谁负责。"),
    "plan_labour": (422, "选家里的劳动能力。"),
    "plan_needs": (422, "至少选一样需要。"),
    "plan_unfit": (422, "整户无劳动力的，不要只安排产业、就业，加上保障类的。"),
    "measure_end_before": (422, "结束不能早于开始。"),
    "measure_done": (409, "这一项已经记了做完。"),
    "measure_done_day": (422, "做完的日子要在开始以后、今天以前。"),
    "correction_done": (409, "这一条已经改过，或者不能改，刷新看看。"),
    "correction_reason": (422, "写清楚为什么改，至少 5 个字。"),
    "correction_routed": (409, "已经转出去了。先把转出去的撤回来，再撤研判。"),
    "objection_none": (422, "这一条还没有不同意的结果，不能提复核。"),
    "objection_open": (409, "这一条已经有复核在办，先答复那一次。"),
    "objection_missing": (422, "写下本人怎么说的，至少 5 个字。"),
    "objection_day": (422, "提出的日子不能在结果以前，也不能在今天以后。"),
    "objection_relation": (422, "选是家里谁提的。"),
    "objection_office": (
        403,
        "由作出结果的部门答复：民政的归民政，单项的归主管部门，解释说明的归乡镇。那个部门没有别人时，才由县乡村振兴答复。",
    ),
    "objection_own": (
        403,
        "结果是你定的、话是你说的，请本单位另一个人看过再答复。本单位没有别人的，由县乡村振兴答复；防返贫的由县民政答复。",
    ),
    "objection_answered": (409, "这一次复核已经答复过了，刷新看看。"),
    "objection_answer": (422, "写清楚怎么答复的，至少 10 个字。"),
    "objection_outcome": (422, "选维持还是重新办。"),
    "objection_answer_day": (422, "答复的日子要在提出以后、今天以前。"),
    "results_none": (422, "文件里没有找到“预警编号”和“结果”两列。用导出的那个文件填。"),
    "results_changed": (409, "看过以后又有人办了几条，重新上传看一遍再登记。"),
    "results_nothing": (422, "这个文件里没有能登记的行，照下面写的改好再传。"),
}
# One row of a file of results: what is wrong with it.
RESULT_FAULTS = {
    "number_missing": "没有写预警编号",
    "number_unknown": "这个编号不在你的队列里",
    "number_twice": "这个编号和类别前面已经写过",
    "outcome_missing": "没有写结果",
    "outcome_unknown": "结果写“纳入”“不予纳入”“已解决”或“暂不能解决”",
    "category_unknown": "类别不认识，照导出的文件写",
    "detail_unknown": "细类不认识，照导出的文件写",
    "day_unknown": "日期写成 2026-07-10",
    "amount_unknown": "金额写成数字，单位元",
    "people_unknown": "人数写成数字",
    "reason_unknown": f"不予纳入原因写{'、'.join(f'“{one.standard}”' for one in DeclineReason)}里的一个",
    "month_unknown": "起领月份写成 2026-07",
}


def result_faults(codes: list[str]) -> str:
    """What is wrong with one row, in one sentence."""
    return "；".join(RESULT_FAULTS[code] for code in dict.fromkeys(codes))

"""Every failure by name: a stable code, an HTTP status and a sentence that says what to do."""

from typing import Any

from backend.problems_in_administration import ADMINISTRATION_SENTENCES
from backend.problems_in_files import FILE_SENTENCES
from backend.problems_in_liaison import LIAISON_SENTENCES
from backend.problems_in_queues import QUEUE_SENTENCES
from backend.problems_in_supervision import SUPERVISION_SENTENCES
from backend.problems_in_townships import TOWNSHIP_SENTENCES

SENTENCES: dict[str, tuple[int, str]] = {
    "not_found": (404, "没有找到这一项，可能已经不归你管。回到列表看看。"),
    "signed_out": (401, "登录已过期，重新登录就能接着用，没上报的都还在。"),
    "forbidden": (403, "你的岗位不能做这一步，请联系有权限的人。"),
    "bad_credentials": (401, "账号或密码不对，再看一下大小写。"),
    "locked_out": (429, "密码连着错了 5 次，{minutes} 分钟后再试，或请管理员重设。"),
    "too_many_requests": (429, "点得太快了，过一分钟再试。"),
    "bad_token": (400, "页面放得太久了，刷新一下再交。"),
    "bad_request": (400, "交来的内容读不懂，刷新页面后再试。"),
    "invalid": (422, "有几项填得不对，改好再交。"),
    "too_large": (413, "内容太大，一次最多 {limit}。分开再交。"),
    "address_too_long": (414, "地址太长了，回到上一页再试。"),
    "headers_too_large": (431, "浏览器带来的内容太多，清掉这个网站的记录再试。"),
    "method_not_allowed": (405, "这个地址不能这样用，回到上一页再试。"),
    "server_error": (500, "服务器出了问题，已经记下来了。稍后再试，填的内容还在。"),
    "unknown_field": (422, "交来的内容里有不认识的项，更新手机上的程序再试。"),
    "no_phone": (404, "这一户没有留电话，问问村干部。"),
    "item_torn": (422, "这一件在路上坏了，手机会自己再传一次。"),
    "item_unfit": (422, "这一件的编号或种类不对，更新手机上的程序再传。"),
    "device_unknown": (401, "这个手机还没登记。登录就能接着上报，手机里的都还在。"),
    "enrolment_unfit": (422, "手机登记没对上，更新手机上的程序再试。"),
    "code_wrong": (422, "绑定码不对，还能试 {left} 次。再对一下 6 位数字。"),
    "code_over": (410, "绑定码过期了或已经用过，找乡镇再要一个。"),
    "device_taken": (409, "这个手机以前登记过，钥匙换了。先登录把没上报的报完，再把手机拿给乡镇看。"),
    "device_stopped": (409, "这个手机已经停用。手机在手上，就找乡镇恢复。"),
    "device_in_use": (409, "这个手机没有停用，不用恢复。"),
    "upload_version": (412, "传照片的方式对不上，更新手机上的程序再传。"),
    "upload_unfit": (422, "照片的编号或大小没写对，更新手机上的程序再传。"),
    "upload_type": (415, "传照片的方式对不上，更新手机上的程序再传。"),
    "upload_offset": (409, "这张照片传到的位置对不上，手机会接着断的地方传。"),
    "upload_busy": (423, "这张照片正在传，等一会儿。"),
    "too_many_uploads": (429, "这部手机开了头没传完的照片太多，手机等一会儿会接着传。"),
    "upload_expired": (410, "这张照片传了一半放得太久了，手机会从头再传。"),
    "upload_finished": (409, "这张照片已经收好了，不用再传。"),
    "upload_torn": (460, "照片在路上坏了一段，手机会自己再传。"),
    "upload_checksum": (400, "这种校验方式不认识，更新手机上的程序再传。"),
    "upload_unopened": (422, "这张照片封得不对，打不开，手机里的还在。告诉管理员。"),
    "upload_key_unknown": (503, "这张照片服务器现在打不开，手机里的还在，过后再传。告诉管理员。"),
    "photo_taken": (409, "这张照片的编号已经用过了，重拍一张。"),
    "wrong_stage": (409, "这一户现在是“{stage}”，不能做这一步。刷新看看最新情况。"),
    "changed_meanwhile": (409, "刚才别人改过这一户，刷新后再办。"),
    "not_in_area": (422, "{name}不在这个乡镇，换一个人。"),
    "not_field_worker": (422, "{name}不是入户的岗位，换一个人。"),
    "same_person_twice": (422, "主责和同行要是两个人，换一个同行人。"),
    "inactive_user": (422, "{name}的账号已停用，换一个人。"),
    "return_needs_reason": (422, "退回要选原因，再写一句补什么。"),
    "differing_undecided": (422, "“{label}”两边说法不一样，先选采用哪一个。"),
    "photos_incomplete": (409, "照片还差 {missing} 张没传到，到齐了才能同意。"),
    "routing_empty": (422, "至少选一个去向。"),
    "routing_exclusive": (422, "选了“不符合”，就不能同时转办。"),
    "category_missing": (422, "转民政要至少选一类救助。"),
    "already_routed": (409, "这一户已经转给{queue}了，不用再转。"),
    "routing_state": (409, "这一件现在是“{state}”，不能做这一步。"),
    "export_reason": (422, "写清楚为什么要全号、给谁用，至少 6 个字。"),
    "item_settled": (409, "这一件已经有人定过了，刷新看看。"),
    "item_counts": (409, "这一份核查表正算数，不行就在研判里退回补正。"),
    "item_without_case": (422, "这一件没写清是哪一户，选好是哪一户再收。"),
    "item_unreadable": (422, "这一件读不懂，先留着。问问县里管系统的人。"),
    "text_too_long": (422, "这里最多写 {most} 字，写短一点再交。"),
    "reason_missing": (422, "写一句理由，对方才知道为什么。"),
    "decision_outcome": (422, "这个去向不能选“{outcome}”。"),
    "decision_category": (422, "选一个救助类别再登记结果。"),
    "decision_in_future": (422, "结果日期不能在今天之后。"),
    "amount_invalid": (422, "金额写成数字，最多两位小数，单位元。"),
    "witness_missing": (422, "拒签要写见证人。"),
    "explanation_missing": (422, "写清楚是怎么解释的，至少 10 个字。"),
    "extension_over": (409, "期限已经过了，延期要在到期前申请。这一户按超期算，尽快去。"),
    "extension_not_later": (422, "延到的日子要在现在的期限以后，换一天。"),
    "extension_too_late": (422, "延期最多往后 90 天，换一天。"),
    "petition_answered": (409, "这一件县上已经答复了，刷新看看。"),
    "answer_unfit": (409, "这一对已经定过，或者已经发布了。刷新看看。"),
    "id_number_invalid": (422, "证号不对，要 18 位。再对着户口簿看一下。"),
    "upload_missing": (404, "这次上传放得太久，已经清掉了。再传一次。"),
    "nothing_to_publish": (409, "没有要发布的预警。先比对，再发布。"),
    "parameter_unfit": (422, "这个参数不能是这个值，照框旁边写的改。"),
    "parameter_source": (422, "写清依据哪份文件，例：张民发〔2026〕8号，最多 120 个字。"),
    "parameter_past": (422, "生效的日子已经过了，写清为什么要从以前算起。"),
    "parameter_day": (409, "这个参数在这一天已经定过值，换一天。"),
    "parameter_waiting": (409, "这一天的值已经有人提了，还在等批准。"),
    "proposal_settled": (409, "这一条已经有人定过了，刷新看看。"),
    "own_proposal": (403, "自己部门提的不能自己批，由县里另一个部门看过再定。"),
    "not_own_proposal": (403, "不是自己提的不能撤回。"),
    "numbers_used_up": (409, "这一天的编号用完了，明天再发布。"),
    "township_missing": (422, "“{number}”没有写清乡镇，补上才能发布。"),
}
SENTENCES |= ADMINISTRATION_SENTENCES | FILE_SENTENCES | LIAISON_SENTENCES | QUEUE_SENTENCES
SENTENCES |= SUPERVISION_SENTENCES | TOWNSHIP_SENTENCES


class Problem(Exception):
    """A named failure. `fields` maps a field to what is wrong there; it goes to the screen as it is.

    Among the `facts` of one that passes by itself, `retry_after` says in how many seconds.
    """

    def __init__(self, code: str, *, fields: dict[str, Any] | None = None, **facts: Any) -> None:
        self.code = code
        self.status, sentence = SENTENCES[code]
        self.message = sentence.format(**facts)
        self.fields = fields or {}
        self.facts = facts
        super().__init__(code)


def sentence(code: str, **facts: Any) -> str:
    """The sentence for `code`, filled with `facts`."""
    return SENTENCES[code][1].format(**facts)

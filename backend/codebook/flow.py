"""The way of a case from assignment to decision (甘民发〔2023〕53号 二、三)."""

from backend.codebook.base import LabelEnum


class Duty(LabelEnum):
    MAIN = "main", "主责"
    COMPANION = "companion", "同行"


class ReviewOutcome(LabelEnum):
    APPROVED = "approved", "同意"
    RETURNED = "returned", "退回补正"


class ReturnReason(LabelEnum):
    PHOTO = "photo", "照片缺失"
    SIGNATURE = "signature", "签字缺失"
    INCOME = "income", "收入未核"
    MEMBER = "member", "成员漏登"
    CONTRADICTION = "contradiction", "明显矛盾"
    OTHER_HOUSEHOLD = "other_household", "非本户"
    OTHER = "other", "其他"


class Queue(LabelEnum):
    SOCIAL_ASSISTANCE = "social_assistance", "民政救助"
    RELAPSE_PREVENTION = "relapse_prevention", "防返贫监测"
    EDUCATION = "education", "教育保障"
    MEDICAL = "medical", "医疗保障"
    HOUSING = "housing", "住房安全"
    WATER = "water", "饮水安全"
    EXPLANATION = "explanation", "不符合，解释宣传"


REFERRAL_QUEUES = (Queue.EDUCATION, Queue.MEDICAL, Queue.HOUSING, Queue.WATER)


class AssistanceCategory(LabelEnum):
    """The five categories of 甘民发〔2023〕53号 二."""

    DIBAO = "dibao", "农村低保"
    TEKUN = "tekun", "特困供养"
    TEMPORARY = "temporary", "临时救助"
    CHILD = "child", "孤儿（事实无人抚养儿童）"
    DISABILITY = "disability", "残疾人两项补贴"


class MonitorCategory(LabelEnum):
    UNSTABLE = "unstable", "脱贫不稳定户"
    MARGINAL = "marginal", "边缘易致贫户"
    SUDDEN = "sudden", "突发严重困难户"


class RoutingState(LabelEnum):
    SENT = "sent", "已转，待受理"
    ACCEPTED = "accepted", "已受理"
    RETURNED = "returned", "退回乡镇"
    WITHDRAWN = "withdrawn", "乡镇撤回"
    DECIDED = "decided", "已有结果"


class DecisionOutcome(LabelEnum):
    INCLUDED = "included", "纳入"
    DECLINED = "declined", "不予纳入"
    SOLVED = "solved", "已解决"
    UNSOLVED = "unsolved", "暂不能解决"
    EXPLAINED = "explained", "已解释宣传"


class DeclineReason(LabelEnum):
    INCOME = "income", "收入高于标准且无突出困难"
    PROPERTY = "property", "财产超过规定"
    ALREADY = "already", "已享受相应政策"
    SOLVABLE = "solvable", "困难可自主解决"
    NOT_MEMBER = "not_member", "不属共同生活或非农业户籍"
    UNTRUE = "untrue", "申报不实"
    WAIVED = "waived", "本人放弃"
    UNCOOPERATIVE = "uncooperative", "拒不配合"
    DUPLICATE = "duplicate", "重复申报"
    DEAD = "dead", "人已去世，户里没有别人"
    MOVED = "moved", "迁出本县"


class ExplanationMethod(LabelEnum):
    IN_PERSON = "in_person", "当面"
    PHONE = "phone", "电话"
    VIDEO = "video", "视频"


class ExplanationReceipt(LabelEnum):
    SIGNED = "signed", "签字"
    HANDPRINT = "handprint", "手印"
    REFUSED = "refused", "拒签"


class Verdict(LabelEnum):
    """What became of a deposited item; apart from its receipt."""

    PENDING = "pending", "等待处理"
    APPLIED = "applied", "已采纳"
    NEEDS_REVIEW = "needs_review", "待乡镇处理"
    QUARANTINED = "quarantined", "另存待人工处理"
    DISCARDED = "discarded", "乡镇没有采用"


class VerdictReason(LabelEnum):
    """Why an item was not simply adopted, as the person on the phone reads it."""

    REASSIGNED = "reassigned", "这一户已派给别人，你交的留着，乡镇来定"
    CLOSED = "closed", "这一户已办结，你交的留着，乡镇来定"
    OTHER_VISIT = "other_visit", "别人也交了一份核查表，两份都留着，乡镇来定"
    ALREADY_REVIEWED = "already_reviewed", "乡镇已经看过前一份，这一份留着，乡镇来定"
    BEFORE_PUBLICATION = "before_publication", "入户时间在预警发布以前，乡镇来核"
    CLOCK_AHEAD = "clock_ahead", "手机时间比服务器快，入户时间按收到时算，乡镇来核"
    CLOCK_ORDER = "clock_order", "离开时间在到达以前，乡镇来核"
    FORM_VERSION = "form_version", "核查表的版本不一样，填的都收下了，乡镇来核"
    UNKNOWN_ANSWERS = "unknown_answers", "有几项表上没有，填的都收下了，乡镇来核"
    PHOTO_LIST = "photo_list", "照片清单有几张对不上，乡镇来核"
    VISITOR_ACCOUNT = "visitor_account", "核查人里有一个账号对不上，填的都收下了，乡镇来核"
    NOT_TO_EXPLAIN = "not_to_explain", "这一户现在不等解释说明，你交的留着，乡镇来定"
    NOT_TO_EXTEND = "not_to_extend", "这一户用不上这次延期，你写的留着，乡镇来看"
    DIFFERS_FROM_VISIT = "differs_from_visit", "和乡镇看过的核查表不一样，收下了，乡镇来核"
    UNKNOWN_CASE = "unknown_case", "没有找到这一户，交来的另外存着，等人来看"
    FOREIGN_CASE = "foreign_case", "没有找到这一户，交来的另外存着，等人来看"
    UNREADABLE = "unreadable", "交来的内容读不懂，原样存着，等人来看"
    UNKNOWN_KEYS = "unknown_keys", "交来的内容有不认识的项，原样存着，等人来看"
    INVALID = "invalid", "交来的内容有几项不对，原样存着，等人来看"
    APPLY_FAILED = "apply_failed", "服务器没能记上，原样存着，等人来看"
    UNOPENED = "unopened", "交来的内容打不开，原样存着，等人来看"
    UNPROVEN_AUTHOR = "unproven_author", "说不准是谁填的，收下存着，等乡镇来认"
    BAD_SIGNATURE = "bad_signature", "手机的签名对不上，收下存着，等乡镇来认"
    DEVICE_REVOKED = "device_revoked", "这个手机已经停用，收下存着，等乡镇来认"
    OUTSIDE_POSTING = "outside_posting", "不是你管的村，收下存着，等乡镇来定"
    FOUND_KNOWN = "found_known", "这一户已经有人申报，你看到的放到那一户，乡镇来看"
    FOUND_RECEIVING = "found_receiving", "名册里像是有这个人在享，都留着，乡镇来定"
    FOUND_BESIDE = "found_beside", "这一户由别人负责，你交的留着，乡镇来定"
    ACCOUNT_CLOSED = "account_closed", "交的人账号已经停用，收下存着，等乡镇来认"


class ItemKind(LabelEnum):
    VISIT = "visit", "核查表"
    OBSERVATION = "observation", "补充观察"
    ATTEMPT = "attempt", "没见到人"
    URGENT = "urgent", "报急难"
    EXPLANATION = "explanation", "解释说明"
    EXTENSION = "extension", "延期申请"
    DRAFT = "draft", "没写完的表"
    DISCOVERY = "discovery", "主动发现"


class DeclarationSource(LabelEnum):
    """Where a household became known (DOMAIN 2.1), as far as this program tells them apart."""

    DECLARED = "yijianbaopin", "一键报贫"
    TOWNSHIP_FOUND = "township_found", "乡镇发现"


# The name of a household that somebody in a hurry did not ask for.
UNNAMED = "姓名不详"


class Hardship(LabelEnum):
    """What somebody sees at the door of a household that nobody declared."""

    ILLNESS = "illness", "看病"
    SCHOOL = "school", "上学"
    DISABILITY = "disability", "残疾"
    HOUSE = "house", "房子"
    WATER = "water", "吃水"
    WORK = "work", "没活干"
    DISASTER = "disaster", "遭灾"
    OTHER = "other", "别的"


class NoticeKind(LabelEnum):
    """What a person on the phone is told about a household."""

    LATE_CONTRIBUTION = "late_contribution", "改派以后，原来的人又交来了他记的，两份都留着"
    KEPT_BESIDE = "kept_beside", "这一户已派给别人，你交的留着，现在的人看得到"
    ACCEPTED = "accepted", "你交的乡镇看过了，已经采纳"
    ATTACHED = "attached", "你交的已经由乡镇放到这一户"
    DISCARDED = "discarded", "你交的乡镇没有采用，原样存着"
    RESTORED = "restored", "你交的乡镇又拿回来看"
    EXTENSION_APPROVED = "extension_approved", "县上批了延期，到期的日子改了"
    EXTENSION_REFUSED = "extension_refused", "县上没批延期，期限不变"


class LateReason(LabelEnum):
    """Why something came beside, as whoever has the household now reads it; codes of VerdictReason."""

    REASSIGNED = "reassigned", "改派以后，原来的人又交来了他记的，两份都留着"
    CLOSED = "closed", "办结以后又有人交来一份，留着，乡镇来定"
    OTHER_VISIT = "other_visit", "这一户别人也交了一份核查表，两份都留着，乡镇来定"


class CountMode(LabelEnum):
    CALENDAR = "calendar", "自然日"
    WORKDAYS = "workdays", "工作日"


class PetitionState(LabelEnum):
    """What became of a request that only the county may grant: 延期, 作废."""

    ASKED = "asked", "等县上批"
    APPROVED = "approved", "县上批了"
    REFUSED = "refused", "县上没批"
    REPLACED = "replaced", "换成后来的申请"
    UNFIT = "unfit", "用不上"


class VoidReason(LabelEnum):
    """Why a household needs no visit after all."""

    NOT_FOUND = "not_found", "查无此人"
    DEAD = "dead", "人已去世，户里没有别人"
    MOVED = "moved", "迁出本县"
    NOT_DECLARER = "not_declarer", "非本人申报，本人不认"
    WITHDRAWN = "withdrawn", "本人撤回申报"
    MISTAKE = "mistake", "预警发错了"

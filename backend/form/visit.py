"""S0 the visit itself, S8 photos, S9 opinions, S10 signatures."""

from backend.form.question import Question, Section, one_of

VISIT = Section(
    "S0",
    "入户信息",
    (
        Question("visit_mode", "怎么核查的", "choice", "VisitMode", normal="in_person", clause="57号 第16条"),
        Question(
            "visit_mode_reason", "为什么没有当面", "text", max_length=100,
            when=one_of("visit_mode", "video", "phone", "neighbour", "entrusted"),
            hint="只限人户分离或重大突发事件", clause="57号 第16条",
        ),
        Question("interviewee_name", "被访人姓名", "text", max_length=20),
        Question("interviewee_relation", "被访人和户主的关系", "choice", "Relation"),
        Question("interviewee_phone", "被访人电话", "phone", required=False),
        Question("is_retold", "有人帮着转述", "yes_no", required=False, hint="听不懂、说不清时请人帮忙的"),
    ),
)  # fmt: skip

PHOTOS = Section(
    "S8",
    "照片",
    (
        Question(
            "photos", "照片", "photos", "PhotoKind",
            hint="不同意拍也行，写原因", clause="核查表 S8",
        ),
        Question(
            "neighbour_note", "问了邻居，邻居说", "long_text", required=False, max_length=300,
            hint="问一两户，名字可以不写", since=3,
        ),
    ),
)  # fmt: skip

OPINIONS = Section(
    "S9",
    "核查意见",
    (
        Question("visitor_opinion", "你们的建议", "choices", "VisitorOpinion", clause="53号 二"),
        Question("opinion_reason", "理由", "long_text", max_length=500, hint="一两句话，写看到的"),
        Question("village_opinion", "村上的意见", "text", required=False, max_length=200),
    ),
)

SIGNATURES = Section(
    "S10",
    "签字",
    (
        Question("visitors", "核查人（至少两个）", "people", clause="57号 第16条"),
        Question("signature_visitor_1", "核查人一签字", "signature", clause="57号 第16条"),
        Question("signature_visitor_2", "核查人二签字", "signature", clause="57号 第16条"),
        Question(
            "signature_interviewee", "被访人签字", "signature",
            hint="不会写字可以按手印拍照；不愿意签，写原因和见证人", clause="57号 第16条",
        ),
    ),
)  # fmt: skip

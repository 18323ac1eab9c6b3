"""Answers of the 核查表 about housing, water, risks, needs, photos and opinions."""

from backend.codebook.base import LabelEnum


class Satisfied(LabelEnum):
    YES = "yes", "能保障"
    NO = "no", "有困难"


class HouseGrade(LabelEnum):
    A = "a", "A级"
    B = "b", "B级"
    C = "c", "C级"
    D = "d", "D级"
    UNGRADED = "ungraded", "未鉴定"


class HouseDefect(LabelEnum):
    NONE = "none", "没看到问题"
    CRACK = "crack", "墙体裂缝"
    LEAK = "leak", "屋顶漏雨"
    SINK = "sink", "地基下沉"
    DISASTER = "disaster", "受灾"


class WaterSource(LabelEnum):
    TAP = "tap", "自来水"
    CISTERN = "cistern", "水窖"
    WELL = "well", "井水"
    HAULED = "hauled", "拉水"
    SPRING = "spring", "泉水"


class WaterIssue(LabelEnum):
    NONE = "none", "四项都达标"
    QUANTITY = "quantity", "水量不够"
    QUALITY = "quality", "水质不好"
    DISTANCE = "distance", "取水太远"
    RELIABILITY = "reliability", "时常断水"


class Risk(LabelEnum):
    ILLNESS = "illness", "因病"
    SCHOOLING = "schooling", "因学"
    DISABILITY = "disability", "因残"
    DISASTER = "disaster", "因自然灾害"
    ACCIDENT = "accident", "因意外事故"
    INDUSTRY = "industry", "因产业失败"
    JOB = "job", "因务工不稳"
    LABOUR = "labour", "因缺劳动力"
    HOUSING = "housing", "因安全住房"
    WATER = "water", "因安全饮水"
    OTHER = "other", "其他"


class Disaster(LabelEnum):
    FLOOD = "flood", "洪涝"
    GEOLOGY = "geology", "地质"
    DROUGHT = "drought", "旱灾"
    PEST = "pest", "生物"
    WEATHER = "weather", "气象"
    EARTHQUAKE = "earthquake", "地震"
    OTHER = "other", "其他"


class Need(LabelEnum):
    INDUSTRY = "industry", "产业帮扶"
    JOB = "job", "就业帮扶"
    FINANCE = "finance", "金融帮扶"
    PUBLIC_JOB = "public_job", "公益岗位"
    HOUSING = "housing", "住房保障"
    WATER = "water", "饮水保障"
    HEALTH = "health", "健康帮扶"
    EDUCATION = "education", "教育帮扶"
    SECURITY = "security", "综合保障"
    SOCIAL = "social", "社会帮扶"
    CARE = "care", "访视照料"
    RELOCATION = "relocation", "搬迁"
    CONDITIONS = "conditions", "生产生活条件"
    INFRASTRUCTURE = "infrastructure", "基础设施"
    REHABILITATION = "rehabilitation", "康复"
    MIND = "mind", "心理关爱"
    NONE = "none", "暂时没有"


class Coping(LabelEnum):
    ABLE = "able", "能应对"
    PARTLY = "partly", "部分能"
    UNABLE = "unable", "应对不了"


class Wish(LabelEnum):
    DIBAO = "dibao", "申请低保"
    TEKUN = "tekun", "申请特困"
    TEMPORARY = "temporary", "临时救助"
    DISABILITY = "disability", "残疾补贴"
    CHILD = "child", "儿童保障"
    MONITOR = "monitor", "监测帮扶"
    SINGLE = "single", "只要单项"
    WAIVE = "waive", "放弃"


class PhotoKind(LabelEnum):
    HOUSE = "house", "房屋外观"
    ROOM = "room", "住人房"
    KITCHEN = "kitchen", "厨房"
    WATER = "water", "水源"
    GROUP = "group", "核查合影"
    PAPERS = "papers", "身份证户口簿"
    DISABILITY_CARD = "disability_card", "残疾证"
    DIAGNOSIS = "diagnosis", "诊断病历"
    RECEIPT = "receipt", "医疗票据"
    TUITION = "tuition", "学费票据"
    CRACK = "crack", "裂缝细部"
    VEHICLE = "vehicle", "车辆"
    DISASTER = "disaster", "灾损现场"
    CONSENT = "consent", "授权书"
    HANDPRINT = "handprint", "手印签字页"
    OTHER = "other", "其他"


REQUIRED_PHOTOS = (
    PhotoKind.HOUSE,
    PhotoKind.ROOM,
    PhotoKind.KITCHEN,
    PhotoKind.WATER,
    PhotoKind.GROUP,
    PhotoKind.PAPERS,
)


class VisitorOpinion(LabelEnum):
    DIBAO = "dibao", "农村低保"
    TEKUN = "tekun", "特困供养"
    TEMPORARY = "temporary", "临时救助"
    CHILD = "child", "儿童保障"
    DISABILITY = "disability", "残疾补贴"
    MONITOR = "monitor", "防返贫监测"
    EDUCATION = "education", "教育单项"
    MEDICAL = "medical", "医疗单项"
    HOUSING = "housing", "住房单项"
    WATER = "water", "饮水单项"
    NOT_ELIGIBLE = "not_eligible", "不符合"

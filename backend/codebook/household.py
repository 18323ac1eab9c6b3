"""Answers of the 核查表 about the visit, the household and its members."""

from backend.codebook.base import LabelEnum


class VisitMode(LabelEnum):
    IN_PERSON = "in_person", "当面"
    VIDEO = "video", "视频"
    PHONE = "phone", "电话"
    NEIGHBOUR = "neighbour", "邻里访问"
    ENTRUSTED = "entrusted", "委托异地核查"


class AttemptResult(LabelEnum):
    NOT_MET = "not_met", "没遇上人"
    AWAY = "away", "全家外出"
    REFUSED = "refused", "不愿意核查"
    UNKNOWN = "unknown", "查无此人"
    DECEASED = "deceased", "已去世"
    MOVED = "moved", "已迁走"
    NOT_DECLARER = "not_declarer", "不是本人报的"


class HouseholdRegister(LabelEnum):
    RURAL = "rural", "农业"
    URBAN = "urban", "非农业"


class HouseholdType(LabelEnum):
    ORDINARY = "ordinary", "一般农户"
    LIFTED = "lifted", "脱贫户"
    UNSTABLE = "unstable", "脱贫不稳定户"
    MARGINAL = "marginal", "边缘易致贫户"
    SUDDEN = "sudden", "突发严重困难户"
    RELOCATED = "relocated", "易地搬迁户"


class Benefit(LabelEnum):
    NONE = "none", "都没有"
    DIBAO = "dibao", "农村低保"
    TEKUN = "tekun", "特困供养"
    TEMPORARY = "temporary", "临时救助"
    CHILD = "child", "孤儿或事实无人抚养"
    LIVING_SUBSIDY = "living_subsidy", "残疾人生活补贴"
    CARE_SUBSIDY = "care_subsidy", "残疾人护理补贴"
    MARGINAL = "marginal", "低保边缘"
    MEDICAL = "medical", "医疗救助"
    PUBLIC_JOB = "public_job", "公益岗位"
    ELDERLY = "elderly", "高龄津贴"


class Kinship(LabelEnum):
    RELATED = "related", "有"
    NONE = "none", "没有"


class Relation(LabelEnum):
    HEAD = "head", "户主"
    SPOUSE = "spouse", "配偶"
    SON = "son", "之子"
    DAUGHTER = "daughter", "之女"
    FATHER = "father", "之父"
    MOTHER = "mother", "之母"
    DAUGHTER_IN_LAW = "daughter_in_law", "之儿媳"
    GRANDSON = "grandson", "之孙子"
    GRANDDAUGHTER = "granddaughter", "之孙女"
    SON_IN_LAW = "son_in_law", "之女婿"
    GRANDSON_BY_DAUGHTER = "grandson_by_daughter", "之外孙子"
    GRANDDAUGHTER_BY_DAUGHTER = "granddaughter_by_daughter", "之外孙女"
    FATHER_IN_LAW = "father_in_law", "之岳父"
    MOTHER_IN_LAW = "mother_in_law", "之岳母"
    HUSBANDS_FATHER = "husbands_father", "之公公"
    HUSBANDS_MOTHER = "husbands_mother", "之婆婆"
    GRANDFATHER = "grandfather", "之祖父"
    GRANDMOTHER = "grandmother", "之祖母"
    MATERNAL_GRANDFATHER = "maternal_grandfather", "之外祖父"
    MATERNAL_GRANDMOTHER = "maternal_grandmother", "之外祖母"
    SIBLING = "sibling", "之兄弟姐妹"
    SIBLING_IN_LAW = "sibling_in_law", "之兄弟媳妇"
    GREAT_GRANDSON = "great_grandson", "之曾孙子"
    GREAT_GRANDDAUGHTER = "great_granddaughter", "之曾孙女"
    NEPHEW = "nephew", "之侄儿"
    NIECE = "niece", "之侄女"
    UNCLE = "uncle", "之叔伯"
    OTHER = "other", "其他"


class Sex(LabelEnum):
    MALE = "male", "男"
    FEMALE = "female", "女"


class NotLivingReason(LabelEnum):
    SEPARATE = "separate", "分户另过"
    IMPRISONED = "imprisoned", "服刑"
    DETOX = "detox", "强制戒毒"
    MISSING = "missing", "失踪"
    LEGAL = "legal", "其他法定情形"


class Health(LabelEnum):
    HEALTHY = "healthy", "健康"
    CHRONIC = "chronic", "长期慢性病"
    SERIOUS = "serious", "患有大病"
    DISABLED = "disabled", "残疾"


class Surely(LabelEnum):
    """A yes or no that a visitor may not be able to tell."""

    YES = "yes", "是"
    NO = "no", "不是"
    UNSURE = "unsure", "说不清"


class DisabilityKind(LabelEnum):
    """In the order of the class digit of a disability card."""

    SIGHT = "sight", "视力"
    HEARING = "hearing", "听力"
    SPEECH = "speech", "言语"
    LIMB = "limb", "肢体"
    INTELLECT = "intellect", "智力"
    MENTAL = "mental", "精神"
    MULTIPLE = "multiple", "多重"


class DisabilityLevel(LabelEnum):
    FIRST = "1", "一级"
    SECOND = "2", "二级"
    THIRD = "3", "三级"
    FOURTH = "4", "四级"


class Labour(LabelEnum):
    ORDINARY = "ordinary", "普通劳动力"
    SKILLED = "skilled", "技能劳动力"
    WEAK = "weak", "弱或半劳动力"
    LOST = "lost", "丧失劳动力"
    NONE = "none", "无劳动力"


class SelfCare(LabelEnum):
    FULL = "full", "能自理"
    PARTLY = "partly", "部分不能"
    NOT = "not", "全不能"


class Work(LabelEnum):
    FARMING = "farming", "务农"
    COUNTY = "county", "县内务工"
    PROVINCE = "province", "县外省内"
    OUTSIDE = "outside", "省外务工"
    PUBLIC_JOB = "public_job", "公益性岗位"
    FLEXIBLE = "flexible", "灵活就业"
    IDLE = "idle", "没有就业"
    NOT_APPLICABLE = "not_applicable", "不适用"


class Schooling(LabelEnum):
    PRESCHOOL = "preschool", "学龄前"
    KINDERGARTEN = "kindergarten", "幼儿园"
    PRIMARY = "primary", "小学"
    JUNIOR = "junior", "初中"
    SENIOR = "senior", "高中"
    VOCATIONAL = "vocational", "中职技校"
    DROPPED_OUT = "dropped_out", "失学辍学"
    COLLEGE = "college", "大专高职"
    TECHNICIAN = "technician", "技师学院"
    UNIVERSITY = "university", "本科"
    GRADUATE = "graduate", "硕士及以上"


class DropoutReason(LabelEnum):
    ILLNESS = "illness", "因病"
    DISABILITY = "disability", "因残，送教上门"
    UNWILLING = "unwilling", "厌学"
    OTHER = "other", "其他"


class Education(LabelEnum):
    ILLITERATE = "illiterate", "文盲半文盲"
    PRIMARY = "primary", "小学"
    JUNIOR = "junior", "初中"
    SENIOR = "senior", "高中中专"
    COLLEGE = "college", "大专"
    UNIVERSITY = "university", "本科及以上"


class Pension(LabelEnum):
    RESIDENT = "resident", "居民养老"
    EMPLOYEE = "employee", "职工养老"
    RECEIVING = "receiving", "正在领"
    NONE = "none", "没参加"


class Marital(LabelEnum):
    SINGLE = "single", "未婚"
    MARRIED = "married", "已婚"
    DIVORCED = "divorced", "离异"
    WIDOWED = "widowed", "丧偶"


class Insurance(LabelEnum):
    RESIDENT = "resident", "居民医保"
    EMPLOYEE = "employee", "职工医保"
    NONE = "none", "没参保"


class UninsuredReason(LabelEnum):
    POOR = "poor", "交不起"
    ELSEWHERE = "elsewhere", "在外地断了"
    MISSED = "missed", "错过缴费"
    NEWBORN = "newborn", "新生儿没办"
    UNWILLING = "unwilling", "不愿意参"
    OTHER = "other", "其他"


class RoadKind(LabelEnum):
    CONCRETE = "concrete", "水泥路"
    ASPHALT = "asphalt", "沥青路"
    GRAVEL = "gravel", "砂石路"
    EARTH = "earth", "土路"

"""What a hint says (DOMAIN §3): never a decision. And the answers of S2, S5 that hints ask about."""

from backend.codebook.base import LabelEnum


class HintVerdict(LabelEnum):
    YES = "yes", "符合"
    MAYBE = "maybe", "可能符合"
    NO = "no", "不符合"
    LACK = "lack", "信息不足"


class HouseUse(LabelEnum):
    LIVED_IN = "lived_in", "自住"
    RENTED_OUT = "rented_out", "出租"
    SHOP = "shop", "商铺"


class HouseTenure(LabelEnum):
    HOMESTEAD = "homestead", "宅基地"
    COMMERCIAL = "commercial", "商品房"
    RESETTLED = "resettled", "安置房"
    BORROWED = "borrowed", "无房借住"


class HouseStructure(LabelEnum):
    EARTH = "earth", "土木"
    BRICK_WOOD = "brick_wood", "砖木"
    BRICK_CONCRETE = "brick_concrete", "砖混"
    FRAME = "frame", "框架"


class VehicleKind(LabelEnum):
    CAR = "car", "轿车"
    SUV = "suv", "越野车"
    VAN = "van", "面包车"
    TRUCK = "truck", "货车"
    FARM_TRICYCLE = "farm_tricycle", "农用三轮"
    MOTORCYCLE = "motorcycle", "摩托"
    E_TRICYCLE = "e_tricycle", "电动三轮"
    WHEELCHAIR = "wheelchair", "残疾人代步车"


class VehicleUse(LabelEnum):
    PRODUCTION = "production", "生产"
    BUSINESS = "business", "经营"
    COMMUTING = "commuting", "代步"


class MachineKind(LabelEnum):
    TRACTOR = "tractor", "拖拉机"
    HARVESTER = "harvester", "收割机"
    TILLER = "tiller", "旋耕机"
    OTHER = "other", "其他"


class DebtKind(LabelEnum):
    BANK = "bank", "银行贷款"
    PRIVATE = "private", "私人借款"


class DebtReason(LabelEnum):
    ILLNESS = "illness", "看病"
    SCHOOLING = "schooling", "上学"
    HOUSE = "house", "修房"
    FARMING = "farming", "种地养殖"
    BUSINESS = "business", "做生意"
    WEDDING = "wedding", "婚丧嫁娶"
    DISASTER = "disaster", "受灾意外"
    OTHER = "other", "其他"


class BusinessKind(LabelEnum):
    """What the market registration says (工商登记)."""

    SELF_EMPLOYED = "self_employed", "个体户"
    COMPANY = "company", "企业"
    COOPERATIVE = "cooperative", "合作社"


class BusinessState(LabelEnum):
    RUNNING = "running", "在经营"
    STOPPED = "stopped", "停业"
    NOMINAL = "nominal", "挂名"


class OtherWealth(LabelEnum):
    NONE = "none", "都没有"
    PAID_SCHOOL = "paid_school", "高收费学校或出国留学"
    NEW_HOUSE = "new_house", "近一年购房建房、豪华装修"
    ON_PAYROLL = "on_payroll", "家里有财政供养人员"
    AWAY_STABLE = "away_stable", "长期举家外出、收入稳定"


class PropertyCheck(LabelEnum):
    SELF_STATED = "self_stated", "本人说的"
    CHECKED = "checked", "核对结果已到"


class ParentState(LabelEnum):
    """What keeps a parent from bringing up the child (民发〔2019〕62号、〔2020〕125号)."""

    PRESENT = "present", "在抚养"
    DEAD = "dead", "去世"
    NOT_FOUND = "not_found", "查找不到"
    MISSING = "missing", "失踪"
    HEAVY_DISABLED = "heavy_disabled", "重残"
    SERIOUS_ILL = "serious_ill", "重病"
    IMPRISONED = "imprisoned", "服刑在押"
    DETOX = "detox", "强制隔离戒毒"
    RESTRICTED = "restricted", "其他限制人身自由"
    LOST_CONTACT = "lost_contact", "失联"
    REVOKED = "revoked", "被撤销监护资格"
    DEPORTED = "deported", "被遣送出境"


class ObligorAbility(LabelEnum):
    """Why somebody bound to support cannot (特困人员认定办法 第8条)."""

    ABLE = "able", "有能力"
    TEKUN = "tekun", "自己是特困人员"
    OLD_DIBAO = "old_dibao", "60岁以上低保对象"
    OLD_POOR = "old_poor", "70岁以上，收入低、财产符合"
    DISABLED_POOR = "disabled_poor", "重残，收入低、财产符合"
    INCAPABLE = "incapable", "无民事行为能力、失踪或服刑，财产符合"


# How the source of a number begins that has no document behind it.
DEMO_SOURCE = "演示参数，非政策标准"

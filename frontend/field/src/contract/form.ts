// Written by `make contract` from backend/codebook and backend/form. Do not edit.
import type { FormShape } from '../rules/form_shape'

export const FORM: FormShape = {"version": 2, "sections": [
 {"key": "S0", "title": "入户信息", "repeat": false, "questions": [
  {"key": "visit_mode", "label": "怎么核查的", "kind": "choice", "codes": "VisitMode", "required": true, "normal": "in_person", "clause": "57号 第16条"},
  {"key": "visit_mode_reason", "label": "为什么没有当面", "kind": "text", "required": true, "when": {"key": "visit_mode", "in": ["video", "phone", "neighbour", "entrusted"]}, "hint": "只限人户分离或重大突发事件", "max_length": 100, "clause": "57号 第16条"},
  {"key": "interviewee_name", "label": "被访人姓名", "kind": "text", "required": true, "max_length": 20},
  {"key": "interviewee_relation", "label": "被访人是户主的", "kind": "choice", "codes": "Relation", "required": true},
  {"key": "interviewee_phone", "label": "被访人电话", "kind": "phone", "required": false},
  {"key": "is_retold", "label": "有人帮着转述", "kind": "yes_no", "required": false, "hint": "听不懂、说不清时请人帮忙的"}
 ]},
 {"key": "S1", "title": "户基本情况", "repeat": false, "questions": [
  {"key": "head_name", "label": "户主姓名", "kind": "text", "required": true, "max_length": 20},
  {"key": "head_id_number", "label": "户主身份证号", "kind": "id_number", "required": false, "hint": "和申报一样就不用再填"},
  {"key": "live_address", "label": "现在住哪里", "kind": "text", "required": true, "max_length": 100},
  {"key": "register_kind", "label": "户籍性质", "kind": "choice", "codes": "HouseholdRegister", "required": true, "normal": "rural"},
  {"key": "registered_size", "label": "户籍人口", "kind": "number", "required": true, "unit": "人", "min": 1, "max": 30},
  {"key": "living_size", "label": "一起生活几个人", "kind": "number", "required": true, "unit": "人", "hint": "算人均用这个数", "min": 1, "max": 30, "clause": "57号 第7条"},
  {"key": "household_type", "label": "户类型", "kind": "choice", "codes": "HouseholdType", "required": true, "normal": "ordinary"},
  {"key": "current_benefits", "label": "已经享受的", "kind": "choices", "codes": "Benefit", "required": true, "normal": ["none"]},
  {"key": "kinship", "label": "和经办、村干部是近亲属", "kind": "choice", "codes": "Kinship", "required": true, "normal": "none", "clause": "57号 第11条"},
  {"key": "kinship_note", "label": "是谁，什么关系", "kind": "text", "required": true, "when": {"key": "kinship", "equals": "related"}, "max_length": 60},
  {"key": "land_mu", "label": "种几亩地", "kind": "number", "required": false, "unit": "亩", "min": 0, "max": 500},
  {"key": "cattle", "label": "家里存栏的牛", "kind": "number", "required": false, "unit": "头", "min": 0, "max": 500},
  {"key": "sheep", "label": "家里存栏的羊", "kind": "number", "required": false, "unit": "只", "min": 0, "max": 2000},
  {"key": "has_obligors", "label": "家外有没有法定义务人", "kind": "yes_no", "required": false, "hint": "分出去住的子女、父母；要看特困、低保时填", "clause": "特困人员认定办法 第7条", "since": 2},
  {"key": "obligors", "label": "法定义务人", "kind": "entries", "required": true, "when": {"key": "has_obligors", "equals": "yes"}, "unit": "个", "max": 20, "entry": [{"key": "o_name", "label": "姓名、关系", "kind": "text", "required": false, "max_length": 40, "since": 2}, {"key": "o_ability", "label": "有没有能力", "kind": "choice", "codes": "ObligorAbility", "required": true, "since": 2}], "since": 2}
 ]},
 {"key": "S2", "title": "家庭成员", "repeat": "members", "questions": [
  {"key": "m_name", "label": "姓名", "kind": "text", "required": true, "max_length": 20},
  {"key": "m_id_number", "label": "身份证号", "kind": "id_number", "required": false, "hint": "性别、年龄从证号里看，不用再填"},
  {"key": "m_no_id_reason", "label": "为什么没有证号", "kind": "text", "required": false, "max_length": 60},
  {"key": "m_birth_on", "label": "出生日期", "kind": "date", "required": false, "when": {"key": "m_id_number", "blank": true}, "since": 2},
  {"key": "m_relation", "label": "是户主的", "kind": "choice", "codes": "Relation", "required": true},
  {"key": "m_is_living", "label": "一起生活", "kind": "yes_no", "required": true, "normal": "yes", "clause": "57号 第7条"},
  {"key": "m_not_living_reason", "label": "为什么不算", "kind": "choice", "codes": "NotLivingReason", "required": true, "when": {"key": "m_is_living", "equals": "no"}, "clause": "57号 第7条"},
  {"key": "m_health", "label": "身体怎么样", "kind": "choices", "codes": "Health", "required": true, "when": {"key": "m_is_living", "equals": "yes"}, "normal": ["healthy"]},
  {"key": "m_disease", "label": "什么病", "kind": "text", "required": true, "when": {"any": [{"key": "m_health", "includes": "chronic"}, {"key": "m_health", "includes": "serious"}]}, "max_length": 60},
  {"key": "m_disability_kind", "label": "残疾类别", "kind": "choice", "codes": "DisabilityKind", "required": true, "when": {"key": "m_health", "includes": "disabled"}},
  {"key": "m_disability_level", "label": "残疾等级", "kind": "choice", "codes": "DisabilityLevel", "required": true, "when": {"key": "m_health", "includes": "disabled"}},
  {"key": "m_labour", "label": "劳动能力", "kind": "choice", "codes": "Labour", "required": true, "when": {"key": "m_is_living", "equals": "yes"}},
  {"key": "m_self_care", "label": "生活自理", "kind": "choice", "codes": "SelfCare", "required": false, "when": {"key": "m_is_living", "equals": "yes"}, "normal": "full"},
  {"key": "m_self_care_failed", "label": "自理六项里做不到几项", "kind": "number", "required": false, "when": {"key": "m_self_care", "in": ["partly", "not"]}, "unit": "项", "hint": "吃饭、穿衣、上下床、如厕、室内走、洗澡", "min": 0, "max": 6, "clause": "特困人员认定办法 第23条", "since": 2},
  {"key": "m_has_injury_care", "label": "领着工伤护理费", "kind": "yes_no", "required": false, "when": {"key": "m_health", "includes": "disabled"}, "clause": "国发〔2015〕52号", "since": 2},
  {"key": "m_benefits", "label": "本人已享受的", "kind": "choices", "codes": "Benefit", "required": false, "when": {"key": "m_is_living", "equals": "yes"}, "since": 2},
  {"key": "m_work", "label": "在做什么", "kind": "choice", "codes": "Work", "required": true, "when": {"key": "m_labour", "in": ["ordinary", "skilled", "weak"]}},
  {"key": "m_schooling", "label": "在哪上学", "kind": "choice", "codes": "Schooling", "required": false, "when": {"key": "m_is_living", "equals": "yes"}},
  {"key": "m_insurance", "label": "基本医保", "kind": "choice", "codes": "Insurance", "required": true, "when": {"key": "m_is_living", "equals": "yes"}, "normal": "resident"},
  {"key": "m_father_state", "label": "父亲的情况", "kind": "choice", "codes": "ParentState", "required": false, "when": {"key": "m_schooling", "in": ["preschool", "kindergarten", "primary", "junior", "senior", "vocational", "dropped_out"]}, "normal": "present", "since": 2},
  {"key": "m_father_months", "label": "父亲这样几个月了", "kind": "number", "required": false, "when": {"key": "m_father_state", "in": ["imprisoned", "detox", "restricted", "lost_contact"]}, "unit": "个月", "min": 0, "max": 600, "since": 2},
  {"key": "m_mother_state", "label": "母亲的情况", "kind": "choice", "codes": "ParentState", "required": false, "when": {"key": "m_schooling", "in": ["preschool", "kindergarten", "primary", "junior", "senior", "vocational", "dropped_out"]}, "normal": "present", "since": 2},
  {"key": "m_mother_months", "label": "母亲这样几个月了", "kind": "number", "required": false, "when": {"key": "m_mother_state", "in": ["imprisoned", "detox", "restricted", "lost_contact"]}, "unit": "个月", "min": 0, "max": 600, "since": 2}
 ]},
 {"key": "S3", "title": "收入", "repeat": false, "questions": [
  {"key": "has_income", "label": "有没有收入", "kind": "yes_no", "required": true, "clause": "57号 第13条", "since": 2},
  {"key": "incomes", "label": "收入", "kind": "entries", "required": true, "when": {"key": "has_income", "equals": "yes"}, "unit": "笔", "max": 40, "clause": "57号 第13条", "entry": [{"key": "i_code", "label": "哪一项收入", "kind": "choice", "codes": "IncomeLine", "required": true, "since": 2}, {"key": "i_member", "label": "谁的收入", "kind": "text", "required": false, "max_length": 20, "since": 2}, {"key": "i_monthly_fen", "label": "一个月多少", "kind": "money", "required": false, "when": {"key": "i_code", "in": ["W1", "W2", "W3"]}, "unit": "元", "max": 1000000000, "since": 2}, {"key": "i_months", "label": "干了几个月", "kind": "number", "required": false, "when": {"key": "i_code", "in": ["W1", "W2", "W3"]}, "unit": "个月", "min": 1, "max": 12, "since": 2}, {"key": "i_amount_fen", "label": "十二个月一共多少", "kind": "money", "required": false, "unit": "元", "hint": "算得出一个月多少、干了几个月的，这里不用填", "max": 1000000000, "since": 2}, {"key": "i_cost_fen", "label": "本钱", "kind": "money", "required": false, "when": {"key": "i_code", "in": ["B1", "B2", "B3"]}, "unit": "元", "hint": "种子、饲料、油钱这些", "max": 1000000000, "since": 2}], "since": 2},
  {"key": "is_income_down", "label": "收入比上一年少了很多", "kind": "yes_no", "required": false, "normal": "no", "clause": "防返贫监测对象排查", "since": 2}
 ]},
 {"key": "S4", "title": "支出", "repeat": false, "questions": [
  {"key": "has_expenses", "label": "有没有刚性支出", "kind": "yes_no", "required": true, "hint": "看病、上学、残疾康复、灾害、修房这些自己掏的钱", "normal": "no", "since": 2},
  {"key": "expenses", "label": "刚性支出", "kind": "entries", "required": true, "when": {"key": "has_expenses", "equals": "yes"}, "unit": "笔", "max": 40, "clause": "刚性支出困难家庭认定办法 第5条", "entry": [{"key": "x_code", "label": "哪一项支出", "kind": "choice", "codes": "ExpenseLine", "required": true, "since": 2}, {"key": "x_member", "label": "谁花的", "kind": "text", "required": false, "max_length": 20, "since": 2}, {"key": "x_amount_fen", "label": "自己花了多少", "kind": "money", "required": true, "unit": "元", "max": 1000000000, "since": 2}, {"key": "x_paid_back_fen", "label": "后来报销、赔付、救助了多少", "kind": "money", "required": false, "unit": "元", "max": 1000000000, "since": 2}, {"key": "x_is_receipted", "label": "有票据", "kind": "yes_no", "required": false, "since": 2}], "since": 2},
  {"key": "has_employment_costs", "label": "有没有打工花销", "kind": "yes_no", "required": false, "hint": "路费、房租、工具这些", "normal": "no", "clause": "57号 第13条", "since": 2},
  {"key": "employment_costs", "label": "打工花销", "kind": "entries", "required": true, "when": {"key": "has_employment_costs", "equals": "yes"}, "unit": "笔", "max": 40, "clause": "57号 第13条", "entry": [{"key": "c_amount_fen", "label": "十二个月一共多少", "kind": "money", "required": true, "unit": "元", "max": 1000000000, "since": 2}], "since": 2}
 ]},
 {"key": "S5", "title": "财产", "repeat": false, "questions": [
  {"key": "has_houses", "label": "有没有自己的房子", "kind": "yes_no", "required": true, "normal": "yes", "since": 2},
  {"key": "houses", "label": "房子", "kind": "entries", "required": true, "when": {"key": "has_houses", "equals": "yes"}, "unit": "处", "max": 20, "normal": [{"h_use": "lived_in", "h_tenure": "homestead"}], "entry": [{"key": "h_use", "label": "做什么用", "kind": "choice", "codes": "HouseUse", "required": true, "since": 2}, {"key": "h_tenure", "label": "什么房子", "kind": "choice", "codes": "HouseTenure", "required": true, "since": 2}], "since": 2},
  {"key": "has_vehicles", "label": "有没有车", "kind": "yes_no", "required": true, "normal": "no", "since": 2},
  {"key": "vehicles", "label": "车", "kind": "entries", "required": true, "when": {"key": "has_vehicles", "equals": "yes"}, "unit": "辆", "max": 20, "entry": [{"key": "v_kind", "label": "什么车", "kind": "choice", "codes": "VehicleKind", "required": true, "since": 2}, {"key": "v_use", "label": "做什么用", "kind": "choice", "codes": "VehicleUse", "required": false, "since": 2}, {"key": "v_value_fen", "label": "现在值多少", "kind": "money", "required": false, "unit": "元", "max": 1000000000, "since": 2}], "since": 2},
  {"key": "has_machines", "label": "有没有大型农机具", "kind": "yes_no", "required": true, "normal": "no", "since": 2},
  {"key": "machines", "label": "农机具", "kind": "entries", "required": true, "when": {"key": "has_machines", "equals": "yes"}, "unit": "台", "max": 20, "entry": [{"key": "k_value_fen", "label": "现在值多少", "kind": "money", "required": false, "unit": "元", "max": 1000000000, "since": 2}], "since": 2},
  {"key": "has_businesses", "label": "有没有开店、办执照", "kind": "yes_no", "required": true, "normal": "no", "since": 2},
  {"key": "businesses", "label": "店或执照", "kind": "entries", "required": true, "when": {"key": "has_businesses", "equals": "yes"}, "unit": "个", "max": 20, "entry": [{"key": "b_state", "label": "在不在经营", "kind": "choice", "codes": "BusinessState", "required": true, "since": 2}, {"key": "b_profit_fen", "label": "一年净挣多少", "kind": "money", "required": false, "unit": "元", "max": 1000000000, "since": 2}], "since": 2},
  {"key": "financial_assets_fen", "label": "存款、股票这些一共多少", "kind": "money", "required": false, "unit": "元", "hint": "不知道就不填，等信息核对", "max": 1000000000, "since": 2},
  {"key": "other_wealth", "label": "还有没有这些情形", "kind": "choices", "codes": "OtherWealth", "required": true, "normal": ["none"], "since": 2},
  {"key": "property_check", "label": "房、车、存款怎么知道的", "kind": "choice", "codes": "PropertyCheck", "required": true, "normal": "self_stated", "clause": "57号 第14条", "since": 2}
 ]},
 {"key": "S6", "title": "吃穿和三保障、饮水", "repeat": false, "questions": [
  {"key": "food", "label": "吃的", "kind": "choice", "codes": "Satisfied", "required": true, "hint": "主食、肉蛋奶", "normal": "yes"},
  {"key": "clothing", "label": "穿的", "kind": "choice", "codes": "Satisfied", "required": true, "hint": "四季衣被", "normal": "yes"},
  {"key": "dropout_count", "label": "该上学没上的孩子", "kind": "number", "required": true, "unit": "人", "min": 0, "max": 10, "normal": 0},
  {"key": "uninsured_count", "label": "没参加医保的", "kind": "number", "required": true, "unit": "人", "min": 0, "max": 30, "normal": 0},
  {"key": "uninsured_note", "label": "谁没参保，为什么", "kind": "text", "required": false, "max_length": 100},
  {"key": "house_grade", "label": "住房等级", "kind": "choice", "codes": "HouseGrade", "required": true, "normal": "ungraded"},
  {"key": "house_defects", "label": "房子看到的问题", "kind": "choices", "codes": "HouseDefect", "required": true, "normal": ["none"]},
  {"key": "is_only_house", "label": "是唯一住房", "kind": "yes_no", "required": true, "normal": "yes"},
  {"key": "water_source", "label": "吃水从哪来", "kind": "choice", "codes": "WaterSource", "required": true, "normal": "tap"},
  {"key": "water_issues", "label": "水的问题", "kind": "choices", "codes": "WaterIssue", "required": true, "normal": ["none"], "clause": "T/CHES 18-2018"},
  {"key": "dry_months", "label": "哪几个月缺水", "kind": "text", "required": false, "when": {"key": "water_source", "in": ["cistern", "well", "hauled", "spring"]}, "max_length": 40}
 ]},
 {"key": "S7", "title": "风险和需求", "repeat": false, "questions": [
  {"key": "risks", "label": "主要风险（先选最要紧的）", "kind": "choices", "codes": "Risk", "required": true, "max": 5},
  {"key": "needs", "label": "需要什么帮扶", "kind": "choices", "codes": "Need", "required": true},
  {"key": "coping", "label": "自己应对得了吗", "kind": "choice", "codes": "Coping", "required": true},
  {"key": "is_urgent", "label": "是不是急难，等不得", "kind": "yes_no", "required": true, "normal": "no", "clause": "暂行办法 第47条"},
  {"key": "urgent_note", "label": "急在哪里", "kind": "text", "required": true, "when": {"key": "is_urgent", "equals": "yes"}, "max_length": 100},
  {"key": "wish", "label": "本人想要", "kind": "choices", "codes": "Wish", "required": true},
  {"key": "narrative", "label": "入户情况", "kind": "long_text", "required": true, "hint": "不少于 30 个字，可以用语音说", "max_length": 1000, "min_length": 30}
 ]},
 {"key": "S8", "title": "照片", "repeat": false, "questions": [
  {"key": "photos", "label": "照片", "kind": "photos", "codes": "PhotoKind", "required": true, "hint": "不同意拍也行，写原因", "clause": "核查表 S8"}
 ]},
 {"key": "S9", "title": "核查意见", "repeat": false, "questions": [
  {"key": "visitor_opinion", "label": "你们的建议", "kind": "choices", "codes": "VisitorOpinion", "required": true, "clause": "53号 二"},
  {"key": "opinion_reason", "label": "理由", "kind": "long_text", "required": true, "hint": "一两句话，写看到的", "max_length": 500},
  {"key": "village_opinion", "label": "村上的意见", "kind": "text", "required": false, "max_length": 200}
 ]},
 {"key": "S10", "title": "签字", "repeat": false, "questions": [
  {"key": "visitors", "label": "核查人（至少两个）", "kind": "people", "required": true, "clause": "57号 第16条"},
  {"key": "signature_visitor_1", "label": "核查人一签字", "kind": "signature", "required": true, "clause": "57号 第16条"},
  {"key": "signature_visitor_2", "label": "核查人二签字", "kind": "signature", "required": true, "clause": "57号 第16条"},
  {"key": "signature_interviewee", "label": "被访人签字", "kind": "signature", "required": true, "hint": "不会写字可以按手印拍照；不愿意签，写原因和见证人", "clause": "57号 第16条"}
 ]}
]}

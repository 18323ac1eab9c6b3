// Written by `make contract` from backend/codebook and backend/form. Do not edit.
import type { FormShape } from '../rules/form_shape'

export const FORM: FormShape = {"version": 1, "sections": [
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
  {"key": "sheep", "label": "家里存栏的羊", "kind": "number", "required": false, "unit": "只", "min": 0, "max": 2000}
 ]},
 {"key": "S2", "title": "家庭成员", "repeat": "members", "questions": [
  {"key": "m_name", "label": "姓名", "kind": "text", "required": true, "max_length": 20},
  {"key": "m_id_number", "label": "身份证号", "kind": "id_number", "required": false, "hint": "性别、年龄从证号里看，不用再填"},
  {"key": "m_no_id_reason", "label": "为什么没有证号", "kind": "text", "required": false, "max_length": 60},
  {"key": "m_relation", "label": "是户主的", "kind": "choice", "codes": "Relation", "required": true},
  {"key": "m_is_living", "label": "一起生活", "kind": "yes_no", "required": true, "normal": "yes", "clause": "57号 第7条"},
  {"key": "m_not_living_reason", "label": "为什么不算", "kind": "choice", "codes": "NotLivingReason", "required": true, "when": {"key": "m_is_living", "equals": "no"}, "clause": "57号 第7条"},
  {"key": "m_health", "label": "身体怎么样", "kind": "choices", "codes": "Health", "required": true, "when": {"key": "m_is_living", "equals": "yes"}, "normal": ["healthy"]},
  {"key": "m_disease", "label": "什么病", "kind": "text", "required": true, "when": {"any": [{"key": "m_health", "includes": "chronic"}, {"key": "m_health", "includes": "serious"}]}, "max_length": 60},
  {"key": "m_disability_kind", "label": "残疾类别", "kind": "choice", "codes": "DisabilityKind", "required": true, "when": {"key": "m_health", "includes": "disabled"}},
  {"key": "m_disability_level", "label": "残疾等级", "kind": "choice", "codes": "DisabilityLevel", "required": true, "when": {"key": "m_health", "includes": "disabled"}},
  {"key": "m_labour", "label": "劳动能力", "kind": "choice", "codes": "Labour", "required": true, "when": {"key": "m_is_living", "equals": "yes"}},
  {"key": "m_self_care", "label": "生活自理", "kind": "choice", "codes": "SelfCare", "required": false, "when": {"key": "m_is_living", "equals": "yes"}, "normal": "full"},
  {"key": "m_work", "label": "在做什么", "kind": "choice", "codes": "Work", "required": true, "when": {"key": "m_labour", "in": ["ordinary", "skilled", "weak"]}},
  {"key": "m_schooling", "label": "在哪上学", "kind": "choice", "codes": "Schooling", "required": false, "when": {"key": "m_is_living", "equals": "yes"}},
  {"key": "m_insurance", "label": "基本医保", "kind": "choice", "codes": "Insurance", "required": true, "when": {"key": "m_is_living", "equals": "yes"}, "normal": "resident"}
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

// Written by `make contract` from backend/codebook and backend/form. Do not edit.
export type Code = { code: string; label: string }
export const CODEBOOK: Record<string, readonly Code[]> = {
 "AttemptResult": [
  {
   "code": "not_met",
   "label": "没遇上人"
  },
  {
   "code": "away",
   "label": "全家外出"
  },
  {
   "code": "refused",
   "label": "不愿意核查"
  },
  {
   "code": "unknown",
   "label": "查无此人"
  },
  {
   "code": "deceased",
   "label": "已去世"
  },
  {
   "code": "moved",
   "label": "已迁走"
  }
 ],
 "Benefit": [
  {
   "code": "none",
   "label": "都没有"
  },
  {
   "code": "dibao",
   "label": "农村低保"
  },
  {
   "code": "tekun",
   "label": "特困供养"
  },
  {
   "code": "temporary",
   "label": "临时救助"
  },
  {
   "code": "child",
   "label": "孤儿或事实无人抚养"
  },
  {
   "code": "living_subsidy",
   "label": "残疾人生活补贴"
  },
  {
   "code": "care_subsidy",
   "label": "残疾人护理补贴"
  },
  {
   "code": "marginal",
   "label": "低保边缘"
  },
  {
   "code": "medical",
   "label": "医疗救助"
  },
  {
   "code": "public_job",
   "label": "公益岗位"
  },
  {
   "code": "elderly",
   "label": "高龄津贴"
  }
 ],
 "ComparisonCode": [
  {
   "code": "DUP",
   "label": "重复申报"
  },
  {
   "code": "M1",
   "label": "本人在享"
  },
  {
   "code": "M2",
   "label": "证号同姓名异"
  },
  {
   "code": "M3",
   "label": "疑似同一人"
  },
  {
   "code": "M6",
   "label": "仅为关系人"
  },
  {
   "code": "M7",
   "label": "曾享受已停"
  },
  {
   "code": "M8",
   "label": "窗口期内临时救助"
  },
  {
   "code": "M9",
   "label": "未命中"
  },
  {
   "code": "MX",
   "label": "证号无效"
  }
 ],
 "Coping": [
  {
   "code": "able",
   "label": "能应对"
  },
  {
   "code": "partly",
   "label": "部分能"
  },
  {
   "code": "unable",
   "label": "应对不了"
  }
 ],
 "DisabilityKind": [
  {
   "code": "sight",
   "label": "视力"
  },
  {
   "code": "hearing",
   "label": "听力"
  },
  {
   "code": "speech",
   "label": "言语"
  },
  {
   "code": "limb",
   "label": "肢体"
  },
  {
   "code": "intellect",
   "label": "智力"
  },
  {
   "code": "mental",
   "label": "精神"
  },
  {
   "code": "multiple",
   "label": "多重"
  }
 ],
 "DisabilityLevel": [
  {
   "code": "1",
   "label": "一级"
  },
  {
   "code": "2",
   "label": "二级"
  },
  {
   "code": "3",
   "label": "三级"
  },
  {
   "code": "4",
   "label": "四级"
  }
 ],
 "Duty": [
  {
   "code": "main",
   "label": "主责"
  },
  {
   "code": "companion",
   "label": "同行"
  }
 ],
 "Health": [
  {
   "code": "healthy",
   "label": "健康"
  },
  {
   "code": "chronic",
   "label": "长期慢性病"
  },
  {
   "code": "serious",
   "label": "患有大病"
  },
  {
   "code": "disabled",
   "label": "残疾"
  }
 ],
 "HouseDefect": [
  {
   "code": "none",
   "label": "没看到问题"
  },
  {
   "code": "crack",
   "label": "墙体裂缝"
  },
  {
   "code": "leak",
   "label": "屋顶漏雨"
  },
  {
   "code": "sink",
   "label": "地基下沉"
  },
  {
   "code": "disaster",
   "label": "受灾"
  }
 ],
 "HouseGrade": [
  {
   "code": "a",
   "label": "A级"
  },
  {
   "code": "b",
   "label": "B级"
  },
  {
   "code": "c",
   "label": "C级"
  },
  {
   "code": "d",
   "label": "D级"
  },
  {
   "code": "ungraded",
   "label": "未鉴定"
  }
 ],
 "HouseholdRegister": [
  {
   "code": "rural",
   "label": "农业"
  },
  {
   "code": "urban",
   "label": "非农业"
  }
 ],
 "HouseholdType": [
  {
   "code": "ordinary",
   "label": "一般农户"
  },
  {
   "code": "lifted",
   "label": "脱贫户"
  },
  {
   "code": "unstable",
   "label": "脱贫不稳定户"
  },
  {
   "code": "marginal",
   "label": "边缘易致贫户"
  },
  {
   "code": "sudden",
   "label": "突发严重困难户"
  },
  {
   "code": "relocated",
   "label": "易地搬迁户"
  }
 ],
 "Insurance": [
  {
   "code": "resident",
   "label": "居民医保"
  },
  {
   "code": "employee",
   "label": "职工医保"
  },
  {
   "code": "none",
   "label": "没参保"
  }
 ],
 "ItemKind": [
  {
   "code": "visit",
   "label": "核查表"
  },
  {
   "code": "observation",
   "label": "补充观察"
  },
  {
   "code": "attempt",
   "label": "没见到人"
  },
  {
   "code": "urgent",
   "label": "报急难"
  }
 ],
 "Kinship": [
  {
   "code": "none",
   "label": "没有"
  },
  {
   "code": "related",
   "label": "有"
  }
 ],
 "Labour": [
  {
   "code": "ordinary",
   "label": "普通劳动力"
  },
  {
   "code": "skilled",
   "label": "技能劳动力"
  },
  {
   "code": "weak",
   "label": "弱或半劳动力"
  },
  {
   "code": "lost",
   "label": "丧失劳动力"
  },
  {
   "code": "none",
   "label": "无劳动力"
  }
 ],
 "Need": [
  {
   "code": "industry",
   "label": "产业帮扶"
  },
  {
   "code": "job",
   "label": "就业帮扶"
  },
  {
   "code": "finance",
   "label": "金融帮扶"
  },
  {
   "code": "public_job",
   "label": "公益岗位"
  },
  {
   "code": "housing",
   "label": "住房保障"
  },
  {
   "code": "water",
   "label": "饮水保障"
  },
  {
   "code": "health",
   "label": "健康帮扶"
  },
  {
   "code": "education",
   "label": "教育帮扶"
  },
  {
   "code": "security",
   "label": "综合保障"
  },
  {
   "code": "social",
   "label": "社会帮扶"
  },
  {
   "code": "care",
   "label": "访视照料"
  },
  {
   "code": "none",
   "label": "暂时没有"
  }
 ],
 "NotLivingReason": [
  {
   "code": "separate",
   "label": "分户另过"
  },
  {
   "code": "imprisoned",
   "label": "服刑"
  },
  {
   "code": "detox",
   "label": "强制戒毒"
  },
  {
   "code": "missing",
   "label": "失踪"
  },
  {
   "code": "legal",
   "label": "其他法定情形"
  }
 ],
 "PhotoKind": [
  {
   "code": "house",
   "label": "房屋外观"
  },
  {
   "code": "room",
   "label": "住人房"
  },
  {
   "code": "kitchen",
   "label": "厨房"
  },
  {
   "code": "water",
   "label": "水源"
  },
  {
   "code": "group",
   "label": "核查合影"
  },
  {
   "code": "papers",
   "label": "身份证户口簿"
  },
  {
   "code": "disability_card",
   "label": "残疾证"
  },
  {
   "code": "diagnosis",
   "label": "诊断病历"
  },
  {
   "code": "receipt",
   "label": "医疗票据"
  },
  {
   "code": "tuition",
   "label": "学费票据"
  },
  {
   "code": "crack",
   "label": "裂缝细部"
  },
  {
   "code": "vehicle",
   "label": "车辆"
  },
  {
   "code": "disaster",
   "label": "灾损现场"
  },
  {
   "code": "consent",
   "label": "授权书"
  },
  {
   "code": "handprint",
   "label": "手印签字页"
  },
  {
   "code": "other",
   "label": "其他"
  }
 ],
 "Relation": [
  {
   "code": "head",
   "label": "户主"
  },
  {
   "code": "spouse",
   "label": "配偶"
  },
  {
   "code": "son",
   "label": "之子"
  },
  {
   "code": "daughter",
   "label": "之女"
  },
  {
   "code": "father",
   "label": "之父"
  },
  {
   "code": "mother",
   "label": "之母"
  },
  {
   "code": "daughter_in_law",
   "label": "之儿媳"
  },
  {
   "code": "grandson",
   "label": "之孙子"
  },
  {
   "code": "granddaughter",
   "label": "之孙女"
  },
  {
   "code": "son_in_law",
   "label": "之女婿"
  },
  {
   "code": "grandson_by_daughter",
   "label": "之外孙子"
  },
  {
   "code": "granddaughter_by_daughter",
   "label": "之外孙女"
  },
  {
   "code": "father_in_law",
   "label": "之岳父"
  },
  {
   "code": "mother_in_law",
   "label": "之岳母"
  },
  {
   "code": "husbands_father",
   "label": "之公公"
  },
  {
   "code": "husbands_mother",
   "label": "之婆婆"
  },
  {
   "code": "grandfather",
   "label": "之祖父"
  },
  {
   "code": "grandmother",
   "label": "之祖母"
  },
  {
   "code": "maternal_grandfather",
   "label": "之外祖父"
  },
  {
   "code": "maternal_grandmother",
   "label": "之外祖母"
  },
  {
   "code": "sibling",
   "label": "之兄弟姐妹"
  },
  {
   "code": "sibling_in_law",
   "label": "之兄弟媳妇"
  },
  {
   "code": "great_grandson",
   "label": "之曾孙子"
  },
  {
   "code": "great_granddaughter",
   "label": "之曾孙女"
  },
  {
   "code": "nephew",
   "label": "之侄儿"
  },
  {
   "code": "niece",
   "label": "之侄女"
  },
  {
   "code": "uncle",
   "label": "之叔伯"
  },
  {
   "code": "other",
   "label": "其他"
  }
 ],
 "ReturnReason": [
  {
   "code": "photo",
   "label": "照片缺失"
  },
  {
   "code": "signature",
   "label": "签字缺失"
  },
  {
   "code": "income",
   "label": "收入未核"
  },
  {
   "code": "member",
   "label": "成员漏登"
  },
  {
   "code": "contradiction",
   "label": "明显矛盾"
  },
  {
   "code": "other_household",
   "label": "非本户"
  },
  {
   "code": "other",
   "label": "其他"
  }
 ],
 "Risk": [
  {
   "code": "illness",
   "label": "因病"
  },
  {
   "code": "schooling",
   "label": "因学"
  },
  {
   "code": "disability",
   "label": "因残"
  },
  {
   "code": "disaster",
   "label": "因自然灾害"
  },
  {
   "code": "accident",
   "label": "因意外事故"
  },
  {
   "code": "industry",
   "label": "因产业失败"
  },
  {
   "code": "job",
   "label": "因务工不稳"
  },
  {
   "code": "labour",
   "label": "因缺劳动力"
  },
  {
   "code": "housing",
   "label": "因安全住房"
  },
  {
   "code": "water",
   "label": "因安全饮水"
  },
  {
   "code": "other",
   "label": "其他"
  }
 ],
 "Role": [
  {
   "code": "grid_worker",
   "label": "防贫监测网格员"
  },
  {
   "code": "work_team",
   "label": "驻村帮扶工作队"
  },
  {
   "code": "assistance_aide",
   "label": "社会救助协理员"
  },
  {
   "code": "township_coordinator",
   "label": "乡镇经办"
  },
  {
   "code": "county_relapse_prevention",
   "label": "县乡村振兴"
  },
  {
   "code": "county_social_assistance",
   "label": "县民政"
  },
  {
   "code": "line_department",
   "label": "行业部门"
  },
  {
   "code": "city_supervisor",
   "label": "市督导"
  },
  {
   "code": "province_supervisor",
   "label": "省督导"
  },
  {
   "code": "administrator",
   "label": "系统管理"
  }
 ],
 "Satisfied": [
  {
   "code": "yes",
   "label": "能保障"
  },
  {
   "code": "no",
   "label": "有困难"
  }
 ],
 "Schooling": [
  {
   "code": "preschool",
   "label": "学龄前"
  },
  {
   "code": "kindergarten",
   "label": "幼儿园"
  },
  {
   "code": "primary",
   "label": "小学"
  },
  {
   "code": "junior",
   "label": "初中"
  },
  {
   "code": "senior",
   "label": "高中"
  },
  {
   "code": "vocational",
   "label": "中职技校"
  },
  {
   "code": "college",
   "label": "大专"
  },
  {
   "code": "university",
   "label": "本科及以上"
  },
  {
   "code": "dropped_out",
   "label": "失学辍学"
  }
 ],
 "SelfCare": [
  {
   "code": "full",
   "label": "能自理"
  },
  {
   "code": "partly",
   "label": "部分不能"
  },
  {
   "code": "not",
   "label": "全不能"
  }
 ],
 "Stage": [
  {
   "code": "warned",
   "label": "待派单"
  },
  {
   "code": "assigned",
   "label": "待入户"
  },
  {
   "code": "submitted",
   "label": "待研判"
  },
  {
   "code": "returned",
   "label": "退回补正"
  },
  {
   "code": "reviewed",
   "label": "待转办"
  },
  {
   "code": "routed",
   "label": "办理中"
  },
  {
   "code": "closed",
   "label": "办结"
  }
 ],
 "Verdict": [
  {
   "code": "pending",
   "label": "等待处理"
  },
  {
   "code": "applied",
   "label": "已采纳"
  },
  {
   "code": "needs_review",
   "label": "待乡镇处理"
  },
  {
   "code": "quarantined",
   "label": "另存待人工处理"
  }
 ],
 "VisitMode": [
  {
   "code": "in_person",
   "label": "当面"
  },
  {
   "code": "video",
   "label": "视频"
  },
  {
   "code": "phone",
   "label": "电话"
  },
  {
   "code": "neighbour",
   "label": "邻里访问"
  },
  {
   "code": "entrusted",
   "label": "委托异地核查"
  }
 ],
 "VisitorOpinion": [
  {
   "code": "dibao",
   "label": "农村低保"
  },
  {
   "code": "tekun",
   "label": "特困供养"
  },
  {
   "code": "temporary",
   "label": "临时救助"
  },
  {
   "code": "child",
   "label": "儿童保障"
  },
  {
   "code": "disability",
   "label": "残疾补贴"
  },
  {
   "code": "monitor",
   "label": "防返贫监测"
  },
  {
   "code": "education",
   "label": "教育单项"
  },
  {
   "code": "medical",
   "label": "医疗单项"
  },
  {
   "code": "housing",
   "label": "住房单项"
  },
  {
   "code": "water",
   "label": "饮水单项"
  },
  {
   "code": "not_eligible",
   "label": "不符合"
  }
 ],
 "WaterIssue": [
  {
   "code": "none",
   "label": "四项都达标"
  },
  {
   "code": "quantity",
   "label": "水量不够"
  },
  {
   "code": "quality",
   "label": "水质不好"
  },
  {
   "code": "distance",
   "label": "取水太远"
  },
  {
   "code": "reliability",
   "label": "时常断水"
  }
 ],
 "WaterSource": [
  {
   "code": "tap",
   "label": "自来水"
  },
  {
   "code": "cistern",
   "label": "水窖"
  },
  {
   "code": "well",
   "label": "井水"
  },
  {
   "code": "hauled",
   "label": "拉水"
  },
  {
   "code": "spring",
   "label": "泉水"
  }
 ],
 "Wish": [
  {
   "code": "dibao",
   "label": "申请低保"
  },
  {
   "code": "tekun",
   "label": "申请特困"
  },
  {
   "code": "temporary",
   "label": "临时救助"
  },
  {
   "code": "disability",
   "label": "残疾补贴"
  },
  {
   "code": "child",
   "label": "儿童保障"
  },
  {
   "code": "monitor",
   "label": "监测帮扶"
  },
  {
   "code": "single",
   "label": "只要单项"
  },
  {
   "code": "waive",
   "label": "放弃"
  }
 ],
 "Work": [
  {
   "code": "farming",
   "label": "务农"
  },
  {
   "code": "county",
   "label": "县内务工"
  },
  {
   "code": "province",
   "label": "县外省内"
  },
  {
   "code": "outside",
   "label": "省外务工"
  },
  {
   "code": "public_job",
   "label": "公益性岗位"
  },
  {
   "code": "flexible",
   "label": "灵活就业"
  },
  {
   "code": "idle",
   "label": "没有就业"
  }
 ]
}
export const REQUIRED_PHOTOS: readonly string[] = ["house", "room", "kitchen", "water", "group", "papers"]

// Written by `make contract` from backend/codebook and backend/reference. Do not edit.
import type { Code } from './codebook'

export const HINT_BOOKS: Record<string, readonly Code[]> = {
 HintVerdict: [{"code": "yes", "label": "符合"}, {"code": "maybe", "label": "可能符合"}, {"code": "no", "label": "不符合"}, {"code": "lack", "label": "信息不足"}],
 SumLine: [{"code": "wages", "label": "工资"}, {"code": "farming", "label": "种养"}, {"code": "business", "label": "经商、运输、手工"}, {"code": "property", "label": "租金、分红、利息"}, {"code": "transfer", "label": "养老金、补贴"}, {"code": "costs", "label": "种养、经营本钱"}, {"code": "net", "label": "家庭纯收入"}, {"code": "employment", "label": "就业成本"}, {"code": "rigid", "label": "刚性支出扣减"}, {"code": "total", "label": "合计"}, {"code": "people", "label": "人均"}, {"code": "claims", "label": "人均理赔收入"}, {"code": "self_paid", "label": "人均合规自付"}, {"code": "after", "label": "扣自付后人均"}],
 SumReason: [{"code": "not_counted", "label": "不计"}, {"code": "only_here", "label": "只在这个算法里算"}, {"code": "exempted", "label": "县里规定不计"}, {"code": "not_set", "label": "县里没设，按 0"}, {"code": "no_receipt", "label": "没有票据的没有扣"}, {"code": "capped", "label": "到上限为止"}],
}
export const SUBTRACTED_LINES: readonly string[] = ["E1", "E2", "E3", "E4", "T-"]
export const CLAIM_LINE = "T9"
export const COST_LINES: Record<string, string> = {"B1": "E1", "B2": "E2", "B3": "E4"}
export const FACTORS: Record<string, readonly string[]> = {"B1": ["i_mu", "i_yield", "i_price_fen"], "B2": ["i_heads", "i_head_price_fen"]}
export const DEDUCTION_CLAUSE = "民发〔2021〕57号 第13条"

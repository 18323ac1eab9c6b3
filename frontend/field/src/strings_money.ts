/** Words of the sections on money and property; labels of lines and codes come from the contract. */
export const money = {
  noLoss: '不能小于 0；亏了的填 0，写进说明',
  yuan: '元', window: (from: string, to: string) => `${from}—${to}`, only: '只填这 12 个月的钱', times: (each: string, months: number) => `${each} × ${months}`,
  monthly: (each: string, months: number) => `${each} × ${months} 个月`, tooLarge: (max: string) => `不能大于 ${max} 元`, count: (n: number, unit: string) => `${n} ${unit}`,
  entryOf: (label: string, n: number, unit: string) => `${label}第 ${n} ${unit}`, equals: (sum: string) => `= ${sum} 元`, cost: (sum: string) => `本钱 ${sum}`, back: (spent: string, sum: string, left: string) => `${spent} − 报销、赔付 ${sum} = ${left}`,
  by: ' × ', reckon: { B1: '按亩数、亩产、单价算', B2: '按头数、单价算' } as Record<string, string>, net: (cost: string, sum: string) => `，减本钱\u00a0${cost}，净\u00a0${sum}\u00a0元`, otherwise: (sum: string) => `，填的是 ${sum} 元`,
  same: (unit: string) => `同上一${unit}，只改钱数`, add: (unit: string, label: string) => `加一${unit}${label}`, drop: (unit: string) => `没有这${unit}`, dropped: (label: string) => `已去掉：${label}`, done: '填好了',
  next: (unit: string) => `再加一${unit}`, noMore: (onward: string) => `没有别的了，${onward}`, unnamed: (label: string, n: number) => `${label} ${n}`, noReceipt: '没有票据', exempt: (isDemo: boolean) => (isDemo ? '不算财产，演示参数，非政策标准' : '不算财产'), exemptBy: (kind: string, source: string) => `${kind}不算进财产。${source}`, oneHome: (source: string) => `自住的一处不算超。${source}`, lessSettled: (bill: string, settled: string) => `${bill} − ${settled}`,
  monthsUnsaid: '干了几个月也要写；说不清的，签字前说明一句。',
  selfPaid: (sum: string) => `自己掏 ${sum} 元`,
  notDibao: '低保不算', onlyDibao: '只低保减', notMonitor: '防返贫不算', apart: '防返贫另算', tooMany: (max: number, unit: string) => `最多 ${max} ${unit}，小的合起来写`,
}

export const sums = {
  how: '这个数怎么来的', monitor: '防返贫算法', dibao: '低保算法', unit: '元', people: (n: number) => `÷ ${n} 人 = 人均`, ofWages: (percent: number) => `（工资的 ${percent}%）`, less: '减 ', plus: '加 ', note: '这里只算数，能不能纳入由县上认定。',
  reason: (label: string, why: string) => `${label}（${why}）`, joined: ' + ', notYet: (what: string) => `还算不出来，差${what}`, county: '县上的参数', openSums: '怎么算的',
  monitorKey: '防返贫（扣自付）', monitorPlain: '防返贫 人均', dibaoKey: '低保 人均', below: '低于', above: '高于', even: '等于', short: ['防返贫', '低保'] as const, lacking: '还算不出来', monitorLine: (sum: string) => `监测线 ${sum}`, dibaoLine: (sum: string) => `低保线 ${sum}`,
  demo: '演示参数，非政策标准', demoLines: '两条线是演示参数，非政策标准',
}

export const hints = {
  title: '看看够哪一条', open: '看看够哪一条', openMore: '照填的算，只是提示', sub: (name: string) => `${name}\u00a0· 照填的算`, note: '这是提示，不是结论。能不能纳入由县上认定。',
  none: '填的还少，先把家庭成员和收入填上。', missing: '还要问清', asked: (n: number) => `还要问清 ${n} 项`, clause: (text: string) => `依据：${text}`, ofCounty: (clause: string, source: string, rule: string) => `${clause.includes(source) ? clause : `${clause}，${source}`}（县里定的 ${rule}）`, demo: '用到演示参数，非政策标准',
  ofNobody: '不涉及', met: '对得上', unmet: '对不上', open_: '还不知道', colon: '：', document: /〔|办法|指南/, lines: { yes: '这一条对得上', maybe: '可能对得上', lack: '还不知道', no: '这一条对不上' }, compared: (value: string, limit: string) => `算出来 ${value}，线是 ${limit}`, yuan: (sum: string) => `${sum} 元`, percent: (permille: number) => `${permille / 10}%`,
  more: (n: number) => `还有 ${n} 项`, unset: (labels: string) => `县上还没定：${labels}`, unsetShort: '县上还没定', someParameter: '一项参数',
}

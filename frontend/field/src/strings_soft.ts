/** Words for what in a form does not fit together; the findings themselves come from the contract. */
export const soft = {
  title: (n: number) => `对一对这 ${n} 处`, more: '和别处填的对不上。不对就改，对的说一句为什么。', change: '去改', explain: '说一句', said: (why: string) => `说明：${why}`, sayAgain: '改说明',
  sheet: '为什么是这样', reasons: ['情况属实', '已当面核对', '证件上就是这样'], other: '或者自己写一句', keep: '记下', fill: '接着选，或者写一句', drop: '去掉说明', first: (label: string) => `先对第 1 处：${label}`, allSaid: '都说过了', beforeSigning: '上面还有对不上的，先改好或者说一句，再请人签字，免得签两回。', tooShort: '至少写两个字，说清为什么',
}

/** When the visit was; the phone's own time stays beside what somebody says. */
export const visitTime = {
  label: '入户时间', sheet: '什么时候入的户', more: '手机记的是开始填表的时间。不对就改成进门、出门的时间，两个时间镇上都看得到。', from: '进门', to: '出门', toHint: '还在户里就空着', keep: '写好了',
  endsWithForm: '出门时间按点“完成入户”算', until: (when: string) => `出门 ${when}`, device: (when: string) => `手机上 ${when} 开始填`,
  faults: {
    no_start: '写上进门的时间', early: '进门要在预警发布以后，发布是', late: '时间还没到，看看日子和钟点', end_first: '出门比进门还早', no_end: '不是今天去的，出门时间也要写上',
  } as Record<string, string>,
}

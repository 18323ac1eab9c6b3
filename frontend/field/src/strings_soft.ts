/** Words for what in a form does not fit together; the findings themselves come from the contract. */
export const soft = {
  title: (n: number) => `对一对这 ${n} 处`, more: '和别处填的对不上。不对就改，对的说一句为什么。', change: '去改', explain: '说一句', said: (why: string) => `说明：${why}`, sayAgain: '改说明',
  sheet: '为什么是这样', reasons: ['情况属实', '已当面核对', '证件上就是这样'], other: '或者自己写一句', keep: '记下', drop: '去掉说明', first: (label: string) => `先对第 1 处：${label}`, allSaid: '都说过了', tooShort: '至少写两个字，说清为什么',
}

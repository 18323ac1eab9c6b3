/** Words for a household that does not qualify: 甘民发〔2023〕53号 二, in the order result, why, what is open, objection. */
export const explain = {
  title: '给他说清楚', go: '给他说清楚', toDo: '这户没有纳入，要去当面说清楚', by: (name: string, when: string) => `${name}，${when} 定的`, why: '镇上的理由', colon: '：',
  parts: (n: number) => `共 ${n} 段`, nowReading: (at: number, all: number) => `正在念第 ${at} 段，共 ${all} 段`, heard: (n: number, all: number) => (n ? `念过 ${n} 段，共 ${all} 段` : `共 ${all} 段，念给他听`),
  play: '念给他听', pause: '停一下', slower: '念慢点', faster: '念快点', meter: (n: number) => `念到 ${n}%`, mute: '这个手机不会念中文，你照着念。',
  result: '您家这次没有纳入救助和监测。',
  household: (people: number) => `您家 ${people} 口人。`, monitor: (perHead: string, total: string, people: number, range: string) => `过去一年每人收入 ${perHead} 元（${total} 元分到 ${people} 人），超过了监测范围 ${range} 元。`,
  dibao: (perHead: string, total: string, people: number, standard: string) => `按低保的算法每人 ${perHead} 元（${total} 元分到 ${people} 人），超过了低保标准 ${standard} 元。`,
  township: (reason: string) => `镇上看了核查的情况，理由是：${reason}`, open: (what: string) => `您家还可以办：${what}。`, again: '往后日子有了难处，随时用“一键报贫”再报，也可以找我报。',
  object: (day: string, unit: string, phones: string) => `不同意，${day}以前到${unit}说一声，派别的人再看一次。也可以打 ${phones}。`, town: '镇上', or: '、', sentence: '。',
  demo: (numbers: string) => `${numbers} 是演示参数，非政策标准`, daysDraft: '可以提的天数还没有文件写明，县上会定',
  openAsk: '还能给他办什么', openHint: '写进上面第 3 段', mendOpen: '改：还能给他办什么', chips: ['慢病签约', '医保报销', '孩子助学', '危房看一下', '饮水看一下', '公益岗位', '产业奖补'], comma: '、',
  codes: '为什么没纳入', codesHint: '可多选，台账上记', method: '怎么说的', leaflets: '再讲讲政策', leafletsHint: '没网也能看，也能念', told: (when: string) => `讲过 ${when}`, untold: (lines: number) => `${lines} 条，点开念`,
  sign: '签字', signHint: '签了只说明听过，不等于同意', told2: '被告知人', objects: '他说不同意？', objectGo: '替他记下，交到镇上', objected: '不同意：',
  readNext: (n: number) => `念第 ${n} 段`, readFirst: (n: number) => `念完 ${n} 段，再请他签字`, needCode: '还差：为什么没纳入', chooseCode: '接着选：为什么没纳入', needSign: '还差签字', toSign: '请他签字', changedSince: '签字以后话改过了，再念一遍、重签；不该改的，改回去就行', signAgain: '请他重签',
  keep: '记下，交上去', later: '先这样', filed: '说过了，签的在手机里，有网自己传。', earlier: '已记下',
}

export const extension = {
  alone: '人不在，申请延期', go: '人不在，申请延期', send: '交给县上', asking: '延期申请记下了，有网自己交，等县上批。', whyHintAlone: '人在哪里，谁说的，哪天回来', ask: '到期前还能见上吗', can: '能，再去一次', cannot: '见不上，延期', until: '延到哪天', more: (n: number) => `多 ${n} 天`, why: '为什么', whyHint: '县上要看', head: '要县上批。',
  note: (day: string) => `没批下来，期限还是 ${day}。`, offline: '现在没网，有网自己交上去。', keep: '记下，申请延期', needDay: '还差：延到哪天', needWhy: '还差：为什么延', chooseDay: '接着选：延到哪天', fillWhy: '接着写：为什么',
  early: (first: string) => `要在期限以后，最早${first}`, tooFar: (last: string) => `最晚延到${last}`, mendDay: '改：延到哪天', mendWhy: '改：为什么', asked: (day: string) => `申请延到${day}，等县上批`, approved: (day: string) => `县上批了延期，到${day}`, refused: '县上没批延期，期限不变', video: '改成视频看', videoHint: '改成视频看，只限人户分离或重大突发事件，要写原因。',
  earlier: (at: number, what: string) => `第 ${at} 次：${what}`, done: '已记下', colon: '：', nth: (n: number) => `第 ${n} 次去`,
}

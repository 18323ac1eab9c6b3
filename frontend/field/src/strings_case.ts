/** Words of a household's pages; labels of fields and codes come from the contract. */
export const dial = {
  title: (name: string) => `${name}的电话`, asking: '正在向乡镇要号码', now: '现在打', reason: '联系入户', reasonAhead: '没网时联系入户', keepAll: (n: number) => `把要去的 ${n} 户号码存下`, keeping: (at: number, all: number) => `正在存，${at}/${all}`, keptAll: (n: number) => `${n} 户的号码存下了，没网也能打。`, keepAllHint: '每户记一次谁看的、什么时候看的；号码锁在手机里，办结就删掉。', recorded: '看号码会记下是谁、什么时候看的。',
  kept: '号码锁在手机里，没网也能打，这户办结就删掉。看号码会记下是谁、什么时候看的。', noNumber: '这户没留电话。', others: '还能打给', office: (town: string) => `${town}经办`, call: (name: string) => `打给${name}`,
  offline: '没有网络，看号码要连上网。看过一次就存在手机里，没网也能打。',
}

export const page = {
  until: '24:00 前入户', published: (day: string) => `${day}发布，当天不算`, lastDay: (n: number) => `第 ${n} 天`, late: '照样去，去了就记上。', copy: '复制约话', map: '在地图里找这个村',
  copied: '约话复制好了，去微信里粘贴', copyBy: '长按选中，复制去微信', urgent: '报急难', attempt: '没见到人', observe: '写观察', declaredOn: (day: string) => `申报时的原话\u00a0· ${day}`, foundSaid: (day: string) => `发现时写的\u00a0· ${day}`, foundOn: (day: string) => `${day}发现，当天不算`, foundTitle: '没人申报，主动发现', notYet: '镇上还没收到', hardships: (label: string) => `难处：${label}`,
  proxyOn: (name: string, day: string) => `${name}代为申报的话\u00a0· ${day}`, noDeclared: '申报时没有写情况', declaredLabel: '申报原话', deadlineLabel: '期限',
  contactLabel: '联系', form: '核查表', formCount: (all: number, done: number) => `${all} 节，填好 ${done} 节`, known: '已经知道的',
  comparison: (label: string) => `比对：${label}`, notReceiving: '没在享受救助', numberLine: (no: string) => `案号 ${no}`,
  with: (names: string) => `一同入户：${names}`, mainIs: (name: string) => `核查表${name}在填`, notMine: '你只写自己看到的，不用再填一遍',
  members: (n: number) => `申报 ${n} 口人`, risk: (label: string) => `自己选的原因：${label}`, others: (name: string, what: string) => `${name} ${what}`,
  otherVisit: '也交了一份核查表，两份都留着', otherObservation: '写了观察', continue: (title: string) => `接着填：${title}`, start: (title: string) => `开始填：${title}`,
  sign: '签字和完成', finished: '填好了，存在手机里', finishedMore: '有网就自己传。', seeOutbox: '看上报箱', gone: '这户已派给别人。你填的照样能交，两份都留着。', closed: '这户已办结',
  photosShort: (done: number, all: number) => `核查表收到了，照片 ${done}/${all}。剩下的在拍的那个手机里，连上网自己传。`, handedIn: '已收到，乡镇在看', submitted: '要补充的写成观察。',
  notHere: '这户不在你的手机里了', notHereMore: '可能派给了别人。填过的不会丢。', toTasks: '回任务', toCase: '回这一户',
  invitation: (o: { role: string; name: string; place: string; day: string }) => `您好，我是${o.place}${o.role}${o.name}。您家申报的困难，我${o.day ? `${o.day}前` : '这两天'}上门来看，请家里留个人，把身份证、户口簿、看病和上学的票据找出来。哪天方便回我一声。`,
  fillAnyway: '他来不了，我来填',
}

export const form = {
  phrases: {
    narrative: ['看病花得多', '自付的钱是借的', '家里没有劳力', '打工挣得少', '房子裂了缝', '吃水要拉', '娃娃上学花销大', '地里遭了灾', '以上当面看过、问过'],
    opinion_reason: ['看病花得多', '没有劳力', '收入低', '住房不安全', '家里过得去', '和邻居说的一样'],
  } as Record<string, readonly string[]>,
  together: (n: number) => `这 ${n} 节都是一般情况`, togetherHint: '念一遍，对的一起记下；有不一样的，从下面一项一项填。', given: (n: number, title: string) => (n > 1 ? `已记下 ${n} 节` : `“${title}”按一般情况记下了`), togetherGo: (title: string) => `都对，去“${title}”`, saidAs: (label: string, answer: string) => `${label}：${answer}`,
  position: (name: string, at: number, all: number) => `${name}\u00a0· ${at}/${all}\u00a0节`, onlyThis: '只填这一节，下一节',
  toc: '目录', tocTitle: '核查表目录', previous: '上一节',
  next: (title: string) => `下一节：${title}`, givenAs: (label: string, answer: string) => `按一般情况记下：${label}：${answer}`, fix: (label: string) => `补：${label}`, fixMember: (name: string, n: number) => `补${name}的 ${n} 项`,
  backToCase: '回这一户', stillMissing: (n: number) => `还差 ${n} 项`, comma: '，', colon: '：', stillMissingPhotos: (n: number) => `还差 ${n} 样`,
  missingOne: (label: string) => `还差：${label}`, complete: '填好了', sources: { roster: '名册', declaration: '申报', likely: '先按申报人填' } as Record<string, string>, likelyHead: '申报，先按户主填',
  lastVisit: (day: string) => (day ? `上次核查，${day}` : '上次核查'),
  atMost: (most = 0) => `最多 ${most} 项，先去掉一项`, carried: '上次填的', allNormal: '都正常', allNormalDone: (open: number) => (open ? `正常的都填了，还有 ${open} 项要自己填` : '已都填正常，不对的点开改'), undoNormal: '撤回“都正常”', chooseFrom: (label: string) => `其他…，${label}`,
  notFound: '没有这一节', allUsual: '其余按一般情况填', undoUsual: '撤回“按一般情况填”', tooSmall: (min: number) => `不能小于 ${min}`,
  tooLarge: (max: number) => `不能大于 ${max}`, lacks: (labels: string) => `还差：${labels}`, isWrong: (labels: string) => `要改：${labels}`, stillWrong: (n: number) => `要改 ${n} 项`, wrongOne: (label: string) => `${label}要改`, andMore: (n: number) => `等 ${n} 项`,
  mend: (label: string) => `改：${label}`, mendMember: (name: string, n: number) => `改${name}的 ${n} 项`, memberLeft: (name: string, left: string) => `${name}${left}`,
  dayUnits: ['年', '月', '日'] as const, badDay: '年、月、日都要写对', lastX: '末位 X', notWhole: '只填整数', notNumber: '只填数字', tooFine: '最多两位小数', latestYear: (year: number) => `最晚填 ${year} 年`, tooEarly: '不能早于 1900 年', notYet: '还没到这一天，填今天或以前', tooLong: (max: number, over: number) => `最多 ${max} 字，多了 ${over} 字`,
  badCard: '残疾证号是 20 或 22 位，再对一遍', moreFields: (n: number) => `还有 ${n} 项，选填`, counted: '照家庭成员算的', hasPhoto: '有照片', year: '年', semicolon: '；',
  schoolAge: (n: number) => `6到15岁的孩子 ${n} 人`, outOfSchool: (names: string) => `没上学：${names}`, notInsured: (names: string) => `没参医保：${names}`, badId: '身份证号不对，再对一遍最后一位', shortId: '身份证号是 18 位', badPhone: '手机 11 位，座机带区号',
  count: (n: number, max: number) => `${n}/${max} 字`, short: (n: number, min: number) => `${n} 字，至少 ${min} 字`, voice: '点键盘上的话筒，说方言也行',
  photoOf: (kind: string) => `${kind}照片`, usualNext: (isNormal: boolean, isRest = false) => (!isNormal ? '按一般情况填，下一节' : isRest ? '其余正常，下一节' : '都正常，下一节'), has: '有', hasNot: '没有', hasOrNot: '有没有', isOrNot: '是不是', mayBreak: /(?=[或且])/, mayLeave: '可不填',
  joined: (label: string, isYes: boolean) => label.replace('有没有', isYes ? '有' : '没有').replace('是不是', isYes ? '' : '不是'),
 
  wrong: {
    invalid: '不对', bad_id: '不对', too_short: '太短', too_long: '太长', out_of_range: '不对', count_differs: '，和成员人数对不上', head_count: '，户主要有一个、只能一个',
    spouse_count: '，配偶只能一个', too_few: '，还差一位', same_person: '，要两个不同的人', phone_missing: '，没有账号的要留电话', photo_gone: '去掉了', witness_missing: '，还差见证人', before_start: '时间不对',
    more_than_cost: '比花的钱多', people_to_come: '，成员还没填够',
  } as Record<string, string>,
  wrongLine: {
    more_than_cost: '报销的不能比总费用多', count_differs: '和家庭成员的人数对不上，两边对一遍', photo_gone: '这张照片去掉了，再拍一张，或选别的一张', same_person: '要两个不同的人', head_count: '一户要有一个户主，也只能有一个', spouse_count: '户主的配偶只能有一个' } as Record<string, string>,
  fromId: (sex: string, age: number) => `${sex}\u00a0· ${age} 岁，证号里带出的`, reviewer: (name: string) => `${name}说`, noIdReasons: ['和申报的一样', '证件没在家', '还没上户口'],
}

export const members = {
  male: '男', female: '女', brought: (from: string, n: number) => (from && n ? `${from}带出 ${n} 人，请当面对一遍。` : '当面问清家里有谁。'), none: '还没有人，先把户主加上。', count: (n: number) => `${n} 人`,
  allFull: '，都填好了', add: '加一个人', addNext: '加下一个人', lacks: (n: number) => `还差 ${n} 人`, sizeSays: (label: string, size: number, n: number) => `${label}填的是 ${size} 人，还差 ${n} 人没写上。`, mendSize: (label: string) => `填错了，改${label}`, living: (n: number) => `一起生活 ${n} 人`, perHead: '，人均按这个数算', noLabour: '，整户没有劳动能力', unnamed: '还没写姓名', new: '新加的人',
  age: (n: number) => `${n} 岁`, full: '填好了', remove: '去掉这个人',
  removed: (name: string) => `已去掉${name}`, next: (name: string) => `下一位：${name}`, finish: '这个人好了', same: '同上一人', normal: '都正常', applicant: '申报人',
  ofHead: (relation: string) => relation.replace(/^之/, '户主之'), list: '家庭成员名单', basics: '带出来的这几项',
}

export const photos = {
  must: '必拍', mustLeft: (all: number, left: number, refused: number) => (left ? `${all} 样，还差 ${left} 样` : refused ? `${all} 样，都有交代了` : `${all} 样，都有了`), ifAny: '有就拍',
  count: (n: number) => `拍了 ${n} 张`, refused: (n: number, isAll: boolean) => (isAll ? `${n} 样都不同意拍，写了原因` : `${n} 样不同意拍`), take: (kind: string) => `拍${kind}`, again: '再拍一张', add: '加一张', other: '票据、裂缝、其他', missing: '还没拍',
  mayRefuse: '没有可不拍', refuse: '不同意拍', refuseTitle: '哪一样不同意拍', refuseReason: '为什么不拍', refuseOther: '或者自己写一句', refusedState: '点开能改原因', refuseSave: '记下原因',
  needReason: '还差：为什么不拍', needKind: '还差：哪一样', chooseReason: '接着选：为什么不拍', chooseKind: '接着选：哪一样', sendingNow: '正在传', refuseDrop: '同意拍了，去掉原因', reasons: ['不愿意拍人像', '不愿意拍家里', '已当面看过证件', '家里没有这一样'],
  waiting: '在手机里，排队', received: '已收到', inDraft: '在手机里', album: '相册', fromAlbum: '从相册选', remove: '去掉这张', removed: '已去掉 1 张照片',
  picture: (kind: string) => `${kind}照片`, room: (n: number) => (n > 999 ? '手机还够拍 1000 张以上。' : `手机还够拍约 ${n} 张。`), roomMore: '没网也能拍，断了从断的地方接着传。',
  noCamera: '浏览器不让用相机。去手机设置里让它能用；或者用手机相机拍好，点“从相册选”。', full: '手机快满了，先把没传的传上去，再拍。', working: '正在存照片', camera: '拍照', which: '拍的是什么', chooseWhich: '接着选：拍的是什么', bothStay: '再拍一张，两张都留着；不要的点“去掉这张”。', notHere: '照片已交，手机里不留了', torn: '缺了一块，重拍', link: (kind: string, n: number) => `用${kind} ${n}`, linked: (kind: string, n: number) => `${kind} ${n}`, unlink: '换一张',
}

export const finish = {
  title: '签字和完成', left: (lacks: number, wrong: number) => (!wrong ? `还差这 ${lacks} 项` : lacks ? `还差 ${lacks} 项，要改 ${wrong} 项` : `要改这 ${wrong} 项`),
  leftIn: (sections: number, lacks: number, wrong: number) => `${sections} 节${[lacks ? `还差 ${lacks} 项` : '', wrong ? `要改 ${wrong} 项` : ''].filter(Boolean).join('，')}`, fix: (what: string) => `先补：${what}`, mend: (what: string) => `先改：${what}`, goMend: '去改',
  ready: '都齐了', toSay: (n: number) => `都齐了，还有 ${n} 处要对一对`, sayFirst: (n: number) => `先把 ${n} 处对一对，再签字`, toSayMore: '在下面改，或者说一句为什么，再点“完成入户”。', readyAgain: '点“改好了，重新交”，存进上报箱，有网自己传。', readyMore: '点“完成入户”，存进上报箱，有网自己传。', go: '去补',
  goSign: '去签', first: (what: string) => `先补第 1 项：${what}`, mendFirst: (what: string) => `先改第 1 项：${what}`, submit: '完成入户', resubmit: '改好了，重新交', saving: '正在存',
  keptHere: '都存在手机里', who: '谁去的', whoHint: '入户要两个人',
  visitor: (n: number) => `第${n === 1 ? '一' : '二'}位核查人`, unit: '单位', role: '身份', name: '姓名', phone: '电话', needName: '还差：姓名', fillName: '接着填：姓名', needPhone: '没有账号的要留个电话，镇上好核实', fillPhone: '接着填：电话', phoneHint: '没有账号的要写', addVisitor: '加一位', changeVisitor: '换一位', colleagues: '有账号的同事', colleaguesHint: '点一下就换上', nameHint: '没有账号的，写下来', noAccount: '没有账号', dropVisitor: '去掉这位',
  signatures: '签字', signed: (all: number, done: number) => `${all} 人，已签 ${done} 人`, here: '请在这里写名字', him: '被访人', again: '重签',
  handprint: '拍手印', handprintDone: '按了手印，照片在手机里', refuse: '不愿签，写原因', refusedLine: (reason: string, witness: string) => `没签：${reason}。见证人 ${witness}`,
  refuseTitle: '不愿签', refuseReason: '为什么不签', witness: '见证人姓名', padTitle: (name: string) => `${name}签字`, padHint: '用手指写，写大一点', clear: '擦了重写',
  keep: '写好了', paper: '交上去以后，乡镇打出来的表上还要手写签字、盖章。', ink: (name: string) => `${name}的签名`, needRefusal: '还差：为什么不签', fillRefusal: '接着写：为什么不签', needWitness: '还差：见证人', fillWitness: '接着写：见证人', nothingYet: '请在框里写名字', comma: '，', onlyDot: '只有一个点，请写出名字', signedBefore: '改之前签的，点“重签”再签一次', signAgain: (n: number) => `还要重签 ${n} 个`,
  outdated: (names: string) => `签字以后表改过，请${names}重签；不该改的，改回去就行。`, resignFirst: (name: string) => `先请${name}重签`,
}

export const place = {
  title: '位置', optional: '不记也行', hint: '只记大概在哪，1 公里左右；点一下记一次，平时不看。', take: '记下大概位置', taking: '正在找位置', drop: '去掉',
  taken: (lat: string, lon: string) => `北纬 ${lat}°，东经 ${lon}°`, within: (when: string) => `${when} 记的，1 公里左右`, label: '位置',
}

export const returned = {
  title: (n: number) => `退回 ${n} 处`, whole: '整张表', holds: (when: string, isInTime: boolean) => `入户时间还是 ${when}${isInTime ? '，不算超期' : ''}。`,
  holdsMore: '没说到的不用动。', todo: '还没改', done: '已改', says: (name: string) => `${name}说`, now: '现在填的：', nothing: '没填',
  goFix: (label: string) => `改：${label}`, retake: (kind: string) => `重拍${kind}`, open: '去改',
  progress: (done: number, left: number) => `改好 ${done} 处，还差 ${left} 处`, allDone: '都改好了', send: '改好了，重新交', general: '总的说', newPhoto: '已重拍，两张都留着',
  before: '交上去时填的：', askTown: '问镇上', resign: '重新签', backTo: (n: number) => `回退回的 ${n} 处`, again: '退回，重拍一张', mark: '退回，点开看',
}

export const observe = {
  title: '写观察', filling: (name: string) => `核查表${name}在填`, what: '看到的是哪一样',
  topics: [
    { key: 'cattle', label: '养牛' }, { key: 'sheep', label: '养羊' }, { key: 'living_size', label: '几口人' }, { key: 'house_defects', label: '房子' },
    { key: 'water_source', label: '吃水' }, { key: 'water_issues', label: '水的问题' }, { key: 'land_mu', label: '种地' },
    { key: 'dropout_count', label: '没上学' }, { key: 'uninsured_count', label: '没医保' },
  ],
  notSaid: '没有说', comma: '，', voice: '点键盘上的话筒，说方言也行', declared: '申报时说的', seen: '你看到的', two: '和申报说的不一样也照写。两个说法都留着，镇上来看。', say: '说两句',
  chips: ['邻居说', '我自己看到', '没看清'], photo: '照片', photoHint: '没有也行，先问一声', keep: '存好这条，等网上报', needText: '还差一句话', fillText: '接着写两句', before: '你以前写的', kept: '这条写好了，存在手机里，有网自己传。',
  addOnly: (n: number) => `${n} 条，只能加，不能改`, by: (name: string, when: string) => `${name}\u00a0· ${when}，按手机时间`, entry: '观察',
}

const NUMERALS = '零一二三四五六七八九十'
export const discover = {
  numerals: NUMERALS, tens: /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/, groupStart: /^第/, groupEnd: /[社组队]$/, groupWrong: '填 1 到 99 的数，不知道就空着',
  sub: '没人申报的难处户', where: '哪个村', mine: (n: number) => `你管的 ${n} 个`, more: '其他村…', others: '其他村', chooseOther: '点这里选村', name: '户主姓名', unnamed: '姓名不详', group: '几社', groupUnit: '社',
  groupOf: (n: number) => `${n <= 10 ? NUMERALS[n] ?? n : n}社`, alike: '手机里有一户像：', itIs: '是这户', id: '身份证号', idHint: '没带也行，以后补', idDigits: '18 位', idGone: '没带',
  what: '什么难处', say: '说两句', voice: '点键盘上的话筒，说方言也行', counts: '有网先交到镇上，镇上收下，这户就归你。', countsMore: '今天看的照样算数', countsEnd: '，不用再跑。',
  otherVillage: '不是你管的村，镇上收下再定谁去。', keep: '先存着', start: '开始填表', notIt: '不是这户，开始填表', needs: { area: '还差：哪个村', group: '几社不对，改一下', name: '还差：户主姓名', what: '还差：什么难处', text: '“说两句”太长，写短些' },
  fill: { area: '接着选：哪个村', group: '改：几社', name: '接着填：户主姓名', what: '接着选：什么难处', text: '改：说两句' }, urgent: '急难', found: '主动发现', place: (village: string, group: string) => village + group,
}

export const attempt = {
  title: '没见到人', handedIn: '这户已经交上去了，不用记', what: '这次怎么回事', proof: '拍张照，或找个人作证', proofHint: '有一样就行', witness: '谁作证', witnessHint: '社长、邻居的姓名', reason: '说一句',
  reasonHint: '什么时候回来、去了哪', until: (day: string, left: string) => `${day}24:00，${left}`, deadline: '期限', still: '期限不变，到期前再去一次。', keep: '记下这一次',
  needResult: '还差：怎么回事', needProof: '还差照片或见证人', chooseResult: '接着选：怎么回事', chooseProof: '接着拍门口', earlier: '已记下',
  chooseWitness: '接着写：谁作证', lateStill: '期限不变，照样再去，去了就记上。', noReturn: '先不用再去。乡镇来核，可能作废；没作废，期限不变。', noneLeft: '家里还有别人，照样去看。没有别人了，乡镇来核，可能作废。', kept: '这一次记下了，存在手机里，有网自己传。', keptNoReturn: '这一次记下了，有网自己传。乡镇来核，可能作废。',
}

export const urgent = {
  title: '报急难', now: '现在就报急难', nowHint: '不用等表填完，镇上马上看到', dialFirst: '人有危险，先打电话', lines: [{ number: '120', label: '救人' }, { number: '119', label: '灭火救援' }, { number: '110', label: '报警' }],
  what: '出了什么事', needs: ['没处住', '没吃的、没水', '重病没钱看', '受伤、遭灾', '老人没人管', '孩子没人管'], tonight: '今晚能不能过', tonightHint: '不选也能报', nights: ['能凑合', '过不去'],
  tonightLine: (what: string) => `今晚${what}`, say: '说一句', reliefFirst: '先救助，后补手续。', reliefMore: '不用等核查表填完，也不看够不够条件。', offline: '没有网络，打电话最快；这条有网第一个传',
  online: '报上去镇上马上看到', callTown: '打给镇上', callNamed: (name: string) => `打给镇上，${name}`, keep: '报急难', stop: '。', needWhat: '点一下出了什么事，或者写一句，再报',
  already: '已经报过急难', noted: '急难记下了，还没到镇上', notedAt: (when: string) => `${when} 记下的，`, reportedAt: (when: string) => `${when} 报的，`, gotAt: (when: string) => `镇上 ${when} 收到`, waits: '还在手机里，有网第一个传', known: '镇上已经知道，按急难在办', again: '再报一次', kept: '急难记下了，存在手机里，有网第一个传。人有危险，先打电话。',
}

/** What a declaration says in these words is asked at the door, never answered with the usual in one tap. */
export const declaredWords = {
  house: /[房屋墙窑梁]|塌|漏|裂|烧|着火|失火|洪|雹|滑坡|地震/, water: /水|井|窖/,
  food: /吃不|没吃|粮|断顿|烧|着火|失火|被褥|衣/, school: /学/, costs: /住院|看病|手术|药|医|治|学费|欠/, income: /收入|挣|工钱|失业|没活/,
}

/** Every word the phone says itself; labels of fields and codes come from the contract. */
import type { PhoneProblemCode } from './problem'

const WEEKDAYS = '日一二三四五六'

export const common = {
  today: '今天', app: '入户通', back: '返回', close: '关上', change: '改', undo: '撤回', other: '其他…', search: '搜索', household: (name: string) => `${name}户`,
  copyByHand: '长按选中，复制', stop: '。', people: (n: number) => `${n} 口人`, households: (n: number) => `${n} 户`, yes: '是', no: '否', not: (what: string) => `不${what}`, unchosen: '还没选',
  unfilled: '还没填', multiple: '可多选', optional: '没有可不填', saved: '已存在手机里', saving: '正在存', later: '先这样', join: '、', dot: ' · ', call: '打电话',
  tasksShort: '任务', notSaved: '没存进手机。先别关，点这里再存一次',
}

export const time = {
  today: '今天', day: (m: number, d: number) => `${m}月${d}日`, date: (y: number, m: number, d: number) => `${y}年${m}月${d}日`,
  dayWithWeekday: (m: number, d: number, week: number) => `${m}月${d}日（周${WEEKDAYS[week]}）`,
}

export const nav = {
  label: '主菜单', tasks: '任务', outbox: '上报箱', policy: '政策', me: '我的',
}

export const titles = {
  people: '谁在用', forgot: '忘了解锁码', check: '设备体检', bind: '绑定这个手机', pin: '换解锁码', rescue: '救援文件', recovered: '还给你的',
}

export const net = {
  offline: '没有网络，', offlineGo: '照常填', offlineOnly: '只离线工作，', sending: '正在上报', photos: (done: number, all: number) => `照片 ${done}/${all}`,
  waiting: (n: number) => `${n} 户待上报`, here: (n: number) => `${n} 户还在手机里`, progress: '看进度', allReceived: '都已收到', signInAgain: '登录过期了，', signInAgainGo: '填好的都在', signIn: '去登录',
  clock: '手机时间不准，', clockGo: '去改成自动',
}

export const signIn = {
  username: '账号', password: '密码', peek: '看', peekLabel: '看一眼密码', hide: '不看', submit: '登录', submitting: '正在登录', first: '这个手机第一次登录要有网，登录以后没网也能用。',
  shared: '两个人合用一个手机也行。', sharedMore: '各登各的，互相看不到。', needUsername: '还差账号', needPassword: '还差密码', fillUsername: '接着填账号', fillPassword: '接着填密码',
  kept: (n: number) => `手机里还有 ${n} 户没上报，登录后接着传，丢不了。`,
}

export const tasks = {
  title: '我的任务', areas: (first: string, n: number) => `${first}等 ${n} 个村`, tabsLabel: '任务分类', todo: '待入户', returned: '退回', visited: '已入户',
  first: '先去这几户', later: '以后几天', finder: '找姓名、村', noMatch: '没有这一户', clearFinder: '不找了', emptyTodo: '该去的都去过了', emptyReturned: '没有退回的',
  emptyVisited: '还没有入过户', noTasksYet: '还没有派给你的户', emptyTodoMore: '有新派单会排到这里，', emptyReturnedMore: '乡镇退回要补的，会排到这里，', emptyVisitedMore: '入过户的会排到这里，',
  asked: (when: string) => `${when} 刚问过乡镇。`, neverAsked: '还没问过乡镇。', ask: '现在问一下', asking: '正在问', left: '还剩', days: '天', dueToday: '到期', over: '超期',
  fixes: (n: number) => `${n} 处`, returnedLeaf: '退回', visitedLeaf: '已入户', photosLeaf: (done: number, all: number) => `${done}/${all}`, gotLeaf: '收到',
  waitingLeaf: '待传', photosWord: '照片', visitedPhotos: (done: number, all: number) => `已入户，照片 ${done}/${all}`, tagUrgent: '急难', tagNew: '新派单',
  tagOutbox: '待上报', tagSending: '正在传', tagReceived: '已收到', tagLook: '要你看一下', tagGone: '已派给别人', tagPriority: '优先',
  filled: (done: number) => `已填 ${done} 节，`, missing: (n: number) => `还差 ${n} 节`, readyToSign: '填好了，去签字', visitedAt: (when: string) => `${when} 入户`,
  attempt: (when: string) => `${when} 去过，`, notMet: '没见到人', dial: (name: string) => `给${name}打电话`, warnFull: (n: number) => `手机快满了，只够再拍 ${n} 张照片。`,
  warnFullMore: '核查表照常能填。', leafLabel: { ok: (n: number) => `还剩 ${n} 天`, today: '今天到期', over: (n: number) => `超期 ${n} 天` },
}

export const dial = {
  title: (name: string) => `${name}的电话`, asking: '正在向乡镇要号码', now: '现在打', reason: '联系入户', recorded: '看号码会记下是谁、什么时候看的。',
  offline: '看号码要有网。现在没网，先去，或者问村里。',
}

export const page = {
  until: '24:00 前入户', published: (day: string) => `${day}发布，当天不算`, lastDay: (n: number) => `第 ${n} 天`, late: '照样去，去了就记上。', copy: '复制约话',
  copied: '约话复制好了，去微信里粘贴', copyBy: '长按选中，复制去微信', urgent: '报急难', attempt: '没见到人', observe: '写观察', declaredOn: (day: string) => `申报时的原话 · ${day}`,
  proxyOn: (name: string, day: string) => `${name}代为申报的话 · ${day}`, noDeclared: '申报时没有写情况', declaredLabel: '申报原话', deadlineLabel: '期限',
  contactLabel: '联系', form: '核查表', formCount: (all: number, done: number) => `${all} 节，填好 ${done} 节`, known: '已经知道的',
  comparison: (label: string) => `比对：${label}`, notReceiving: '没在享受救助', numberLine: (no: string) => `案号 ${no}`,
  with: (names: string) => `一同入户：${names}`, mainIs: (name: string) => `核查表${name}在填`, notMine: '你只写自己看到的，不用再填一遍',
  members: (n: number) => `申报 ${n} 口人`, risk: (label: string) => `自己选的原因：${label}`, others: (name: string, what: string) => `${name} ${what}`,
  otherVisit: '也交了一份核查表，两份都留着', otherObservation: '写了观察', continue: (title: string) => `接着填：${title}`, start: (title: string) => `开始填：${title}`,
  sign: '签字和完成', finished: '填好了，存在手机里', finishedMore: '有网就自己传。', seeOutbox: '看上报箱', gone: '这户已派给别人。你填的照样能交，两份都留着。', closed: '这户已办结',
  photosShort: (done: number, all: number) => `核查表收到了，照片 ${done}/${all}。剩下的在拍的那个手机里，连上网自己传。`, handedIn: '已收到', submitted: '已经交上去了，乡镇在看。要补充的写成观察。',
  notHere: '这户不在你的手机里了', notHereMore: '可能派给了别人。填过的不会丢。', toTasks: '回任务',
  invitation: (o: { role: string; name: string; place: string; day: string }) => `您好，我是${o.place}${o.role}${o.name}。您家申报的困难，我${o.day}前上门来看，请家里留个人，把身份证、户口簿、看病和上学的票据找出来。哪天方便回我一声。`,
  fillAnyway: '他来不了，我来填',
}

export const form = {
  position: (name: string, at: number, all: number) => `${name} · 第 ${at} 节，共 ${all} 节`, toc: '目录', tocTitle: '核查表目录', previous: '上一节',
  next: (title: string) => `下一节：${title}`, fix: (label: string) => `补：${label}`, fixMember: (name: string, n: number) => `补${name}的 ${n} 项`,
  backToCase: '回这一户', stillMissing: (n: number) => `还差 ${n} 项`, comma: '，', colon: '：', stillMissingPhotos: (n: number) => `还差 ${n} 样`,
  missingOne: (label: string) => `还差${label}`, memberMissing: (name: string, n: number) => `还差${name} ${n} 项`, complete: '填好了', prefilled: '名册和申报带出',
  carried: '上次填的', allNormal: '都正常', allNormalDone: '已都填正常，不对的点开改', undoNormal: '撤回“都正常”', chooseFrom: (label: string) => `其他…，${label}`,
  notFound: '没有这一节', allUsual: '其余按一般情况填', undoUsual: '撤回“按一般情况填”', tooSmall: (min: number) => `不能小于 ${min}`,
  tooLarge: (max: number) => `不能大于 ${max}`, notWhole: '只填数字', badId: '身份证号不对，再对一遍最后一位', shortId: '身份证号是 18 位', badPhone: '手机号是 11 位',
  count: (n: number, max: number) => `${n}/${max} 字`, short: (n: number, min: number) => `${n} 字，至少 ${min} 字`, voice: '点键盘上的话筒，说方言也行',
  photoOf: (kind: string) => `${kind}照片`,
  wrong: {
    invalid: '不对', bad_id: '不对', too_short: '太短', too_long: '太长', out_of_range: '不对', count_differs: '，和成员人数对不上', head_count: '，户主要有一个、只能一个',
    spouse_count: '，配偶只能一个', too_few: '，还差一位', witness_missing: '，还差见证人', before_start: '时间不对',
  } as Record<string, string>,
  wrongLine: { count_differs: '和家庭成员里一起生活的人数对不上，两边对一遍', head_count: '一户要有一个户主，也只能有一个', spouse_count: '户主的配偶只能有一个' } as Record<string, string>,
  fromId: (sex: string, age: number) => `${sex} · ${age} 岁，证号里带出的`, reviewer: (name: string) => `${name}说`, noIdReasons: ['和申报的一样', '证件没在家', '还没上户口'],
}

export const members = {
  male: '男', female: '女', brought: (n: number) => (n ? `名册和申报带出 ${n} 人，请当面对一遍。` : '当面问清家里有谁。'), none: '还没有人，先把户主加上。', count: (n: number) => `${n} 人`,
  allFull: '，都填好了', add: '加一个人', living: (n: number) => `一起生活 ${n} 人`, perHead: '，人均按这个数算', unnamed: '还没写姓名', new: '新加的人',
  age: (n: number) => `${n} 岁`, left: (labels: string) => `还差：${labels}`, andMore: (n: number) => `等 ${n} 项`, full: '填好了', remove: '去掉这个人',
  removed: (name: string) => `已去掉${name}`, next: (name: string) => `下一位：${name}`, finish: '这个人好了', same: '同上一人', normal: '都正常', applicant: '申报人',
  list: '家庭成员名单', basics: '带出来的这几项',
}

export const photos = {
  must: '必拍', mustLeft: (all: number, left: number) => (left ? `${all} 样，还差 ${left} 样` : `${all} 样，都有了`), ifAny: '有就拍',
  count: (n: number) => `拍了 ${n} 张`, take: (kind: string) => `拍${kind}`, again: '再拍一张', add: '加一张', other: '票据、裂缝、其他', missing: '还没拍',
  mayRefuse: '没有可不拍', refuse: '不同意拍', refuseTitle: '哪一样不同意拍', refuseReason: '为什么不拍', refusedState: '写了原因，点开能改', refuseSave: '记下原因',
  needReason: '还差：为什么不拍', needKind: '还差：哪一样', sendingNow: '正在传', refuseDrop: '同意拍了，去掉原因', reasons: ['不愿意拍人像', '不愿意拍家里', '已当面看过证件', '家里没有这一样'],
  waiting: '在手机里，排队', received: '已收到', inDraft: '在手机里', album: '相册', fromAlbum: '从相册选', remove: '去掉这张', removed: '已去掉 1 张照片',
  picture: (kind: string) => `${kind}照片`, room: (n: number) => (n > 999 ? '手机还够拍 1000 张以上。' : `手机还够拍约 ${n} 张。`), roomMore: '没网也能拍，断了从断的地方接着传。',
  full: '手机快满了，先把没传的传上去，再拍。', working: '正在存照片', camera: '拍照', which: '拍的是什么', notHere: '照片已交，手机里不留了',
}

export const finish = {
  title: '签字和完成', left: (n: number) => `还差这 ${n} 项`, ready: '都齐了', readyAgain: '点“改好了，重新交”，存进上报箱，有网自己传。', readyMore: '点“完成入户”，存进上报箱，有网自己传。', go: '去补',
  goSign: '去签', first: (what: string) => `先补第 1 项：${what}`, submit: '完成入户', resubmit: '改好了，重新交', saving: '正在存',
  timeLine: (from: string, to: string) => `入户 ${from}—${to}，已存在手机里`, who: '谁去的', whoHint: '入户要两个人',
  visitor: (n: number) => `第 ${n === 1 ? '一' : '二'}位核查人`, unit: '单位', role: '身份', name: '姓名', addVisitor: '加一位', dropVisitor: '去掉这位',
  signatures: '签字', signed: (all: number, done: number) => `${all} 人，已签 ${done} 人`, here: (name: string) => `请${name}在这里写名字`, him: '被访人', again: '重签',
  handprint: '拍手印', handprintDone: '按了手印，照片在手机里', refuse: '不愿签，写原因', refusedLine: (reason: string, witness: string) => `没签：${reason}。见证人 ${witness}`,
  refuseTitle: '不愿签', refuseReason: '为什么不签', witness: '见证人姓名', padTitle: (name: string) => `${name}签字`, padHint: '用手指写，写大一点', clear: '擦了重写',
  keep: '写好了', paper: '写完交给乡镇的打印表上还要补手写签字、盖章。', ink: (name: string) => `${name}的签名`, needBoth: '原因和见证人都要写', nothingYet: '先写名字', comma: '，',
}

export const returned = {
  title: (n: number) => `退回 ${n} 处`, whole: '整张表', holds: (when: string, isInTime: boolean) => `入户时间还是 ${when}${isInTime ? '，不算超期' : ''}。`,
  holdsMore: '没说到的不用动。', todo: '还没改', done: '已改', says: (name: string) => `${name}说`, now: '现在填的：', nothing: '没填',
  goFix: (label: string) => `改：${label}`, retake: (kind: string) => `重拍${kind}`, open: '去改',
  progress: (done: number, left: number) => `改好 ${done} 处，还差 ${left} 处`, allDone: '都改好了', send: '改好了，重新交', general: '总的说', newPhoto: '已重拍，两张都留着',
  resign: '重新签',
}

export const observe = {
  title: '写观察', filling: (name: string) => `核查表${name}在填`, what: '看到的是哪一样',
  topics: [
    { key: 'cattle', label: '养牛' }, { key: 'sheep', label: '养羊' }, { key: 'living_size', label: '几口人' }, { key: 'house_defects', label: '房子' },
    { key: 'water_source', label: '吃水' }, { key: 'water_issues', label: '水的问题' }, { key: 'land_mu', label: '种地' },
    { key: 'dropout_count', label: '没上学' }, { key: 'uninsured_count', label: '没医保' },
  ],
  notSaid: '没有说', comma: '，', voice: '点键盘上的话筒，说方言也行', declared: '申报时说的', seen: '你看到的', two: '和申报说的不一样也照写。两个说法都留着，镇上来看。', say: '说两句',
  chips: ['邻居说', '我自己看到', '没看清'], photo: '照片', photoHint: '没有也行，先问一声', keep: '存好这条，等网上报', needText: '还差一句话', fillText: '接着写两句', before: '你以前写的',
  addOnly: (n: number) => `${n} 条，只能加，不能改`, by: (name: string, when: string) => `${name} · ${when}，按手机时间`, entry: '观察',
}

export const attempt = {
  title: '没见到人', what: '这次怎么回事', proof: '拍张照，或找个人作证', proofHint: '有一样就行', witness: '谁作证', witnessHint: '社长、邻居的姓名', reason: '说一句',
  reasonHint: '什么时候回来、去了哪', until: (day: string, left: string) => `${day}24:00，${left}`, deadline: '期限', still: '期限不变，到期前再去一次。', keep: '记下这一次',
  needResult: '还差：怎么回事', needProof: '还差照片或见证人', chooseResult: '接着选：怎么回事', chooseProof: '接着拍门口', earlier: '已记下',
}

export const urgent = {
  title: '报急难', dialFirst: '人有危险，先打电话', lines: [{ number: '120', label: '救人' }, { number: '119', label: '火、塌、困' }, { number: '110', label: '报警' }],
  what: '出了什么事', needs: ['没处住', '没吃的、没水', '重病没钱看', '受伤、遭灾', '老人没人管', '孩子没人管'], tonight: '今晚能不能过', tonightHint: '不选也能报', nights: ['能凑合', '过不去'],
  tonightLine: (what: string) => `今晚${what}`, say: '说一句', reliefFirst: '先救助，后补手续。', reliefMore: '不用等核查表填完，也不看够不够条件。', offline: '没有网络，打电话最快；这条有网第一个传',
  online: '报上去镇上马上看到', keep: '报急难', blank: '急难，情况来不及写', stop: '。',
}

export const outbox = {
  title: '上报箱', sub: '存在手机里的，一件都不会丢', waiting: (n: number) => `${n} 户待上报`, look: (n: number) => `${n} 户要你看一下`, nothing: '都已收到', empty: '还没有要上报的',
  emptyMore: '入户填完的核查表、照片、观察，会先存到这里。', photosLine: (done: number, all: number) => `照片 ${done}/${all}`, meter: (done: number, all: number) => `照片已收到 ${done} 张，共 ${all} 张`,
  auto: '有网就自己传，走开也行', autoOff: '只离线工作开着，要传先关掉', send: '现在上报', sending: '正在上报', onPhone: '还在手机里', households: (n: number) => `${n} 户`, begun: '没写完的', got: '已收到', kept: '手机里再留 30 天',
  kinds: { visit: '核查表、签字', observation: '观察', attempt: '没见到人', urgent: '报急难', draft: '没写完的表' }, savedAt: (when: string) => `${when} 存好`,
  receivedAt: (when: string) => `已收到 ${when}`, tagSending: '正在传', tagWaiting: '等网络', tagLook: '要你看一下', tagReceived: '已收到', tagWithTown: '已收到，乡镇在看',
  photoGoing: (n: number, percent: number) => `第 ${n} 张 ${percent}%，断了会接着传`, queued: '排队', receipt: '回执', offlineNow: '现在没网，存着，有网再传', photosTaken: (n: number) => `照片 ${n} 张`,
  sentNow: (n: number) => `传上去 ${n} 件`, nothingNew: '没有要传的', failed: '这次没传完，断了会接着传', unfinished: '草稿，存在手机里',
  needsPerson: '乡镇要看一下再定，你不用重填', someone: '一户', sendAgain: '再传一次', openCase: '打开这一户', askOffice: '找镇上', goOnFilling: '接着填', signIn: '重新登录', signInWhy: '登录过期了，要再登录才能传。填好的都在',
  officeWords: (name: string, receipt: string, reason: string) => `入户通：${name}户${receipt ? `，回执 ${receipt}` : ''}。手机上说：${reason}。麻烦看一下。`, officeCopied: '话复制好了，去微信里发给镇上',
  carried: (n: number, photos: number) => `替别人带的 ${n} 件${photos ? `、照片 ${photos} 张` : ''}`, carriedMore: '有网自己传，算他的', givenBack: (n: number) => `还给你的 ${n} 份没写完的表`, givenBackMore: '打开看看，两份都留着',
}

export const me = {
  lockNow: '锁上', bound: '这部手机登记过了', boundMore: '登录过期也能接着传', unbound: '这部手机还没登记', unboundMore: '找镇上要绑定码，登录过期也能传', revoked: '这部手机停用了', revokedMore: '填的照样收，镇上要看一下', checkMore: '看看存不存得住',
  pinMore: '5 分钟不动，自己锁上', others: (names: string[]) => `${names.join('、')}也用这个手机`, othersMore: '他的你看不到，你的他看不到', alone: '换个人用', aloneMore: '各用各的解锁码，互相看不到',
  large: '大字', sunlight: '强光', sunlightHint: '太阳底下看不清，打开', offlineOnly: '只离线工作', offlineHint: '打开后完全不联网', storage: '手机空间',
  left: (n: number) => (n > 999 ? '还够拍 1000 张以上' : `还够拍 ${n} 张`), used: (mb: string) => `用了 ${mb}`, free: (mb: string) => `还空 ${mb}`,
  gauge: (used: string, free: string) => `用了 ${used}，还空 ${free}`, phone: '这个手机', version: '版本', form: '核查表版本', contact: '上次连上乡镇', never: '还没连上过',
  clock: '手机时间', clockOk: '准', clockWrong: (n: number) => `差 ${n} 分钟，去改成自动`, update: '有新版本，现在换上', updateBusy: '正在填表，填完再换', out: '退出',
  outNote: (n: number) => `还有 ${n} 户没上报。`, outNoteMore: '退出不会丢，但要你再登录才能传。', sendFirst: '先上报，再退出', outAnyway: '不等了，现在退出', outNow: '退出', outing: '正在退出',
  outFailed: '没退成。没网也能退，再点一次',
}

export const policy = {
  title: '政策', sub: '入户时讲给群众听', from: '依据：甘民发〔2023〕53号。讲大意，以文件和县上答复为准。',
  parts: [
    { title: '这件事怎么走', lines: ['群众用“一键报贫”自己申报，别人也能代报。', '申报和民政在享名册比对，没在享受的发布预警，派人入户。', '预警发布后 5 日内，至少两个人上门核查。', '乡镇研判，报县上认定。能不能纳入，入户的人说了不算。'] },
    { title: '民政能帮的五类', lines: ['农村低保：共同生活的家里人均收入低于低保标准，财产符合规定。', '特困供养：没有劳动能力、没有收入来源、没有法定赡养人或赡养人没有能力。', '临时救助：火灾、车祸、大病等突然的难处，可先救助后补手续。', '孤儿和事实无人抚养儿童：基本生活保障。', '残疾人两项补贴：困难残疾人生活补贴、重度残疾人护理补贴。'] },
    { title: '不够这五类怎么办', lines: ['有返贫风险的，纳入防返贫监测，有针对地帮。', '只缺一样的，教育、医疗、住房、饮水由行业部门单项帮扶。', '都不符合的，要说清为什么、还能享受什么、不同意找谁。'] },
    { title: '入户时记住', lines: ['家里困难的原话照写，不替人下结论。', '拍照、签字先问一声，不同意也行，写原因。', '只问表上有的，别的不打听。', '人有危险，先报急难，先救助。'] },
  ],
}

export const problems: Record<PhoneProblemCode | 'unknown', string> = {
  signed_out: '登录过期了。再登一次，填好的都在', offline: '没有网络，等有网再试', bad_credentials: '账号或密码不对，再试一次', locked_out: '试错太多次，等 15 分钟再试，或找乡镇经办',
  server_unavailable: '乡镇的系统没应答，过一会儿再试', not_our_server: '这个网要先认证才能用，连好再试', case_not_here: '这户不在手机里了，有网时再开', draft_not_here: '这户的表不在手机里，回任务重新打开',
  draft_changed: '这户刚在别的页面改过，已换成最新的', store_failed: '没存进手机。先别关，再试一次', storage_full: '手机满了，存不下。删些别的东西再试，填好的都在',
  photo_heic: '这张是 HEIC 格式，认不出。用这里的“拍照”直接拍', photo_unreadable: '这张照片打不开，换一张', photo_torn: '这张照片坏了一半，重拍一张', photo_too_large: '这张照片太大，用这里的“拍照”直接拍',
  photo_not_image: '这不是照片，换一张', photo_not_here: '这张照片手机里没有了', photo_already_finished: '这张已经交了，不能去掉，可以再拍一张', photo_too_many_bytes: '照片太大，重拍一张',
  locked: '手机锁着，输解锁码打开', box_unreadable: '这一份打不开了，交上去的在乡镇', pin_shape: '解锁码是 6 位数字', pin_trivial: '这个太好猜，换一个解锁码',
  pin_wrong: '解锁码不对', vault_exists: '解锁码已经设过了', person_not_here: '这部手机上没有这个人，用账号密码登录',
  rescue_unfit: '这不是救援文件，换一个', rescue_torn: '这个文件断了一截，找原来的手机再存一次',
  rejected: '乡镇没收下，看一下原因', unknown: '没做成，再试一次。填好的都在',
}

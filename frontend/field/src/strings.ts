/** Words of the first screen and of every page; those of a household's pages and of the phone itself are loaded with them. */
import type { PhoneProblemCode } from './problem'

/** No line is broken here. */
const J = '\u2060'
const WEEKDAYS = '日一二三四五六'

export const common = {
  today: '今天', app: '入户通', back: '返回', close: '关上', change: '改', undo: '撤回', other: '其他…', search: '搜索', household: (name: string) => `${name}户`,
  copyByHand: '长按选中，复制', stop: '。', people: (n: number) => `${n} 口人`, households: (n: number) => `${n} 户`, yes: '是', no: '否', not: (what: string) => `不${what}`, unchosen: '还没选',
  unfilled: '还没填', multiple: '可多选', optional: '没有可不填', saved: '已存在手机里', saving: '正在存', later: '先这样', join: '、', dot: '\u00a0· ', call: '打电话',
  tasksShort: '任务', notSaved: '没存进手机。先别关，点这里再存一次',
}

export const time = {
  today: '今天', joiner: J, day: (m: number, d: number) => `${m}${J}月${J}${d}${J}日`, date: (y: number, m: number, d: number) => `${y}${J}年${J}${m}${J}月${J}${d}${J}日`, month: (y: number, m: number) => `${y}${J}年${J}${m}${J}月`,
  dayWithWeekday: (m: number, d: number, week: number) => `${m}${J}月${J}${d}${J}日（周${WEEKDAYS[week]}）`,
}

export const nav = {
  label: '主菜单', tasks: '任务', outbox: '上报箱', discover: '主动发现', policy: '政策', me: '我的',
}

export const titles = {
  login: '登录', form: '核查表', toc: '目录', hints: '看看够哪一条', finish: '签字和完成', observe: '写观察', attempt: '没见到人', urgent: '报急难', explain: '给他说清楚', people: '谁在用', forgot: '忘了解锁码', check: '设备体检', bind: '绑定这个手机', pin: '换解锁码', rescue: '救援文件', recovered: '还给你的',
}

export const net = {
  offline: '没有网络，', offlineGo: '照常填', busy: '乡镇的系统忙，', busyGo: '手机里的都在，稍后再传', offlineOnly: '只离线工作，', sending: '正在上报', photos: (done: number, all: number) => `照片 ${done}/${all}`,
  waiting: (n: number) => `${n} 户待上报`, here: (n: number) => `${n} 户还在手机里`, progress: '看进度', allReceived: '都已收到', signInAgain: '登录过期了，', signInAgainGo: '填好的都在', signIn: '去登录',
  clock: '手机时间不准，', clockGo: '去改成自动',
}

export const tasks = {
  title: '我的任务', areas: (first: string, n: number) => `${first}等 ${n} 个村`, tabsLabel: '任务分类', todo: '待入户', returned: '退回', visited: '已入户',
  first: '先去这几户', later: '以后几天', toExplain: '去说清楚', explainLeaf: '没纳入', explainValue: '说清', explainLabel: '没纳入，要去说清楚', finder: '找姓名、村', noMatch: '没有这一户', noMatchMore: '换个字再找，或者去主动发现。', clearFinder: '不找了', emptyTodo: '该去的都去过了', emptyReturned: '没有退回的',
  emptyVisited: '还没有入过户', noTasksYet: '还没有派给你的户', emptyTodoMore: '有新派单会排到这里，', emptyReturnedMore: '乡镇退回要补的，会排到这里，', emptyVisitedMore: '入过户的会排到这里，',
  asked: (when: string) => `${when} 刚问过乡镇。`, neverAsked: '还没问过乡镇。', ask: '现在问一下', asking: '正在问', left: '还剩', days: '天', dueToday: '到期', over: '超期',
  fixes: (n: number) => `${n} 处`, returnedLeaf: '退回', visitedLeaf: '已入户', photosLeaf: (done: number, all: number) => `${done}/${all}`, gotLeaf: '收到',
  waitingLeaf: '待传', photosWord: '照片', visitedPhotos: (done: number, all: number) => `已入户，照片 ${done}/${all}`, tagUrgent: '急难', tagNew: '新派单',
  tagOutbox: '待上报', tagSending: '正在传', tagLook: '要你看一下', tagGone: '已派给别人', tagPriority: '优先', tagFound: '主动发现',
  filled: (done: number) => `已填 ${done} 节，`, missing: (n: number) => `还差 ${n} 节`, readyToSign: '填好了，去签字', visitedAt: (when: string) => `${when} 入户`,
  attempt: (when: string) => `${when} 去过，`, notMet: '没见到人', dial: (name: string) => `给${name}打电话`, warnFull: (n: number) => `手机快满了，只够再拍 ${n} 张照片。`,
  warnFullMore: '核查表照常能填。', leafLabel: { ok: (n: number) => `还剩 ${n} 天`, today: '今天到期', over: (n: number) => `超期 ${n} 天` },
}

export const notices = { label: '镇上告诉你的', colon: '：', open: '看这一户', know: '知道了', more: (n: number) => `看另外 ${n} 条` }

export const problems: Record<PhoneProblemCode | 'unknown', string> = {
  signed_out: '登录过期了。再登一次，填好的都在', offline: '没有网络，等有网再试', bad_credentials: '账号或密码不对，再试一次', locked_out: '试错太多次，等 15 分钟再试，或找乡镇经办',
  server_unavailable: '乡镇的系统没应答，过一会儿再试', not_our_server: '这个网要先认证才能用，连好再试', case_not_here: '这户不在手机里了，有网时再开', draft_not_here: '这户的表不在手机里，回任务重新打开',
  draft_changed: '这户刚在别的页面改过，已换成最新的', store_failed: '没存进手机。先别关，再试一次', storage_full: '手机满了，存不下。删些别的东西再试，填好的都在',
  photo_heic: '这张是 HEIC 格式，打不开。先在这里重新拍一张；还不行，去手机的相机设置里关掉“HEIF”（也叫“高效”）再拍', photo_unreadable: '这张照片打不开，换一张', photo_torn: '这张照片坏了一半，重拍一张', photo_too_large: '这张照片太大，手机打不开。把相机的“高像素”关掉再拍',
  photo_not_image: '这不是照片，换一张', photo_not_here: '这张照片手机里没有了', photo_already_finished: '这张已经交了，不能去掉，可以再拍一张', photo_too_many_bytes: '照片太大，重拍一张',
  locked: '手机锁着，输解锁码打开', box_unreadable: '这一份打不开了，交上去的在乡镇', pin_shape: '解锁码是 6 位数字', pin_trivial: '这个太好猜，换一个解锁码',
  pin_wrong: '解锁码不对', vault_exists: '解锁码已经设过了', person_not_here: '这个手机上没有这个人，用账号密码登录',
  rescue_unfit: '这不是救援文件，换一个', rescue_torn: '这个文件断了一截，找原来的手机再存一次', rescue_large: '这个文件太大，手机读不了。拿到镇上的电脑上交',
  place_denied: '没让用位置，不记也行。想记，去手机设置里让浏览器能用位置', place_unknown: '这会儿找不到位置，不记也行。想记，站到院子里再试',
  rejected: '乡镇没收下，看一下原因', unknown: '没做成，再试一次。填好的都在',
}

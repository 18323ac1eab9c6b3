/** Words of the phone itself: self-test, rescue, outbox. Apart from strings.ts and strings_door.ts, since nobody waits for them. */
export const forgot = {
  title: '忘了解锁码', lead: '用密码再定一个', sub: '这一步要有网', whatTitle: '这样做以后',
  what: ['待上报的和没写完的都锁着，丢不了。', '没写完的先交给乡镇存着，联网后还给你。', '看过的名单从手机里清掉，联网再拿回来。'], password: (name: string) => `${name}的密码`,
  go: '清掉解锁码，重新定', going: '正在登录', needPassword: '还差密码', fillPassword: '接着填密码', noNet: '现在没网。连上网再来，里面的东西一样都不少。', back: '想起来了',
}

export const wiped = {
  title: '试满 10 次，解锁码清掉了', waiting: (n: number) => `${n} 户待上报还在手机里，锁着，丢不了，有网自己传。`, drafts: '没写完的也锁着，联网后还给你。', cleared: '清掉的只有看过的名单，登录以后再拿回来。',
  go: '用密码登录', needNet: '登录要有网。', what: '丢没丢',
}

export const check = {
  title: '设备体检', checking: '正在查', sum: (all: number, bad: number) => (bad ? `${all} 样，${all - bad} 样行，${bad} 样不行` : `${all} 样，都行`), again: '再查', checked: (n: number) => `查了 ${n} 样`,
  ok: '行', bad: '不行', warn: '要留心', colon: '：', comma: '，', allGood: '这个手机行', allGoodMore: '没网也能填，填好的存得住。', fixTitle: '先弄这几样', goOn: '知道了，先用着', back: '好', toMe: '回我的', atRisk: '没弄好以前，填完一户就连网传一户。',
  names: {
    browser: '浏览器', secure: '网址安全', worker: '没网也能打开', write: '写进去就不丢', read_back: '存 5 MB 再读出来', persist: '系统不会自己清', quota: '空间', clock: '手机时间', camera: '照相', keys: '锁得住', unknown: '别的',
  } as Record<string, string>,
  good: {
    browser: '能用', secure: '是加密的', worker: '关了网也打得开', write: '断电也在', read_back: '一个字不差', persist: '系统答应不清', quota: '够用', clock: '准', camera: '能拍', keys: '别人打开看不见',
  } as Record<string, string>,
  ways: {
    browser: '换手机自带的浏览器，或者 Chrome 打开', secure: '问镇上要 https 开头的网址，从那里进', worker: '连着网，关掉再打开一次；不行就换浏览器', write: '重启手机再查一次；还不行，换个浏览器', read_back: '腾点空间，重启手机再查一次',
    persist: '把它放到桌面，从桌面进，再查一次', quota: '删些视频、大文件，再查一次', clock: '去设置里打开“自动确定日期和时间”', camera: '去设置里，让浏览器能用相机', keys: '换手机自带的浏览器，或者 Chrome 打开', unknown: '重启手机再查一次；还不行，找镇上',
  } as Record<string, string>,
  photosLeft: (n: number) => (n > 999 ? '还能拍 1000 张以上' : `还能拍 ${n} 张`), clockOff: (n: number) => `差 ${n} 分钟`,
}

export const unfit = {
  weChat: '这是在微信里打开的，存不住', weChatMore: '微信会把填好的清掉。换个浏览器打开就好：', drawing: '微信右上角三个点，点开后选在浏览器打开', menu: '在浏览器打开',
  steps: [['点右上角', '三个点'], ['选', '“在浏览器打开”'], ['登一次，放到', '桌面，以后从桌面进']], browser: '这个浏览器存不住', browserMore: '填了会丢，所以这里不让填。换一个就好：',
  otherSteps: [['点下面的', '复制网址'], ['打开', '手机自带的浏览器，或者 Chrome'], ['长按网址栏', '粘贴，打开']], insecure: '这个网址不安全，存不住', insecureMore: '网址要用 https 开头的，找镇上要对的网址。',
  copy: '复制网址', copied: '网址复制好了，去浏览器里粘贴', byHand: '长按选中，复制', address: '网址',
}

export const rescue = {
  title: '存救援文件', row: '手机要坏了，存成一个文件', rowMore: '别人打不开，交给镇上也算', what: '这是什么', lines: ['待上报的和没写完的，装进一个文件。', '锁着的，只有乡镇的系统打得开，谁捡到都看不见。', '存了文件，手机里的一样不少。'],
  where: '拿到哪里交', places: ['交给镇上，在电脑上传进去。', '或者发给同事，他在手机“我的”里点“交救援文件”。'], count: (items: number, photos: number) => (photos ? `要存的有 ${items} 件，照片 ${photos} 张` : `要存的有 ${items} 件`), nothing: '没有要存的，都已收到',
  save: '存成文件', share: '发出去', making: '正在装', made: (name: string, size: string) => `存好了：${name}，${size}`, madeMore: '在手机的“下载”里找它。',
  inTitle: '交救援文件', inRow: '交救援文件', inRowMore: '替别人传他手机里救出来的', inLines: ['同事的手机坏了，他存的文件从这里交。', '你看不见里面，只替他传上去，算他的。'], pick: '选文件', reading: '正在收',
  taken: (n: number, m: number) => (m ? `收下 ${n} 件，照片 ${m} 张，有网自己传` : `收下 ${n} 件，有网自己传`), knownAlready: (n: number) => `${n} 件这个手机里已经有了`, restored: (n: number) => `照片补回 ${n} 张，有网自己传`, allKnown: '里面的这个手机里都有了', see: '看上报箱',
}

export const lost = {
  sub: '不是你弄的。多半是手机清理空间，或者清理软件删的', gone: '少了的', kept: '还在的', todo: '现在怎么办', know: '知道了', toCheck: '去体检', retry: '再试一次',
  titles: { all: '手机里存的全没了', unreadable: '手机里存的打不开', store: '手机里少了东西', items: '手机里少了填好的', chunks: '手机里少了照片' },
  items: (n: number) => `填好没传完的 ${n} 件`, numbered: (n: number, seqs: string) => `填好没传完的 ${n} 件，这个手机上的第 ${seqs} 件`, drafts: (n: number) => `没写完的 ${n} 份`, photos: (n: number) => `没传完的照片 ${n} 张`, nothing: '该传的早传完了，一件没丢。再登录一次就行。',
  unreadable: '现在一样都看不了，也填不了', pieces: (n: number) => `${n} 张照片缺了一块，传不上去了`, count: (what: string, n: number) => (n > 0 ? `${what} ${n} 份` : what),
  stores: {
    meta: '这个手机的记号', cases: '派给你的名单', drafts: '没写完的表', notes: '没写完的观察和记录', items: '填好的', photos: '照片', chunks: '照片', people: '谁用过这个手机', keys: '开锁用的钥匙', sealed_drafts: '没写完的备份', recovered: '还给你的表', notices: '镇上告诉你的话',
  } as Record<string, string>,
  server: '已收到的都在乡镇，一件不少。', words: '填的字都在，照样交得上去。', others: '手机里别的都还在。',
  steps: {
    all: ['连上网，用密码登录，名单就回来。', '看哪几户还在“待入户”里，照着问一遍再填。', '去体检，把不行的弄好，免得再清。'], unreadable: ['关掉浏览器，再打开一次。', '还打不开，不要清数据，把手机拿到镇上看。'],
    store: ['连上网，名单会再拿回来。', '少了没写完的，回那一户看一眼，照着问一遍再填。', '去体检，把不行的弄好，免得再清。'], items: ['回忆是哪几户，打开看是不是“已入户”。', '没有的，再去填一份，说清楚手机里丢过。', '说不清的，打给镇上。'], chunks: ['到上报箱，打开那一户，把缺的重新拍。', '补不了的，照片那里写原因。'],
  },
}

export const recovered = {
  title: '还给你的', sub: '没写完的，乡镇存着，还回来了', none: '没有要看的', both: '手机里又写了一份。两份都在，看看用哪份。', givenAt: (when: string) => `还给你的，${when} 存的`, mine: '手机里现在的', mineAt: (when: string) => `手机里现在的，${when} 存的`, given: '还给你的',
  differs: (n: number) => `不一样的 ${n} 处`, same: '两份一样', nothing: '没填', use: '用还给你的这份', keep: '用手机里现在的', later: '先不选也行，两份都留着。', gone: '用还给你的，手机里现在这份就存到乡镇，还能再还回来。', used: '换上了，接着填', open: '打开这一户', kept: '留下手机里的', people: (n: number) => `${n} 人`,
}

export const outbox = {
  title: '上报箱', sub: '存在手机里的，一件都不会丢', waiting: (n: number) => `${n} 户待上报`, look: (n: number) => `${n} 户要你看一下`, nothing: '都已收到', nothingElse: '交上去的都已收到', empty: '还没有要上报的',
  emptyMore: '入户填完的核查表、照片、观察，会先存到这里。', photosLine: (done: number, all: number) => `照片 ${done}/${all}`, meter: (done: number, all: number) => `照片已收到 ${done} 张，共 ${all} 张`,
  auto: '有网就自己传，走开也行', autoOff: '只离线工作开着，要传先关掉', send: '现在上报', sending: '正在上报', onPhone: '还在手机里', households: (n: number) => `${n} 户`, begun: '没写完的', got: '已收到', kept: '手机里再留 30 天',
  kinds: { visit: '核查表、签字', observation: '观察', attempt: '没见到人', urgent: '报急难', explanation: '解释说明', extension: '延期申请', draft: '没写完的表', discovery: '主动发现' }, savedAt: (when: string) => `${when} 存好`,
  receivedAt: (when: string) => `已收到 ${when}`, acceptedAt: (when: string) => `已采纳 ${when}`, tagSending: '正在传', waits: { line: '等网络', server: '过会儿再传', turn: '排队' }, serverLater: '服务器暂时没收下，过一会儿自动再传', tagLook: '要你看一下', tagReceived: '已收到', tagAccepted: '已采纳',
  photoNo: (n: number) => `第 ${n} 张`, photoGoing: (percent: number) => `${percent}%，断了会接着传`, photoGone: '没了，已记下', photosGone: (n: number) => `${n} 张没了`, noteGone: '照片没了，记下', noted: '记下了。还要这张，等乡镇退回再拍', queued: '排队', receipt: '回执', offlineNow: '现在没网，存着，有网再传', photosTaken: (n: number) => `照片 ${n} 张`,
  sentNow: (n: number) => `传上去 ${n} 件`, nothingNew: '没有要传的', failed: '这次没传完，断了会接着传', unfinished: '草稿，存在手机里',
  needsPerson: '乡镇要看一下再定，你不用重填', someone: '一户', unnamed: '还没写名字的一户', sendAgain: '再传一次', askOffice: '找镇上', goOnFilling: '接着填', signIn: '重新登录', signInWhy: '登录过期了，要再登录才能传。填好的都在',
  officeWords: (name: string, receipt: string, reason: string) => `入户通：${name}户${receipt ? `，回执 ${receipt}` : ''}。手机上说：${reason}。麻烦看一下。`, officeCopied: '话复制好了，去微信里发给镇上',
  carried: (n: number, photos: number) => `替别人带的 ${n} 件${photos ? `、照片 ${photos} 张` : ''}`, carriedMore: '有网自己传，算他的', givenBack: (n: number) => `还给你的 ${n} 份没写完的表`, givenBackMore: '打开看看，两份都留着',
}

export const me = {
  lockNow: '锁上', bound: '这个手机登记过了', boundMore: '登录过期也能接着传', unbound: '这个手机还没登记', unboundMore: '找镇上要绑定码，登录过期也能传', revoked: '这个手机停用了', revokedMore: '填的照样收，镇上要看一下', checkMore: '看看存不存得住',
  pinMore: '5 分钟不动，自己锁上', others: (names: string[]) => `${names.join('、')}也用这个手机`, othersMore: '他的你看不到，你的他看不到', alone: '换个人用', aloneMore: '各用各的解锁码，互相看不到',
  large: '大字', sunlight: '强光', sunlightHint: '太阳底下看不清，打开', offlineOnly: '只离线工作', offlineHint: '打开后完全不联网', storage: '手机空间',
  left: (n: number) => (n > 999 ? '还够拍 1000 张以上' : `还够拍 ${n} 张`), used: (mb: string) => `用了 ${mb}`, free: (mb: string) => `还空 ${mb}`,
  gauge: (used: string, free: string) => `用了 ${used}，还空 ${free}`, phone: '这个手机', version: '版本', form: '核查表版本', contact: '上次连上乡镇', never: '还没连上过',
  clock: '手机时间', clockOk: '准', clockWrong: (n: number) => `差 ${n} 分钟，去改成自动`, update: '有新版本，现在换上', updateBusy: '正在填表，填完再换', out: '退出',
  outNote: (n: number) => `还有 ${n} 户没上报。`, outNoteMore: '退出不会丢，但要你再登录才能传。', sendFirst: '先上报，再退出', outAnyway: '不等了，现在退出', outNow: '退出', outing: '正在退出',
  outFailed: '没退成。没网也能退，再点一次',
}

/** Words of what stands before the app: sign-in, people, PIN. Apart from strings_phone.ts, since a first visit waits for them. */
export const pin = {
  dots: (n: number) => `6 位数，输了 ${n} 位`, keys: '数字键', erase: '删', eraseLabel: '删一位', who: '现在用的人', lockedTitle: '解锁', other: '换个人', opening: '正在打开',
  offline: '没有网络，', offlineGo: '照样能解锁', wrong: (n: number) => `刚才不对，还能试 ${n} 次`, left: (n: number) => `还能试 ${n} 次`,
  waiting: (n: number) => `${n} 户待上报，锁着，丢不了。`, safe: '填好的都锁着，丢不了。', wipeRule: '试满 10 次，只清掉看过的名单；有网重新登录，再接着传。',
  forgot: '忘了解锁码怎么办', signedOut: '退出过，用密码登录', withPassword: '用密码登录',
  setHint: '给自己定一个', setTitle: '解锁码', setSub: '6 位数字，别人不知道的', setFor: (name: string) => `${name}的，6 位数字，别人不知道`, again: '再输一遍', againSub: '和刚才的一样', differ: '两遍不一样，从头来',
  setNote: '以后打开就输它，没网也行。', setNoteMore: '5 分钟不动，自己锁上。捡到手机的人看不见里面。', setting: '正在锁好',
  changeTitle: '换解锁码', oldHint: '先输现在的', newHint: '定一个新的', changed: '解锁码换好了', changeNote: '记住新的。忘了也丢不了东西，有网用密码再定一个。', cancel: '不换了', restart: '重来',
}

export const persons = {
  title: '谁在用', sub: '各用各的解锁码，互相看不到', here: '正在用', pin: '输解锁码进', noPin: '还没定解锁码', out: '退出过，用密码登录', add: '别的人，用账号登录', none: '这个手机上还没有人', list: '这个手机上的人',
  last: (when: string) => `上次 ${when}`,
}

export const bind = {
  first: '第一次用这个手机，要绑定一下。这一步要有网，绑好以后没网也能用。', label: '绑定码', hint: '6 位数，10 分钟内有效', boxes: (n: number) => `绑定码，输了 ${n} 位`,
  scan: '用手机相机扫镇上给的码，会自己填好', skip: '没有绑定码，先进去', skipped: '没绑定也能用。', skippedMore: '登录过期了，要再登录才能传。', have: '我有绑定码', left: (n: number) => (n === 6 ? '还差绑定码' : `还差绑定码后 ${n} 位`), fill: '接着填绑定码',
  submit: '绑定这个手机', submitting: '正在绑定', title: '绑定这个手机', sub: '找镇上要一个 6 位的码', done: '绑好了', doneMore: '登录过期也能接着传。', ok: '好', why: '绑定了有什么用',
  reasons: ['登录过期了，填好的照样自己传上去。', '手机丢了，镇上能停掉它。', '看得出是你在这个手机上填的。'],
  codeWrong: '绑定码不对，或者过期了。找镇上再要一个', enteredAnyway: '已经登录了。绑定码不对或过期，找镇上再要一个，在“我的”里绑', check: '这个手机行不行', otherAccount: '用别的账号', toLock: '回解锁',
}

export const signIn = {
  username: '账号', password: '密码', peek: '看', peekLabel: '看一眼密码', hide: '不看', submit: '登录', submitting: '正在登录', first: '这个手机第一次登录要有网，登录以后没网也能用。',
  shared: '两个人合用一个手机也行。', sharedMore: '各登各的，互相看不到。', needUsername: '还差账号', needPassword: '还差密码', fillUsername: '接着填账号', fillPassword: '接着填密码',
  kept: (n: number) => `手机里还有 ${n} 户没上报，登录后接着传，丢不了。`,
}

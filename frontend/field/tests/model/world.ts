import { createHash, randomBytes } from 'node:crypto'
import { Line } from './line'
import type { Office } from './office'
import { finishOne, Phone, TAKEN_AT, WRONG_PIN, type Kind } from './phone'
import { LONG_PASS, type FormKind, type Step } from './steps'
import { Truth } from './truth'
import type { Start, Window } from './window'
import { wrongCount } from './counts'

export type Setting = { start: Start; office: Office; kinds: Kind[]; began: number }
type At = { phone: Phone; number: number; window: Window; user: string; username: string; caseId: string }
type Of<Name extends Step['do']> = Extract<Step, { do: Name }>
const CODES = new Set([
  'offline', 'not_our_server', 'server_unavailable', 'signed_out', 'locked', 'bad_credentials', 'locked_out', 'rejected',
  'draft_not_here', 'draft_changed', 'case_not_here', 'person_not_here', 'vault_exists', 'pin_wrong', 'photo_not_here',
  'box_unreadable', 'store_failed',
])

/** One schedule: three phones, two people, the office, and what is true. */
export class World {
  readonly truth = new Truth()
  readonly phones: Phone[]
  readonly wrong: string[] = []
  readonly running: Promise<unknown>[] = []
  readonly closed = new Set<number>()
  crashes = 0
  jumps = 0
  restores = 0
  /** Whose part of some phone may have been wiped. */
  readonly wiped = new Set<string>()
  taken = 0
  private passed: number
  /** Last night's, until the office makes a newer one. */
  private backup: { name: string; closed: Set<number> } | null = { name: 'template', closed: new Set() }
  readonly office: Office

  constructor(setting: Setting) {
    this.office = setting.office
    this.passed = setting.began - Date.now()
    this.phones = setting.kinds.map((kind, number) => new Phone(setting.start, new Line(this.office, `10.0.0.${number + 1}`), kind, () => this.passed))
  }

  get users() {
    return this.office.facts.users
  }

  get wasWiped() {
    return this.wiped.size > 0
  }

  async take(step: Step): Promise<void> {
    this.taken += 1
    if ('u' in step && 'p' in step) return this.onPhone(step)
    switch (step.do) {
      case 'jump': this.phones[step.p]!.ahead += step.seconds * 1000; this.jumps += 1; return
      case 'pass': return this.pass(step.seconds)
      case 'rescue': return this.rescue(step)
      case 'reassign': if (!this.closed.has(step.u)) await this.office.ask('reassign', { case: step.c, user: step.u }); return
      case 'closeCase': return this.office.ask('close_case', { case: step.c })
      case 'bar': return this.office.bar(this.phones[step.p]!.waiting(), step)
      case 'revoke': return this.revoke(this.phones[step.p]!)
      case 'closeAccount': this.closed.add(step.u); return this.office.ask('set_account', { user: step.u, is_open: false })
      case 'backup': this.backup = { name: 'backup', closed: new Set(this.closed) }; return this.office.ask('keep', { name: 'backup' })
      case 'restore': return this.restore()
      case 'work': await this.office.ask('work')
    }
  }

  /** The line is well again, and what was on its way arrives. */
  async settleLines(): Promise<void> {
    for (const phone of this.phones) {
      phone.line.plan = []
      phone.line.release()
    }
    await Promise.all(this.running.splice(0))
    for (const phone of this.phones) await phone.line.deliverLate()
  }

  private async onPhone(step: Extract<Step, { u: number; p: number }>): Promise<void> {
    const phone = this.phones[step.p]!
    const isWaitedFor = step.do === 'sync' || 'line' in step
    if (phone.line.isHolding && isWaitedFor) phone.line.release()
    if (step.do === 'crash') return this.crash(phone)
    const window = await phone.window(step.w)
    if (window.signingIn) {
      phone.line.plan = []
      phone.line.release()
      await Promise.race([window.signingIn, window.died])
    }
    const { id: user, username } = this.users[step.u]!
    const at = { phone, number: step.p, window, user, username, caseId: this.office.facts.cases['c' in step ? step.c : 0]! }
    if ('line' in step) phone.line.plan = [...step.line]
    window.fuse = step.fuse || Infinity
    const held = phone.line.untilHeld()
    const work = this.guard(this.perform(step, at), step.do, window)
    const end = await Promise.race([work, window.died, held])
    if (end === 'died') this.crash(phone)
    if (end === 'held') this.running.push(Promise.race([work, window.died]))
    if (end === 'held' && step.do === 'signIn') window.signingIn = work.finally(() => (window.signingIn = null))
    if (end !== 'held') phone.line.plan = []
    window.fuse = Infinity
  }

  /** What the program may answer is no failure of the model; everything else is. */
  private async guard(work: Promise<unknown>, what: string, window: Window): Promise<void> {
    await work.catch((cause: { code?: string }) => {
      if (!window.isDead && !CODES.has(cause.code ?? '')) this.wrong.push(`${what}: ${(cause as Error).stack ?? String(cause)}`)
    })
  }

  private async perform(step: Extract<Step, { u: number; p: number }>, at: At): Promise<void> {
    const { program } = at.window
    switch (step.do) {
      case 'sync': return void (await program.syncNow())
      case 'signIn': return at.phone.signIn(at.window, at.username, this.office.facts.password)
      case 'signOut': return program.signOut()
      case 'lock': return program.lock()
      case 'look': return this.look(at)
      case 'wrongPins': return this.wrongPins(at, step.tries)
      case 'enrol': return this.enrol(at, step)
      case 'forgetPin': this.wiped.add(at.user); return program.forgetPin(at.user)
    }
    if (!(await at.phone.enter(at.window, at.user))) return
    if (step.do === 'adopt') return this.adopt(at)
    if (step.do === 'save') return this.save(at, step.form)
    if (step.do === 'photo') return this.photo(at, step)
    if (step.do === 'finish') return this.finish(at, step)
  }

  private async save(at: At, kind: FormKind): Promise<void> {
    const form = this.truth.form(at.number, at.user, at.caseId, kind)
    const text = this.truth.word(at.user)
    const { program } = at.window
    let isSure = false
    // Until it is said to be on disk, the older one may be what is there.
    this.truth.saved(form, text, false)
    if (kind !== 'visit') await program.saveNote(at.caseId, kind, { text })
    else await program.saveAnswers(at.caseId, { ...(await program.loadDraft(at.caseId)).answers, remark: text })
    isSure = !at.window.isDead
    this.truth.saved(form, text, isSure)
  }

  private async photo(at: At, step: Of<'photo'>): Promise<void> {
    const bytes = new Uint8Array(randomBytes(step.size))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const form = this.truth.form(at.number, at.user, at.caseId, step.form)
    const facts = { caseId: at.caseId, purpose: step.form, kind: 'house', takenAt: TAKEN_AT, source: 'camera' as const }
    const note = (): void => {
      const row = at.phone.photos().find((one) => one.sha256 === sha256)
      if (!row || this.truth.shots.has(row.id)) return
      this.truth.shots.set(row.id, { phone: at.number, user: at.user, sha256 })
      form.shots.push(row.id)
    }
    void at.window.died.then(note)
    const kept = await at.window.program.keepPhoto(facts, bytes)
    note()
    if (!at.phone.photos().some((row) => row.id === kept.id)) this.wrong.push(`photo ${kept.id} said to be kept and is not`)
  }

  private async finish(at: At, step: Of<'finish'>): Promise<void> {
    const form = this.truth.form(at.number, at.user, at.caseId, step.form)
    const hasDraft = at.phone.rows('drafts').some((row) => row.user_id === at.user && row.case_id === at.caseId)
    if (step.form === 'visit' && !hasDraft) await this.save(at, 'visit')
    const others = new Set(at.phone.items().map((row) => row.id))
    const words = step.twice ? [this.truth.word(at.user), this.truth.word(at.user)] : [this.truth.word(at.user)]
    const texts = step.form === 'visit' ? [...form.texts] : words
    let isNoted = false
    const note = (): void => {
      if (isNoted) return
      isNoted = true
      const fresh = at.phone.items().filter((row) => !others.has(row.id) && row.kind === step.form && row.user_id === at.user && row.case_id === at.caseId)
      if (step.form === 'visit' && fresh.length > 1) this.wrong.push('one form became two visits')
      for (const row of fresh) {
        if (this.truth.made.has(row.id)) continue
        this.truth.finished(row.id, { phone: at.number, user: at.user, kind: step.form, caseId: at.caseId, texts })
      }
    }
    void at.window.died.then(note)
    // The second tap may come from another window.
    const tapped = await Promise.allSettled(words.map((word) => finishOne(at.window, step.form, at.caseId, word)))
    note()
    const told = tapped.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []))
    for (const id of told) if (!this.truth.made.has(id)) this.wrong.push(`${step.form} ${id} said to be finished and is not`)
    const failed = tapped.find((one) => one.status === 'rejected')
    if (told.length === 0 && failed) throw failed.reason
  }

  private async adopt(at: At): Promise<void> {
    const [first] = await at.window.program.listRecovered()
    if (first) await at.window.program.adoptRecovered(first.id)
  }

  private async wrongPins(at: At, tries: number): Promise<void> {
    for (let count = 0; count < tries; count += 1) {
      if (tries >= 10) this.wiped.add(at.user)
      if ((await at.window.program.unlock(at.user, WRONG_PIN)) === 'wiped') return
    }
  }

  private async enrol(at: At, step: { u: number }): Promise<void> {
    if (this.closed.has(step.u) || at.phone.session() !== at.user) return
    await at.window.program.enrol(await this.office.ask<string>('code', { user: step.u }))
  }

  private async look(at: At): Promise<void> {
    if (this.running.length > 0) return
    const found = await wrongCount(at.phone, at.window.program, at.user)
    if (found && !at.window.isDead) this.wrong.push(found)
  }

  private crash(phone: Phone): void {
    this.crashes += 1
    phone.crash()
  }

  private async pass(seconds: number): Promise<void> {
    this.passed += seconds * 1000
    this.phones.forEach((phone) => phone.windows.forEach((window) => window?.pass(seconds * 1000)))
    // Phones keep received work for 30 days: an older backup is beyond what they can mend.
    if (seconds >= LONG_PASS) this.backup = null
    await this.office.ask('pass', { seconds })
  }

  private async restore(): Promise<void> {
    if (!this.backup) return
    this.closed.clear()
    this.backup.closed.forEach((user) => this.closed.add(user))
    this.restores += 1
    await this.office.ask('back', { name: this.backup.name })
  }

  private async revoke(phone: Phone): Promise<void> {
    const device = phone.rows('meta').find((row) => row.key === 'device_id')?.value
    if (device) await this.office.ask('revoke', { device })
  }

  private async rescue(step: Of<'rescue'>): Promise<void> {
    if (step.p !== step.to) await this.carry(this.phones[step.p]!, this.phones[step.to]!)
  }

  async carry(from: Phone, to: Phone): Promise<void> {
    const { file } = await (await from.window(0)).program.exportRescue()
    await (await to.window(0)).program.importRescue(file)
  }
}

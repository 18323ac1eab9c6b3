import type { FormKind } from './steps'

/** What a person did and was told of, written down apart from the program. */
export type Made = {
  phone: number; user: string; kind: FormKind; caseId: string
  /** One of these is what was finished: after a crash nobody knows whether the last save was on disk. */
  texts: string[]
  shots: string[]
}
export type Shot = { phone: number; user: string; sha256: string }
/** `isSure`: at least one save was said to be on disk. */
type Form = { texts: string[]; shots: string[]; isSure: boolean }

export class Truth {
  /** Waited although only something else is what the server fails at. */
  readonly heldUp: string[] = []
  readonly made = new Map<string, Made>()
  readonly shots = new Map<string, Shot>()
  readonly forms = new Map<string, Form & { user: string; phone: number }>()
  private count = 0

  /** A text that occurs once in the world and says whose it is. */
  word(user: string): string {
    this.count += 1
    return `word-${user}-${this.count}.`
  }

  form(phone: number, user: string, caseId: string, kind: FormKind): Form {
    const key = [phone, user, caseId, kind].join()
    if (!this.forms.has(key)) this.forms.set(key, { texts: [], shots: [], isSure: false, user, phone })
    return this.forms.get(key)!
  }

  /** `isSure`: it was said to be on disk. */
  saved(form: Form, text: string, isSure: boolean): void {
    if (isSure) form.texts.length = 0
    form.isSure ||= isSure
    form.texts.push(text)
  }

  finished(id: string, made: Omit<Made, 'shots'>): void {
    const key = [made.phone, made.user, made.caseId, made.kind].join()
    const form = this.forms.get(key)
    this.forms.delete(key)
    this.made.set(id, { ...made, shots: made.kind === 'urgent' ? [] : (form?.shots ?? []) })
  }
}

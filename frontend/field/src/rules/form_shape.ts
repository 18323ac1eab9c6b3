export type QuestionKind =
  | 'text' | 'long_text' | 'number' | 'money' | 'choice' | 'choices' | 'yes_no' | 'date' | 'datetime'
  | 'id_number' | 'card_number' | 'phone' | 'photo' | 'photos' | 'signature' | 'people' | 'entries'

export type Cond =
  | { key: string; equals: unknown }
  | { key: string; in: readonly unknown[] }
  | { key: string; includes: unknown }
  | { key: string; blank: true }
  | { key: string; above: number }
  | { from: number; below: number; unknown: boolean }
  | { all: readonly Cond[] }
  | { any: readonly Cond[] }

export type Question = {
  key: string
  label: string
  kind: QuestionKind
  required: boolean
  unit?: string
  codes?: string
  when?: Cond
  hint?: string
  min?: number
  max?: number
  max_length?: number
  min_length?: number
  normal?: string | number | readonly string[] | readonly Answers[]
  clause?: string
  /** The questions of one entry of a list. */
  entry?: readonly Question[]
  /** The version of the form that asked it first; 1 when absent. */
  since?: number
  /** The version that first insisted on it; 1 when absent. */
  required_since?: number
  /** Shown only to whoever wants to say more. */
  extra?: boolean
  /** A number that need not be whole. */
  fraction?: boolean
  /** A year, and none that is still to come. */
  year?: boolean
  /** What another answer of the same person usually means for this one. */
  follows?: readonly [string, Answers]
}

export type Section = {
  key: string
  title: string
  repeat: false | 'members'
  questions: readonly Question[]
}

export type FormShape = { version: number; sections: readonly Section[] }

export type Answers = Record<string, unknown>

export type PhotoAnswer = {
  id: string; kind: string; sha256: string; size: number; taken_at: string; source: 'camera' | 'album'
}

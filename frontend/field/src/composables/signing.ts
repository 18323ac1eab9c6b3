import type { Answers } from '../rules/form_shape'
import { outdatedSignatures, SIGNATURES } from '../store/signed_content'
import { finish as w } from '../strings_case'
import { isEmpty } from './progress'
import { labelOf } from './words'

type Given =
  | { strokes: number[][]; width: number; height: number; signed_at: string }
  | { handprint_photo: string }
  | { refused: string; witness: string }
/** `content_mark`: what it was put under, as the phone remembers it. */
export type Signature = Given & { content_mark?: string }
export type Visitor = { user_id?: string; name: string; unit: string; role: string; phone?: string }

export function signatureOf(value: unknown): Signature | null {
  return !isEmpty(value) && typeof value === 'object' ? (value as Signature) : null
}

export type Signer = { key: string; name: string; role: string; mayRefuse: boolean }

/** Who has to sign, the household first. */
export function signersOf(answers: Answers): Signer[] {
  const visitors = (answers.visitors ?? []) as Visitor[]
  const all = SIGNATURES.map((key): Signer => {
    const number = Number(key.split('_').pop())
    if (number) {
      const visitor = visitors[number - 1]
      return { key, name: visitor?.name || w.visitor(number), role: visitor?.role ?? '', mayRefuse: false }
    }
    const name = answers.interviewee_name
    const role = [w.him, labelOf('Relation', answers.interviewee_relation)].filter(Boolean).join(w.comma)
    return typeof name === 'string' && name ? { key, name, role, mayRefuse: true } : { key, name: w.him, role: '', mayRefuse: true }
  })
  return all.sort((a, b) => Number(b.mayRefuse) - Number(a.mayRefuse))
}

/** Who signed a form that is another one by now. */
export function outdatedSigners(answers: Answers): Signer[] {
  const outdated = outdatedSignatures(answers)
  return signersOf(answers).filter((signer) => outdated.includes(signer.key))
}

/** CSS pixels below which it is a dot or a slip of the finger, not a name. */
const SHORTEST_NAME = 60

export function isName(strokes: number[][]): boolean {
  return strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0) >= SHORTEST_NAME
}

function lengthOf(stroke: number[]): number {
  let length = 0
  for (let at = 2; at + 1 < stroke.length; at += 2) length += Math.hypot(stroke[at]! - stroke[at - 2]!, stroke[at + 1]! - stroke[at - 1]!)
  return length
}

/** Polyline points of one stroke: `x,y x,y …`. */
export function pointsOf(stroke: number[]): string {
  const points: string[] = []
  for (let at = 0; at + 1 < stroke.length; at += 2) points.push(`${stroke[at]},${stroke[at + 1]}`)
  return points.length === 1 ? `${points[0]} ${points[0]}` : points.join(' ')
}

/** The part of the pad that carries ink, with a margin, as an SVG viewBox. */
export function inkBox(strokes: number[][]): string {
  const xs = strokes.flatMap((stroke) => stroke.filter((_, at) => at % 2 === 0))
  const ys = strokes.flatMap((stroke) => stroke.filter((_, at) => at % 2 === 1))
  if (!xs.length) return '0 0 10 10'
  const margin = 8
  const left = Math.min(...xs) - margin
  const top = Math.min(...ys) - margin
  return `${left} ${top} ${Math.max(...xs) - left + margin} ${Math.max(...ys) - top + margin}`
}

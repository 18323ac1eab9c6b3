import { isEmpty } from './progress'

export type Signature =
  | { strokes: number[][]; width: number; height: number; signed_at: string }
  | { handprint_photo: string }
  | { refused: string; witness: string }
export type Visitor = { user_id?: string; name: string; unit: string; role: string; phone?: string }

export function signatureOf(value: unknown): Signature | null {
  return !isEmpty(value) && typeof value === 'object' ? (value as Signature) : null
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

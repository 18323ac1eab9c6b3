import type { Loss } from '../store/loss'
import { common } from '../strings'
import { lost as w } from '../strings_phone'

/** `gone` may be empty: then nothing was lost but the sign-in. */
export type LossWords = { title: string; gone: string[]; kept: string[]; steps: string[] }

const SHOWN = 6

/** A loss in plain words: what is gone, what is not, what to do. */
export function lossWords(loss: Loss): LossWords {
  const steps = w.steps[loss.kind]
  const title = w.titles[loss.kind]
  if (loss.kind === 'all') {
    const gone = [loss.items && w.items(loss.items), loss.drafts && w.drafts(loss.drafts), loss.photos && w.photos(loss.photos)].filter((line): line is string => !!line)
    return { title, gone, kept: gone.length ? [w.server] : [w.nothing, w.server], steps }
  }
  if (loss.kind === 'unreadable') return { title, gone: [w.unreadable], kept: [w.server], steps }
  if (loss.kind === 'items') {
    const { seqs } = loss
    const gone = seqs.length > SHOWN ? w.items(seqs.length) : w.numbered(seqs.length, seqs.join(common.join))
    return { title, gone: [gone], kept: [w.others, w.server], steps }
  }
  if (loss.kind === 'chunks') return { title, gone: [w.pieces(loss.photos.length)], kept: [w.words, w.server], steps }
  return { title, gone: [w.count(w.stores[loss.store] ?? loss.store, loss.count)], kept: [w.others, w.server], steps }
}

import type { AnyContext } from './canvas'

export type PhotoMark = {
  /** Instant the photo shows, ISO. */
  time: string
  village: string
  number: string
  visitor: string
  source: 'camera' | 'album'
  /** A short word burned in beside the date, such as where the picture comes from. */
  note?: string
}

export type MarkLines = { time: string; date: string; rest: string[] }

const INK = '#ffffff'
const STRIP = 'rgba(10, 20, 16, 0.62)'
const FAMILY = 'system-ui, "Noto Sans CJK SC", "PingFang SC", sans-serif'

/** The words of the mark; the clock is China's, whatever zone the phone is set to. */
export function markLines(mark: PhotoMark): MarkLines {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit',
    hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).formatToParts(new Date(mark.time))
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
  return {
    time: `${of('hour')}:${of('minute')}`,
    date: [`${of('year')}-${of('month')}-${of('day')}`, mark.note].filter(Boolean).join('  '),
    rest: [mark.village, [mark.number, mark.visitor].filter(Boolean).join('  ')].filter(Boolean),
  }
}

/** Draws the mark at the bottom: the time large, the rest beside it on a dark strip. */
export function drawMark(context: AnyContext, width: number, height: number, mark: PhotoMark): void {
  const { time, date, rest } = markLines(mark)
  const unit = Math.max(12, Math.round(Math.min(width, height) * 0.028))
  const strip = unit * 5
  context.fillStyle = STRIP
  context.fillRect(0, height - strip, width, strip)
  context.fillStyle = INK
  context.textBaseline = 'middle'
  const middle = height - strip / 2
  context.font = `700 ${unit * 3}px ${FAMILY}`
  context.fillText(time, unit, middle)
  const left = unit * 2 + context.measureText(time).width
  context.fillRect(left, height - strip + unit * 0.8, Math.max(2, unit / 6), strip - unit * 1.6)
  context.font = `500 ${unit}px ${FAMILY}`
  const lines = [date, ...rest]
  lines.forEach((line, index) => {
    const y = middle + (index - (lines.length - 1) / 2) * unit * 1.35
    context.fillText(line, left + unit, y, width - left - unit * 2)
  })
}

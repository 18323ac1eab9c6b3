import { PhoneProblem } from '../problem'
import { RESCUE_FORMAT, type RescueFile, type RescueItem, type RescuePhoto } from './rescue_file'

export type RescuePart = { item: RescueItem } | { photo: RescuePhoto }

const LARGEST_FILE = 300 * 1024 * 1024
/** A file that is not laid out in lines is read in one piece, up to here. */
const LARGEST_WHOLE = 20 * 1024 * 1024
/** Longer than the largest photo in base64. */
const LONGEST_LINE = 24 * 1024 * 1024
const SLICE = 1024 * 1024
const HEAD_END = /"items":\[(?:\],"photos":\[)?(?:\]\})?$/
const ITEMS_END = '],"photos":['

/**
 * The parts of a rescue file, one line after the other, so that no more than one photo is in memory.
 * @throws PhoneProblem rescue_unfit (no such file), rescue_torn (incomplete), rescue_large
 */
export async function* rescueParts(file: Blob): AsyncIterable<RescuePart> {
  if (file.size > LARGEST_FILE) throw new PhoneProblem('rescue_large')
  const start = await file.slice(0, 2_000).text()
  if (!start.slice(0, 60).includes(`"${RESCUE_FORMAT}"`)) throw new PhoneProblem('rescue_unfit')
  if (HEAD_END.test(start.split('\n')[0]!) && start.includes('\n')) yield* partsByLine(file)
  else yield* partsAtOnce(file)
}

async function* partsAtOnce(file: Blob): AsyncIterable<RescuePart> {
  if (file.size > LARGEST_WHOLE) throw new PhoneProblem('rescue_large')
  const content = parsed<Partial<RescueFile>>(await file.text())
  if (content.format !== RESCUE_FORMAT) throw new PhoneProblem('rescue_unfit')
  if (!Array.isArray(content.items) || !Array.isArray(content.photos)) throw new PhoneProblem('rescue_torn')
  for (const item of content.items) yield { item }
  for (const photo of content.photos) yield { photo }
}

async function* partsByLine(file: Blob): AsyncIterable<RescuePart> {
  let name: 'head' | 'item' | 'photo' | 'end' = 'head'
  for await (const line of linesOf(file)) {
    if (name === 'end') throw new PhoneProblem('rescue_torn')
    if (name === 'head') {
      name = line.endsWith(']}') ? 'end' : line.endsWith(ITEMS_END) ? 'photo' : 'item'
      continue
    }
    const isItem = name === 'item'
    const tail = isItem ? [',', ITEMS_END, `${ITEMS_END}]}`] : [',', ']}']
    const end = tail.find((one) => line.endsWith(one))
    if (end === undefined) throw new PhoneProblem('rescue_torn')
    const text = line.slice(0, -end.length)
    yield isItem ? { item: parsed<RescueItem>(text) } : { photo: parsed<RescuePhoto>(text) }
    if (end === ITEMS_END) name = 'photo'
    else if (end !== ',') name = 'end'
  }
  if (name !== 'end') throw new PhoneProblem('rescue_torn')
}

/** Read a slice at a time; Safari 14.0 has no streams of files. */
async function* linesOf(file: Blob): AsyncIterable<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for (let at = 0; at < file.size; at += SLICE) {
    const bytes = await file.slice(at, at + SLICE).arrayBuffer()
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop()!
    if (rest.length > LONGEST_LINE) throw new PhoneProblem('rescue_torn')
    for (const line of lines) yield line
  }
  if (rest) yield rest
}

function parsed<T>(text: string): T {
  try {
    return JSON.parse(text) as T
  } catch (cause) {
    throw new PhoneProblem('rescue_torn', { cause })
  }
}

import type { Area } from '../contract/api'
import { CODEBOOK } from '../contract/codebook'
import { LIMITS } from '../contract/limits'
import type { DiscoveryInput } from '../store/discoveries'
import { saveNote } from '../store/notes'
import { common } from '../strings'
import { discover as w } from '../strings_case'
import { townshipCode, type Places } from './office'
import { session } from './session'
import { overLong } from './typed'

/** What is typed on the page; kept as a note until it is finished. */
export type DiscoveryFields = { area: string; group: string; name: string; idNumber: string; needs: string[]; text: string }
export const NO_FIELDS: DiscoveryFields = { area: '', group: '', name: '', idNumber: '', needs: [], text: '' }

const MOST_GROUPS = 99
/** The number of a 社, in wide or Chinese digits, too; null when none can be read. */
export function groupNumber(text: string): number | null {
  const plain = text.normalize('NFKC').trim().replace(w.groupEnd, '').replace(w.groupStart, '')
  const at = w.numerals.indexOf(plain)
  const [, tens, units] = w.tens.exec(plain) ?? []
  const said = plain.length === 1 && at > 0 ? at
    : tens === undefined ? (/^\d{1,4}$/.test(plain) ? Number(plain) : 0)
      : (tens ? w.numerals.indexOf(tens) : 1) * 10 + (units ? w.numerals.indexOf(units) : 0)
  return said >= 1 && said <= MOST_GROUPS ? said : null
}
export const isGroupWrong = (text: string): boolean => !!text.trim() && groupNumber(text) === null
export const isTextWrong = (text: string): boolean => !!overLong(text, LIMITS.discovery_text)
const groupName = (text: string): string => { const said = groupNumber(text); return said === null ? '' : w.groupOf(said) }

/** What the office is told; a village that nobody said is the township. */
export function inputOf(fields: DiscoveryFields, places: Places): DiscoveryInput {
  const area = areaOf(fields.area, places)
  const town = places.townships.value.find((one) => one.code === townshipCode(area.code))
  const labels = (CODEBOOK.Hardship ?? []).filter((entry) => fields.needs.includes(entry.code)).map((entry) => entry.label)
  const name = fields.name.trim()
  return {
    found_at: new Date().toISOString(), area, township: town?.name ?? '', group: groupName(fields.group),
    name, shown_name: name || w.unnamed, id_number: fields.idNumber.trim(), needs: [...fields.needs],
    needs_text: labels.join(common.join), text: fields.text.trim(),
  }
}

/** In danger nobody is asked to write less: what is too long waits whole as an observation that is begun. */
export async function reportable(caseId: string, fields: DiscoveryFields, places: Places): Promise<DiscoveryInput> {
  const input = inputOf(fields, places)
  if (!isTextWrong(input.text)) return input
  await saveNote(caseId, 'observation', { text: input.text, facts: {} })
  return { ...input, text: Array.from(input.text).slice(0, LIMITS.discovery_text).join('') }
}

function areaOf(code: string, { own, others, townships }: Places): Area {
  const said = [...own.value, ...others.value].find((area) => area.code === code)
  if (said) return said
  const only = own.value.length === 1 ? own.value[0] : undefined
  if (only) return only
  const town = townshipCode(session.value?.user.areas[0]?.code ?? '')
  return { code: town, name: townships.value.find((one) => one.code === town)?.name ?? '' }
}

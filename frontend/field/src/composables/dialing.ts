import type { Township } from '../contract/api'
import type { LocalCase } from '../store/cases'
import { dial as w } from '../strings_case'
import { townshipCode } from './office'

/** Whom else to ring about a household, without a network: who goes along, then the township's office. */
export function numbersOf(item: LocalCase, townships: readonly Township[]): { name: string; what: string; phone: string }[] {
  const along = item.people.filter((one) => one.phone).map((one) => ({ name: one.name, what: one.role_label, phone: one.phone }))
  const town = townships.find((one) => one.code === townshipCode(item.area.code))
  const office = (town?.phones ?? []).map((one) => ({ name: one.name, what: w.office(town?.name ?? ''), phone: one.phone }))
  const all = [...along, ...office]
  return all.filter((one, at) => all.findIndex((other) => other.phone === one.phone) === at)
}

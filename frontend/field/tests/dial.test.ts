import { describe, expect, test } from 'vitest'
import { numbersOf } from '../src/composables/dialing'
import { getCase, type LocalCase } from '../src/store/cases'
import { openStore } from '../src/store/db'
import { keepNumber, keptNumber } from '../src/store/dial'
import { saveAnswers } from '../src/store/drafts'
import { lock } from '../src/store/vault'
import { syncNow } from '../src/sync/sender'
import { OTHER_USER, sampleCase } from './support/sample'
import { OTHER_PIN } from './support/seeded'
import { enterAs, freshWorld, restartPhone } from './support/world'

const world = freshWorld()
const NUMBER = '12000000001'
const here = async (): Promise<LocalCase> => (await getCase('case-1'))!
const rowOf = async () => (await openStore()).get('cases', ['user-grid', 'case-1'])

async function pulls(over: Parameters<typeof sampleCase>[0]): Promise<void> {
  world.server.cases = [sampleCase({ revision: 4, ...over })]
  await syncNow()
}

describe('a number that was shown once', () => {
  test('is there again after a restart and after news of the household, without asking', async () => {
    await keepNumber(await here(), NUMBER)
    await restartPhone()
    expect(await keptNumber(await here())).toBe(NUMBER)
    await pulls({ is_urgent: true })
    expect((await here()).revision).toBe(4)
    expect(await keptNumber(await here())).toBe(NUMBER)
  })

  test('lies on the phone sealed, and opens for nobody else', async () => {
    await keepNumber(await here(), NUMBER)
    const { dial } = (await rowOf())!
    expect(dial).toHaveProperty('sealed')
    expect(new TextDecoder('latin1').decode((dial as { sealed: ArrayBuffer }).sealed)).not.toContain(NUMBER)
    const own = await here()
    world.server.user = OTHER_USER
    await enterAs('team01', OTHER_PIN)
    expect(await keptNumber(own)).toBe('')
  })

  test('goes when the household is closed', async () => {
    await keepNumber(await here(), NUMBER)
    await pulls({ stage: 'closed' })
    expect(await rowOf()).not.toHaveProperty('dial')
    await keepNumber(await here(), NUMBER)
    expect(await keptNumber(await here())).toBe('')
  })

  test('goes when the household is given to others, even while a draft keeps it here', async () => {
    await keepNumber(await here(), NUMBER)
    await saveAnswers('case-1', { living_size: 3 })
    world.server.cases = []
    await syncNow()
    expect((await here()).gone).toBe(true)
    expect(await rowOf()).not.toHaveProperty('dial')
    await keepNumber(await here(), NUMBER)
    expect(await keptNumber(await here())).toBe('')
  })

  test('is not rung when the household gave another one', async () => {
    await keepNumber(await here(), NUMBER)
    await pulls({ applicant: { ...sampleCase().applicant, phone_masked: '120****0099' } })
    expect(await keptNumber(await here())).toBe('')
  })
})

test('a locked phone shows none', async () => {
  await keepNumber(await here(), NUMBER)
  const own = await here()
  await lock()
  await expect(keptNumber(own)).rejects.toMatchObject({ code: 'locked' })
})

test('without a network there are those who go along and the office of its township, each once', () => {
  const people = [
    { user_id: 'u1', name: '马玉兰', unit: '', role_label: '网格员', duty: 'main' as const, phone: '' },
    { user_id: 'u2', name: '丁志强', unit: '', role_label: '驻村工作队', duty: 'companion' as const, phone: '12000000002' },
  ]
  const towns = [
    { code: '620525100', name: '张家川镇', villages: [], phones: [{ name: '白彩霞', phone: '12000000004' }, { name: '丁志强', phone: '12000000002' }] },
    { code: '620525101', name: '龙山镇', villages: [], phones: [{ name: '李占福', phone: '12000000014' }] },
  ]
  const told = numbersOf(sampleCase({ people }), towns)
  expect(told.map((one) => [one.name, one.phone])).toEqual([['丁志强', '12000000002'], ['白彩霞', '12000000004']])
  expect(told[1]!.what).toContain('张家川镇')
  expect(numbersOf(sampleCase({ people: [{ name: '老版本', role_label: '', duty: 'main' } as never] }), [])).toEqual([])
})

import { shallowRef } from 'vue'
import type { Loss } from '../store/loss'

/** What of this phone's work is missing; stands before everything else until it was read. */
export const loss = shallowRef<Loss | null>(null)

export async function lookForLoss(): Promise<void> {
  const { watchForLoss } = await import('../store/loss')
  loss.value = await watchForLoss()
}

export async function knowLoss(): Promise<void> {
  const { acknowledgeLoss } = await import('../store/loss')
  await acknowledgeLoss()
  loss.value = null
}

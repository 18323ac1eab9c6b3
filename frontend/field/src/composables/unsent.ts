import { outboxOf } from '../store/outbox_list'
import { householdCounts } from './outbox_counts'

/** How many households this person has still to hand in; known without the PIN. */
export async function unsentOf(userId: string): Promise<number> {
  return householdCounts((await outboxOf(userId)).entries).waiting
}

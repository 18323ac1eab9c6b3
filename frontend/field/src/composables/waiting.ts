import type { SyncState } from '../sync/sender'

/** Why something is still on the phone: no line, a server that did not take it, or only its turn. */
export type Waiting = 'line' | 'server' | 'turn'

export function waitingFor(state: Pick<SyncState, 'phase' | 'online' | 'lastError' | 'isOfflineOnly' | 'needsSignIn'>, hasLine: boolean): Waiting {
  if (!hasLine || state.isOfflineOnly) return 'line'
  if (state.phase !== 'idle' || state.needsSignIn || state.online === null) return 'turn'
  if (state.lastError === 'server_unavailable') return 'server'
  return state.online ? 'server' : 'line'
}

import './store/early'
import { createApp } from 'vue'
import App from './App.vue'
import { applyDisplay } from './composables/display'
import { unfitness } from './composables/fitness'
import { lookForLoss } from './composables/loss'
import sprite from './icons/sprite.svg?raw'
import { gate, knownSession } from './composables/session'
import { router } from './router'
import { afterRush, beginRush, endRush } from './store/rush'
import { startAutoLock } from './store/vault_lock'
import { startSync } from './sync/sender'
import './styles/base.css'

/** By then the list stands; what nobody waits for is read after it. */
const CALM_MS = 2_000

beginRush()
applyDisplay()
document.body.insertAdjacentHTML('afterbegin', sprite)
createApp(App).use(router).mount('#app')
// Only who is asked for a PIN waits for the list.
void knownSession().then(() => { if (gate.value !== 'locked') endRush() }, endRush)
void afterRush().then(() => import('./icons/more'))
if (!unfitness()) {
  startAutoLock()
  void afterRush().then(goOn)
}

function goOn(): void {
  void lookForLoss()
  startSync()
  void import('./sync/app_update').then(({ registerWorker }) => registerWorker())
  setTimeout(() => {
    void import('./composables/checkup').then(({ checkOnStart }) => checkOnStart(router))
    // The next tap is most likely a household.
    void import('./views/CasePage.vue')
  }, CALM_MS)
}

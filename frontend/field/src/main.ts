import { createApp } from 'vue'
import App from './App.vue'
import { applyDisplay } from './composables/display'
import { unfitness } from './composables/fitness'
import { lookForLoss } from './composables/loss'
import sprite from './icons/sprite.svg?raw'
import { router } from './router'
import { startAutoLock } from './store/vault_lock'
import { startSync } from './sync/sender'
import './styles/base.css'

/** By then the list stands; what nobody waits for is read after it. */
const CALM_MS = 2_000

applyDisplay()
document.body.insertAdjacentHTML('afterbegin', sprite)
void import('./icons/more')
createApp(App).use(router).mount('#app')
if (!unfitness()) {
  void lookForLoss()
  startAutoLock()
  startSync()
  void import('./sync/app_update').then(({ registerWorker }) => registerWorker())
  setTimeout(() => {
    void import('./composables/checkup').then(({ checkOnStart }) => checkOnStart(router))
    // The next tap is most likely a household.
    void import('./views/CasePage.vue')
  }, CALM_MS)
}

import { createApp } from 'vue'
import App from './App.vue'
import { applyDisplay } from './composables/display'
import { unfitness } from './composables/fitness'
import { lookForLoss } from './composables/loss'
import sprite from './icons/sprite.svg?raw'
import { router } from './router'
import { startAutoLock } from './store/vault_lock'
import { registerWorker } from './sync/app_update'
import { startSync } from './sync/sender'
import './styles/base.css'

applyDisplay()
document.body.insertAdjacentHTML('afterbegin', sprite)
createApp(App).use(router).mount('#app')
if (!unfitness()) {
  void lookForLoss()
  startAutoLock()
  startSync()
  void registerWorker()
  void import('./composables/checkup').then(({ checkOnFirstStart }) => checkOnFirstStart(router))
}

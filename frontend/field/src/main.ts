import { registerWorker } from './sync/app_update'
import { startSync } from './sync/sender'

startSync()
void registerWorker()

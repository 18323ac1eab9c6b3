import { openStore } from './db'

// The browser opens the store while the rest of the program is still being read. Who needs it learns why it failed.
openStore().catch(() => null)

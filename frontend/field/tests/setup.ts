import 'fake-indexeddb/auto'

Object.assign(globalThis, { __APP_VERSION__: 'test' })

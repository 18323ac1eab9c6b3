declare const self: ServiceWorkerGlobalScope
declare const __PRECACHE__: { url: string; revision: string }[]
self.addEventListener('install', () => void __PRECACHE__.length)
export {}

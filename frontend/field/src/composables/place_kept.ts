import { watch } from 'vue'

const LOOK_MS = 50
const LOOKS = 40

/** Brings the screen back to where it was scrolled to, once it stands again after a lock. */
export function keepPlace(isCovered: () => boolean, place: () => string): void {
  let kept = { place: '', top: 0 }
  watch(isCovered, (covered) => {
    if (covered) kept = { place: place(), top: window.scrollY }
    else if (kept.place === place() && kept.top > 0) scrollWhenTall(kept.top)
  }, { flush: 'sync' })
}

/** The rows come from the store after the page itself. */
function scrollWhenTall(top: number, looks = LOOKS): void {
  if (document.documentElement.scrollHeight >= top + window.innerHeight) window.scrollTo(0, top)
  else if (looks > 0) setTimeout(() => scrollWhenTall(top, looks - 1), LOOK_MS)
}

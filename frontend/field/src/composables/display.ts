import { reactive } from 'vue'

const KEY = 'ruhu-display'
type Display = { isLarge: boolean; isSunlight: boolean }

function stored(): Display {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Display>
    return { isLarge: kept.isLarge === true, isSunlight: kept.isSunlight === true }
  } catch {
    return { isLarge: false, isSunlight: false }
  }
}

export const display = reactive<Display>(stored())

/** Puts the choice on <html>, where tokens.css reads it. */
export function applyDisplay(): void {
  const { dataset } = document.documentElement
  if (display.isLarge) dataset.size = 'large'
  else delete dataset.size
  if (display.isSunlight) dataset.theme = 'sunlight'
  else delete dataset.theme
}

export function setDisplay(change: Partial<Display>): void {
  Object.assign(display, change)
  applyDisplay()
  try {
    localStorage.setItem(KEY, JSON.stringify(display))
  } catch {
    // A full or forbidden localStorage loses only the wish for big letters.
  }
}

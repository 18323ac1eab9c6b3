import { onScopeDispose, readonly, ref, type Ref } from 'vue'
import { withoutJoiners } from './time'

/** One paragraph, by a key that says which it is. */
export type Spoken = { key: string; text: string }
type ReadAloud = {
  /** Key of the paragraph being read; '' while it is quiet. */
  reading: Readonly<Ref<string>>
  /** No voice on this phone speaks Chinese. */
  isMute: Readonly<Ref<boolean>>
  isSlow: Readonly<Ref<boolean>>
  /** Reads paragraph after paragraph; `onHeard` is told each one that was read to its end. */
  play: (parts: readonly Spoken[], onHeard?: (key: string) => void) => void
  stop: () => void
  /** 念慢点, and back; what is being read begins again. */
  changePace: () => void
}

/** Slow enough for an old person at a door; the other for who is hard of hearing. */
const RATE = 0.85
const SLOW_RATE = 0.6

/** Reads out with the phone's own voice; works without a network where such a voice is on the phone. */
export function useReadAloud(): ReadAloud {
  const voices = 'speechSynthesis' in window ? window.speechSynthesis : null
  const reading = ref('')
  const isMute = ref(!voices)
  const isSlow = ref(false)
  let turn = 0
  let left: readonly Spoken[] = []
  let heard: ((key: string) => void) | undefined

  function stop(): void {
    turn += 1
    left = []
    voices?.cancel()
    reading.value = ''
  }
  function voice(): SpeechSynthesisVoice | undefined {
    const known = voices?.getVoices() ?? []
    const found = known.find((one) => one.lang.startsWith('zh') && one.localService) ?? known.find((one) => one.lang.startsWith('zh'))
    if (known.length > 0 && !found) isMute.value = true
    return found
  }
  function next(): void {
    const [part] = left
    if (!part || !voices) return stop()
    const found = voice()
    if (isMute.value) return stop()
    const mine = turn
    const words = new SpeechSynthesisUtterance(withoutJoiners(part.text))
    words.lang = 'zh-CN'
    words.rate = isSlow.value ? SLOW_RATE : RATE
    if (found) words.voice = found
    words.onend = () => {
      if (turn !== mine) return
      heard?.(part.key)
      left = left.slice(1)
      next()
    }
    words.onerror = () => {
      if (turn !== mine) return
      isMute.value = true
      stop()
    }
    reading.value = part.key
    voices.speak(words)
  }
  function play(parts: readonly Spoken[], onHeard?: (key: string) => void): void {
    stop()
    left = parts
    heard = onHeard
    next()
  }
  function changePace(): void {
    isSlow.value = !isSlow.value
    if (reading.value) play(left, heard)
  }
  onScopeDispose(stop)
  return { reading: readonly(reading), isMute: readonly(isMute), isSlow: readonly(isSlow), play, stop, changePace }
}

import { onScopeDispose, readonly, ref, type Ref } from 'vue'

type ReadAloud = {
  /** Key of what is being read; '' while it is quiet. */
  reading: Readonly<Ref<string>>
  /** No voice on this phone speaks Chinese. */
  isMute: Readonly<Ref<boolean>>
  toggle: (key: string, text: string) => void
}

/** Slow enough for an old person at a door. */
const RATE = 0.85

/** Reads a leaflet out with the phone's own voice; works without a network where such a voice is on the phone. */
export function useReadAloud(): ReadAloud {
  const voices = 'speechSynthesis' in window ? window.speechSynthesis : null
  const reading = ref('')
  const isMute = ref(!voices)
  let turn = 0

  function stop(): void {
    turn += 1
    voices?.cancel()
    reading.value = ''
  }
  function toggle(key: string, text: string): void {
    const isAgain = reading.value === key
    stop()
    if (isAgain || !voices) return
    const known = voices.getVoices()
    const voice = known.find((one) => one.lang.startsWith('zh') && one.localService) ?? known.find((one) => one.lang.startsWith('zh'))
    if (known.length > 0 && !voice) {
      isMute.value = true
      return
    }
    const mine = turn
    const words = new SpeechSynthesisUtterance(text)
    words.lang = 'zh-CN'
    words.rate = RATE
    if (voice) words.voice = voice
    words.onend = () => { if (turn === mine) reading.value = '' }
    words.onerror = () => {
      if (turn !== mine) return
      reading.value = ''
      isMute.value = true
    }
    reading.value = key
    voices.speak(words)
  }
  onScopeDispose(stop)
  return { reading: readonly(reading), isMute: readonly(isMute), toggle }
}

let told = ''

/** What the next page says once: that something was kept. */
export function tellNext(sentence: string): void {
  told = sentence
}

export function takeTold(): string {
  const sentence = told
  told = ''
  return sentence
}

"""What a typesetter would strike out of a page as it stands: one script, for the phone and for the desk.

A line may not begin with a mark that belongs to the line before, nor end with one that belongs to the next; a text may
not leave its last character alone on a line; words may not lie over one another or be cut without a sign; and whoever
sees the drawing of an icon must see one.
"""

# `dressed` says what may be left alone: figures in charts, words for ears only.
TYPESET = r"""(root) => {
  const NEVER_FIRST = /[，。、；：？！）》」』”’·…％%),.;:?!\]}]/, NEVER_LAST = /[（《「『“‘([{]/, MARK = /[，。、；：？！）》」』”’…·,.;:?!)\s]/
  const faults = new Set()
  root = root || document.querySelector('[role=dialog]') || document.body
  const say = (what, one, text) => faults.add(`${what}: ${(text || one.textContent).replace(/\s+/g, ' ').trim().slice(0, 60)} <${one.tagName.toLowerCase()} class="${one.getAttribute('class') || ''}">`)
  const styles = new Map()
  const style = (one) => styles.get(one) || (styles.set(one, getComputedStyle(one)), styles.get(one))
  const boxed = (one) => { while (style(one).display === 'inline' || style(one).display === 'contents') one = one.parentElement; return one }
  const blocks = new Map()
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode, parent = text.parentElement
    if (!text.data.trim() || parent.closest('svg, script, style, .sr, option, textarea')) continue
    if (!parent.checkVisibility({ visibilityProperty: true }) || style(parent).clipPath !== 'none') continue
    const block = boxed(parent)
    blocks.set(block, (blocks.get(block) || []).concat(text))
  }
  const range = document.createRange()
  const box = (text, at) => { range.setStart(text, at); range.setEnd(text, at + 1); return [...range.getClientRects()].find((one) => one.width) }
  const rows = []
  for (const [block, texts] of blocks) {
    range.setStart(texts[0], 0); range.setEnd(texts[texts.length - 1], texts[texts.length - 1].length)
    const whole = range.getBoundingClientRect(), line = parseFloat(style(block).fontSize)
    if (!whole.width) continue
    const middles = []
    for (const text of texts) {
      const size = parseFloat(style(text.parentElement).fontSize)
      range.selectNodeContents(text)
      for (const one of range.getClientRects()) {
        if (!one.width) continue
        const middle = (one.top + one.bottom) / 2
        middles.push(middle)
        rows.push({ text, left: one.left + 1, right: one.right - 1, top: middle - size * .4, bottom: middle + size * .4 })
      }
    }
    if (Math.max(...middles) - Math.min(...middles) < line * .6) continue
    const chars = texts.flatMap((text) => [...text.data].length === text.length ? [...text.data].map((char, at) => [char, text, at]) : [])
    const solid = chars.filter(([char]) => char.trim())
    for (let at = 1; at < solid.length; at++) {
      const [char, text, index] = solid[at], [before, other, last] = solid[at - 1]
      if (!NEVER_FIRST.test(char) && !NEVER_LAST.test(before)) continue
      const here = box(text, index), there = box(other, last)
      if (!here || !there || here.top < there.bottom - line * .3 || here.left >= there.right) continue
      if (NEVER_FIRST.test(char) && !/[.%(]/.test(char)) say(`a line begins with ${char}`, block, solid.slice(Math.max(0, at - 12), at + 6).map(([one]) => one).join(''))
      if (NEVER_LAST.test(before)) say(`a line ends with ${before}`, block)
    }
    // What stands in the line after the words keeps the last one company.
    const isFollowed = [...block.children].some((one) => style(one).display.startsWith('inline-') && texts[texts.length - 1].compareDocumentPosition(one) & 4)
    const words = isFollowed ? [] : solid.filter(([char]) => !MARK.test(char)).slice(-2)
    if (words.length === 2) {
      const [[, text, at], [, other, last]] = words
      const before = box(text, at), alone = box(other, last)
      if (before && alone && alone.top >= before.bottom - line * .3 && alone.left < before.right) say('one character alone', block)
    }
  }
  for (const one of rows) {
    for (let frame = one.text.parentElement; frame && frame !== document.documentElement; frame = frame.parentElement) {
      const cut = style(frame)
      if (cut.position === 'fixed' && frame !== root) break
      if (cut.overflowX === 'visible' && cut.overflowY === 'visible') continue
      const edge = frame.getBoundingClientRect()
      const isScrolled = /auto|scroll/.test(cut.overflowX + cut.overflowY)
      const isSaid = cut.textOverflow === 'ellipsis' && cut.whiteSpace.startsWith('nowrap')
      if (!isScrolled && !isSaid && (one.right > edge.right + 2 || one.bottom > edge.bottom + 2)) say('cut off', frame)
      break
    }
  }
  rows.sort((a, b) => a.top - b.top)
  for (let at = 0; at < rows.length; at++) {
    for (let next = at + 1; next < rows.length && rows[next].top < rows[at].bottom - 2; next++) {
      const [a, b] = [rows[at], rows[next]]
      if (a.text !== b.text && a.left < b.right - 2 && b.left < a.right - 2) {
        const bar = [a, b].map((one) => one.text.parentElement.closest('.act, .dock, .top, .bulk, .jump, .head'))
        if (bar[0] === bar[1]) say('one over the other', a.text.parentElement, `${a.text.data.trim()} / ${b.text.data.trim()}`)
      }
    }
  }
  for (const use of root.querySelectorAll('svg use')) {
    const href = use.getAttribute('href') || ''
    if (href.startsWith('#') && !document.getElementById(href.slice(1))) say(`no drawing ${href}`, use.parentElement, href)
  }
  return [...faults]
}"""

# A day that stands in two lines; on the phone they are joined.
BROKEN_DAYS = r"""() => {
  const root = document.querySelector('[role=dialog]') || document.body, range = document.createRange(), faults = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    if (!text.parentElement.checkVisibility({ visibilityProperty: true }) || text.parentElement.closest('.sr, option, textarea')) continue
    for (const day of text.data.matchAll(/(\d{4}\u2060?年\u2060?)?\d{1,2}\u2060?月(\u2060?\d{1,2}\u2060?日)?/gu)) {
      range.setStart(text, day.index); range.setEnd(text, day.index + day[0].length)
      if (new Set([...range.getClientRects()].filter((one) => one.width).map((one) => Math.round(one.top))).size > 1) faults.push(`a broken day: ${day[0]}`)
    }
  }
  return faults
}"""

# What Ctrl+P would print: a frame that has lost all that was in it says that something is missing.
# So do a table whose columns nobody names, and a question without what was said to it.
ON_PAPER = r"""() => {
  const isSeen = (one) => one.getClientRects().length && one.checkVisibility({ visibilityProperty: true })
  const says = (one) => one.innerText.trim() || one.querySelector('img, svg:not(.i), .ruler')
  const of = (what, one) => `${what} on paper: ${one.outerHTML.replace(/\s+/g, ' ').slice(0, 140)}`
  const headless = [...document.querySelectorAll('table')].filter((one) => isSeen(one) && one.tHead && !isSeen(one.tHead)).map((one) => of('a table without its head', one))
  const silent = [...document.querySelectorAll('.diff')].filter((one) => isSeen(one) && ![...one.querySelectorAll('label b')].every(isSeen)).map((one) => of('statements that are not said', one))
  const empty = [...document.querySelectorAll('.panel, .panel > .in')].filter((one) => {
    if (!isSeen(one) || one.getBoundingClientRect().height < 12) return false
    return one.matches('.in') ? !says(one) : ![...one.children].some((part) => isSeen(part) && (part.matches('.ph') ? part.children.length > 1 : says(part)))
  }).map((one) => of('an empty frame', one))
  return [...headless, ...silent, ...empty]
}"""

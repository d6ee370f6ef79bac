/**
 * The ladder: each message between this computer and the registrar, as a drawing of real text.
 *
 * @import { LadderLine } from '../ipc/types.js'
 */
import { part } from '../dom.js'
import { texts } from '../locales/index.js'
import { colour } from './code.js'
import { geometry } from './ladder-geometry.js'

const SPACE = 'http://www.w3.org/2000/svg'

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
function svg(name, attributes, text) {
  const element = document.createElementNS(SPACE, name)
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, String(value))
  }
  if (text !== undefined) {
    // The space keeps neighbours apart where the drawing is read out as one text.
    element.textContent = `${text} `
  }
  return element
}

/**
 * Draws into the card that the screen's template holds, and again when the room changes.
 *
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function ladder(root, signal) {
  const card = part(root, '[data-part="ladder-card"]')
  const place = part(card, '[data-part="ladder"]')
  const message = part(card, '[data-part="message"]')
  /** @type {LadderLine[]} */
  let lines = []
  let open = -1

  const pick = (/** @type {number} */ index) => {
    open = open === index ? -1 : index
    for (const [at, rung] of [...place.querySelectorAll('.rung')].entries()) {
      rung.setAttribute('aria-expanded', String(at === open))
    }
    message.hidden = open < 0
    part(card, '[data-part="pick"]').hidden = open >= 0
    message.replaceChildren(colour(lines[open]?.text ?? ''))
  }

  const draw = () => {
    card.hidden = lines.length === 0
    if (!card.hidden) {
      const focused = [...place.querySelectorAll('.rung')].indexOf(/** @type {Element} */ (document.activeElement))
      place.replaceChildren(drawing(lines, place, open, pick))
      const again = place.querySelectorAll('.rung')[focused]
      if (again instanceof SVGElement) {
        again.focus({ preventScroll: true })
      }
    }
  }

  let width = 0
  const observer = new ResizeObserver(() => {
    if (place.clientWidth !== width) {
      width = place.clientWidth
      draw()
    }
  })
  observer.observe(place)
  signal.addEventListener('abort', () => observer.disconnect(), { once: true })

  return {
    /** @param {readonly LadderLine[]} all */
    set: (all) => {
      lines = [...all]
      open = -1
      message.hidden = true
      draw()
    },
    /** @param {LadderLine} line */
    add: (line) => {
      lines.push(line)
      draw()
    }
  }
}

/**
 * @param {readonly LadderLine[]} lines
 * @param {HTMLElement} place
 * @param {number} open
 * @param {(index: number) => void} pick
 */
function drawing(lines, place, open, pick) {
  const letter = parseFloat(getComputedStyle(place).fontSize)
  const width = place.clientWidth
  const { height, left, right, middle, rungs } = geometry(lines, { width, letter })
  const root = svg('svg', { width, height, role: 'group', 'aria-labelledby': 'ladder-title ladder-desc' })
  root.append(
    svg('title', { id: 'ladder-title' }, texts.register.ladder),
    svg('desc', { id: 'ladder-desc' }, texts.register.ladderDesc(lines.length)),
    svg('text', { class: 'peer', x: 0, y: letter }, texts.register.computer),
    svg('text', { class: 'peer', x: width, y: letter, 'text-anchor': 'end' }, texts.register.registrar),
    svg('path', { class: 'rail-line', d: `M${left} ${1.8 * letter}V${height}M${right} ${1.8 * letter}V${height}` }))

  for (const [index, rung] of rungs.entries()) {
    const line = /** @type {LadderLine} */ (lines[index])
    const group = svg('g', {
      class: 'rung',
      role: 'button',
      tabindex: 0,
      'data-tone': line.tone,
      'aria-expanded': String(index === open),
      'aria-controls': 'ladder-message',
      'aria-label': `${line.label} ${texts.time.took(line.atMs)} ${line.plain} ${
        line.sent ? texts.register.sent : texts.register.received}`
    })
    const [from, to] = line.sent ? [left, right] : [right, left]
    const tip = Math.sign(to - from) * 0.45 * letter
    group.append(
      svg('rect', { class: 'rung-area', x: 1, y: rung.top + 0.1 * letter, width: Math.max(0, width - 2), height: rung.height - 0.2 * letter, rx: 6 }),
      svg('text', { class: 'rung-label', x: middle, y: rung.y - 0.5 * letter, 'text-anchor': 'middle' }, line.label),
      svg('path', { class: 'arrow', d: `M${from} ${rung.y}H${to}M${to - tip} ${rung.y - 0.35 * letter}L${to} ${rung.y}L${to - tip} ${rung.y + 0.35 * letter}` }),
      svg('text', { class: 'rung-time', x: width - 6, y: rung.y + 0.3 * letter, 'text-anchor': 'end' }, texts.time.took(line.atMs)),
      ...rung.plain.map(({ text, y }) => svg('text', { class: 'rung-plain', x: middle, y, 'text-anchor': 'middle' }, text)))
    group.addEventListener('click', () => pick(index))
    group.addEventListener('keydown', (event) => {
      if (event instanceof KeyboardEvent && (event.key === 'Enter' || event.key === ' ')) {
        event.preventDefault()
        pick(index)
      }
    })
    root.append(group)
  }
  return root
}

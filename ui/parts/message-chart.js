/**
 * A chart of the messages between this computer and the registrar, drawn with real text.
 *
 * @import { MessageChartLine, TargetView } from '../ipc/types.js'
 * @import { ChartMessage } from './message-chart-geometry.js'
 */
import { focusedIn, makeSvg, part } from './dom.js'
import { clone } from './template.js'
import { texts } from '../texts/all.js'
import { color } from './code.js'
import { geometry } from './message-chart-geometry.js'

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
function svg(name, attributes, text) {
  const element = makeSvg(name, attributes)
  if (text !== undefined) {
    // The space separates neighbors if the drawing is read out as one text.
    element.textContent = `${text} `
  }
  return element
}

/**
 * Draws in a card in `[data-part="message-chart-place"]`, and redraws when the size changes.
 *
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function messageChart(root, signal) {
  const home = part(root, '[data-part="message-chart-place"]')
  home.replaceChildren(clone('message-chart'))
  const card = part(home, '[data-part="message-chart-card"]')
  const place = part(card, '[data-part="message-chart"]')
  const message = part(card, '[data-part="message"]')
  /** @type {MessageChartLine[]} */
  let lines = []
  /** @type {readonly TargetView[]} */
  let targets = []
  let open = -1

  const pick = (/** @type {number} */ index) => {
    open = open === index ? -1 : index
    for (const [at, message] of [...place.querySelectorAll('.chart-message')].entries()) {
      message.setAttribute('aria-expanded', String(at === open))
    }
    message.hidden = open < 0
    part(card, '[data-part="pick"]').hidden = open >= 0
    message.replaceChildren(color(lines[open]?.text ?? ''))
  }

  const draw = () => {
    card.hidden = lines.length === 0
    if (!card.hidden) {
      const before = focusedIn(place)
      const focused = [...place.querySelectorAll('.chart-message')].findIndex((message) => message === before)
      place.replaceChildren(drawing(lines, headings(lines, targets), place, { open, pick }))
      const again = place.querySelectorAll('.chart-message')[focused]
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
    /**
     * @param {readonly MessageChartLine[]} all
     * @param {readonly TargetView[]} tried where they were sent, as far as it is known
     */
    set: (all, tried) => {
      lines = [...all]
      targets = tried
      open = -1
      message.hidden = true
      draw()
    },
    /** @param {MessageChartLine} line */
    add: (line) => {
      lines.push(line)
      draw()
    }
  }
}

/**
 * Shows the address above the first message exchanged with it, if there is more than one.
 *
 * @param {readonly MessageChartLine[]} lines
 * @param {readonly TargetView[]} targets
 * @returns {(string | null)[]}
 */
function headings(lines, targets) {
  const several = new Set(lines.map(({ target }) => target)).size > 1
  return lines.map(({ target }, index) => {
    if (!several || lines[index - 1]?.target === target) {
      return null
    }
    const known = targets[target]
    return known ? `${known.transport.toUpperCase()} ${known.address}` : texts.messageChart.target(target + 1)
  })
}

/**
 * @param {readonly MessageChartLine[]} lines
 * @param {readonly (string | null)[]} headings
 * @param {HTMLElement} place
 * @param {{ open: number, pick: (index: number) => void }} choice
 */
function drawing(lines, headings, place, { open, pick }) {
  const letter = parseFloat(getComputedStyle(place).fontSize)
  const width = place.clientWidth
  const { height, left, right, messages } = geometry(
    lines.map(({ plain }, index) => ({ plain, heading: headings[index] ?? null })), { width, letter })
  const root = svg('svg', { width, height, role: 'group', 'aria-label': texts.messageChart.desc(lines.length) })
  root.append(
    svg('text', { class: 'peer', x: 0, y: letter }, texts.messageChart.computer),
    svg('text', { class: 'peer', x: width, y: letter, 'text-anchor': 'end' }, texts.messageChart.registrar),
    svg('path', { class: 'rail-line', 'aria-hidden': 'true', d: `M${left} ${1.8 * letter}V${height}M${right} ${1.8 * letter}V${height}` }))

  for (const [index, message] of messages.entries()) {
    const line = /** @type {MessageChartLine} */ (lines[index])
    const before = lines[index - 1]
    const gap = before && before.target === line.target ? texts.time.took(line.atMs - before.atMs) : null
    if (message.heading) {
      root.append(headingOf(message.heading, { width, letter }))
    }
    const group = messageOf(line, message, { gap, width, letter, left, right, opened: index === open })
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

/**
 * @param {{ text: string, y: number }} heading
 * @param {{ width: number, letter: number }} space
 */
function headingOf({ text, y }, { width, letter }) {
  const group = svg('g', { class: 'chart-message-heading' })
  group.append(
    svg('rect', { class: 'heading-area', x: 0, y: y - 1.15 * letter, width, height: 1.7 * letter, rx: 6 }),
    svg('text', { class: 'heading-text', x: width / 2, y, 'text-anchor': 'middle' }, text))
  return group
}

/**
 * @param {MessageChartLine} line
 * @param {ChartMessage} message
 * @param {{ gap: string | null, width: number, letter: number, left: number, right: number, opened: boolean }} space
 */
function messageOf(line, message, { gap, width, letter, left, right, opened }) {
  const words = texts.messageChart
  const middle = (left + right) / 2
  const group = svg('g', {
    class: 'chart-message',
    role: 'button',
    tabindex: 0,
    'data-tone': line.tone,
    'aria-expanded': String(opened),
    'aria-controls': 'message-chart-text',
    // In visual order, so that a message cut off at the edge of the page still starts with its name.
    'aria-label': [
      gap === null ? '' : words.after(words.gap(gap)),
      line.label,
      texts.time.took(line.atMs),
      line.plain,
      line.sent ? words.sent : words.received
    ].filter(Boolean).join(' ')
  })
  const [from, to] = line.sent ? [left, right] : [right, left]
  const tip = Math.sign(to - from) * 0.45 * letter
  group.append(
    svg('rect', { class: 'chart-message-area', x: 1, y: message.top + 0.1 * letter, width: Math.max(0, width - 2), height: message.height - 0.2 * letter, rx: 6 }),
    ...(gap === null ? [] : [svg('text', { class: 'chart-message-gap', x: 6, y: message.y + 0.3 * letter }, words.gap(gap))]),
    svg('text', { class: 'chart-message-label', x: middle, y: message.y - 0.5 * letter, 'text-anchor': 'middle' }, line.label),
    svg('path', { class: 'arrow', d: `M${from} ${message.y}H${to}M${to - tip} ${message.y - 0.35 * letter}L${to} ${message.y}L${to - tip} ${message.y + 0.35 * letter}` }),
    svg('text', { class: 'chart-message-time', x: width - 6, y: message.y + 0.3 * letter, 'text-anchor': 'end' }, texts.time.took(line.atMs)),
    ...message.plain.map(({ text, y }) => svg('text', { class: 'chart-message-plain', x: middle, y, 'text-anchor': 'middle' }, text)))
  return group
}

/**
 * A card for each fault, in its group: the switch, what the room sees, and the way out.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { make } from '../parts/dom.js'
import { faults, mostUsed } from './faults.en.js'
import { trainer as words } from './trainer.en.js'

/** @typedef {keyof typeof words.groups} Group */

/**
 * @typedef {object} Card
 * @property {Wire.Fault} fault
 * @property {HTMLElement} element
 * @property {HTMLInputElement} control
 * @property {HTMLElement} tag
 */

/**
 * @param {readonly Wire.FaultSwitch[]} switches
 * @param {(fault: Wire.Fault, on: boolean) => void} turn
 */
export function faultCards(switches, turn) {
  /** @type {Map<Group, Wire.FaultSwitch[]>} */
  const grouped = new Map()
  const most = mostUsed.flatMap((fault) => switches.filter((each) => each.fault === fault))
  if (most.length > 0) {
    grouped.set('most_used', most)
  }
  for (const each of switches) {
    /** @type {Group} */
    const group = each.password === null ? each.group : 'hashes'
    grouped.set(group, [...grouped.get(group) ?? [], each])
  }
  /** @type {{ group: Group, element: HTMLElement, cards: Card[] }[]} */
  const all = [...grouped].map(([group, members]) => {
    const cards = members.map((each) => card(group, each, turn))
    return { group, element: section(group, cards), cards }
  })
  return {
    groups: all.map(({ element }) => element),
    /** @param {readonly Wire.FaultSwitch[]} state */
    show: (state) => {
      const on = new Map(state.map((each) => [each.fault, each.on]))
      for (const { fault, element, control, tag } of all.flatMap(({ cards }) => cards)) {
        const lasts = on.get(fault) ?? null
        control.checked = lasts !== null
        element.toggleAttribute('data-on', lasts !== null)
        tag.textContent = lasts === null ? '' : lasts === 'once' ? words.onOnce : words.onUntilOff
      }
    },
    /**
     * Shows those that are kept, and returns how many.
     *
     * @param {(fault: Wire.Fault) => boolean} keeps
     * @param {boolean} filtered what is used most stands in its own group as well
     */
    filter: (keeps, filtered) => {
      let count = 0
      for (const { group, element, cards } of all) {
        for (const each of cards) {
          each.element.hidden = !keeps(each.fault)
        }
        const kept = cards.filter((each) => !each.element.hidden).length
        element.hidden = kept === 0 || (filtered && group === 'most_used')
        count += element.hidden ? 0 : kept
      }
      return count
    }
  }
}

/**
 * @param {Group} group
 * @param {readonly Card[]} cards
 */
function section(group, cards) {
  const element = make('section', '', 'group')
  const heading = make('h2', words.groups[group])
  heading.id = `group-${group}`
  element.setAttribute('aria-labelledby', heading.id)
  element.dataset.group = group
  const list = make('div', '', 'faults')
  list.append(...cards.map((each) => each.element))
  element.append(heading, ...(group === 'hashes' ? [make('p', words.hashesHint, 'hint')] : []), list)
  return element
}

/**
 * @param {Group} group
 * @param {Wire.FaultSwitch} state
 * @param {(fault: Wire.Fault, on: boolean) => void} turn
 * @returns {Card}
 */
function card(group, { fault, canBeOnce, password }, turn) {
  const { name, sees, out } = faults[fault]
  const element = make('div', '', 'fault')
  const control = make('input', '', 'switch')
  const label = make('label', name)
  const tag = make('span', '', 'tag')
  const about = make('p', ` ${sees}`)
  const id = `${group}-${fault}`
  about.id = `${id}-about`
  about.prepend(make('b', words.sees))
  Object.assign(control, { type: 'checkbox', role: 'switch', id })
  control.setAttribute('aria-describedby', about.id)
  label.htmlFor = id
  label.append(tag)
  element.dataset.fault = fault
  element.append(control, label, about, line(words.out, out))
  if (password !== null) {
    const typed = line(words.password, '')
    typed.append(make('code', password, 'value'))
    element.append(typed)
  } else if (!canBeOnce) {
    element.append(make('p', words.onlyUntilOff))
  }
  control.addEventListener('change', () => turn(fault, control.checked))
  return { fault, element, control, tag }
}

/**
 * @param {string} title
 * @param {string} text
 */
function line(title, text) {
  const element = make('p', ` ${text}`)
  element.prepend(make('b', title))
  return element
}

/**
 * The rail: the account, and either the steps of a journey with the way to Home, or the navigation
 * items.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { icon, make, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/index.js'
import { navigationItems } from './navigation-items.js'

/** @type {readonly Wire.StepId[]} */
export const stepIds = ['prepare', 'sign_in', 'realm', 'credential', 'register', 'call', 'finish']

/** @param {Wire.Head} head */
export function drawJourney(head) {
  const { accountName, accountNumber, steps } = head
  const account = accountNumber ? texts.app.account(accountNumber) : ''
  const now = steps.findIndex(({ state }) => state === 'now')
  draw({
    at: 'journey',
    title: accountName ?? texts.app.newAccount,
    account: account === accountName ? '' : account,
    signedInAs: head.signedInAs ?? '',
    stepsTitle: texts.app.stepOf(now + 1, steps.length),
    steps: steps.map(({ id, state, detail, parts }) => ({ name: texts.stepNames[id], state, detail, parts })),
    homeHint: texts.app.homeHint
  })
}

/**
 * Lists the items and marks the open one. Inside a journey there are none; Home is the way out.
 *
 * @param {Wire.Screen['screen'] | null} screen
 * @param {(open: () => Promise<Wire.Screen>) => void} go
 * @param {AbortSignal} signal
 */
export function drawItems(screen, go, signal) {
  const list = part(document, '#navigation-items')
  list.hidden = screen === null
  list.replaceChildren(...(screen === null ? [] : navigationItems).map((each) => {
    const item = cloneOne('navigation-item')
    const control = part(item, 'button')
    control.dataset.action = each.id
    control.prepend(icon(each.icon))
    part(item, '.rail-name').textContent = texts.app.navigation[each.id]
    if (screen !== null && each.screens.includes(screen)) {
      control.setAttribute('aria-current', 'page')
    }
    control.addEventListener('click', () => go(each.open), { signal })
    return item
  }))
}

/**
 * Shows the upcoming steps if no journey is open.
 *
 * @param {'home' | 'check' | 'accounts'} at
 * @param {string} stepsTitle
 * @param {readonly string[]} steps
 */
export function drawList(at, stepsTitle, steps) {
  draw({
    at,
    title: texts.app.name,
    account: texts.app.forBandwidth,
    signedInAs: '',
    stepsTitle,
    steps: steps.map((name) => ({ name, state: null, detail: null, parts: [] })),
    homeHint: ''
  })
}

/**
 * Shows the name of the open account.
 *
 * @param {string} name
 * @param {string | null} number
 */
export function showAccount(name, number) {
  part(document, '#rail-title').textContent = name
  part(document, '#rail-account').textContent = number === null ? '' : texts.app.account(number)
}

/**
 * Replaces the steps by other content until the screen is left.
 *
 * @param {DocumentFragment} content
 * @param {string} label what the navigation is called meanwhile
 * @param {AbortSignal} signal
 */
export function showSidebar(content, label, signal) {
  const rail = part(document, '#rail')
  const place = part(rail, '#sidebar')
  rail.dataset.at = 'desk'
  rail.setAttribute('aria-label', label)
  place.replaceChildren(content)
  place.hidden = false
  signal.addEventListener('abort', () => {
    place.replaceChildren()
    place.hidden = true
    rail.setAttribute('aria-label', texts.app.steps)
  })
  return place
}

/**
 * @typedef {object} Item
 * @property {string} name
 * @property {Wire.StepState | null} state
 * @property {string | null} detail
 * @property {readonly Wire.PartView[]} parts
 */

/**
 * @param {object} content
 * @param {'home' | 'check' | 'accounts' | 'journey'} content.at
 * @param {string} content.title
 * @param {string} content.account
 * @param {string} content.signedInAs
 * @param {string} content.stepsTitle
 * @param {readonly Item[]} content.steps
 * @param {string} content.homeHint
 */
function draw({ at, title, account, signedInAs, stepsTitle, steps, homeHint }) {
  const rail = part(document, '#rail')
  rail.dataset.at = at
  part(rail, '#rail-title').textContent = title
  part(rail, '#rail-account').textContent = account
  part(rail, '#signed-in').textContent = signedInAs
  part(rail, '.rail-home').hidden = at !== 'journey'
  part(rail, '.rail-home').title = homeHint
  part(rail, '#steps-title').textContent = stepsTitle
  part(rail, '#steps').replaceChildren(...steps.map(stepItem))
}

/**
 * @param {Item} step
 * @param {number} index
 */
function stepItem(step, index) {
  const item = cloneOne('step')
  const mark = part(item, '.step-mark')
  item.dataset.state = step.state ?? 'plain'
  const open = step.parts.find(({ state }) => state === 'now')
  if (step.state === 'now' && !open) {
    item.setAttribute('aria-current', 'step')
  }
  if (step.state === 'done') {
    mark.append(icon('check'))
    part(item, '.step-state').textContent = ` ${texts.app.done}`
  } else {
    mark.textContent = String(index + 1)
  }
  part(item, '.step-name').textContent = step.name
  part(item, '.step-detail').textContent = step.detail ?? ''
  part(item, '.step-detail').title = step.detail ?? ''
  part(item, '.step-parts').replaceChildren(...step.parts.map(partItem))
  part(item, '.step-parts').hidden = step.parts.length === 0
  return item
}

/** @param {Wire.PartView} each */
function partItem({ id, state }) {
  const item = make('li', texts.partNames[id])
  item.dataset.state = state
  if (state === 'now') {
    item.setAttribute('aria-current', 'step')
  }
  if (state === 'done') {
    item.append(make('span', ` ${texts.app.done}`, 'hidden'))
  }
  return item
}

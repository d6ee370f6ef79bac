/**
 * The rail: whose account it is, the steps, and the way to Home.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { cloneOne, icon, part } from '../dom.js'
import { texts } from '../locales/index.js'

/** @type {readonly Wire.StepId[]} */
export const stepIds = ['prepare', 'sign_in', 'realm', 'credential', 'register', 'call', 'finish']

/** @param {Wire.Head | null} head `null` at Home, which shows what is to come */
export function drawRail(head) {
  const rail = part(document, '#rail')
  rail.dataset.at = head ? 'journey' : 'home'
  part(rail, '#rail-title').textContent = head
    ? head.accountName ?? texts.app.newAccount
    : texts.app.name
  const account = head?.accountNumber ? texts.app.account(head.accountNumber) : ''
  part(rail, '#rail-account').textContent = head
    ? account === head.accountName ? '' : account
    : texts.app.forBandwidth
  part(rail, '#signed-in').textContent = head?.signedInAs ?? ''
  part(rail, '[data-action="home"]').hidden = head === null
  part(rail, '[data-action="home"]').title = texts.app.homeHint

  const steps = head?.steps ?? stepIds.map((id) => ({ id, state: null, detail: null }))
  const now = steps.findIndex(({ state }) => state === 'now')
  part(rail, '#steps-title').textContent = head
    ? texts.app.stepOf(now + 1, steps.length)
    : texts.home.whatHappens
  part(rail, '#steps').replaceChildren(...steps.map(stepItem))
}

/**
 * @param {{ id: Wire.StepId, state: Wire.StepState | null, detail: string | null }} step
 * @param {number} index
 */
function stepItem(step, index) {
  const item = cloneOne('step')
  const mark = part(item, '.step-mark')
  item.dataset.state = step.state ?? 'plain'
  if (step.state === 'now') {
    item.setAttribute('aria-current', 'step')
  }
  if (step.state === 'done') {
    mark.append(icon('check'))
    part(item, '.step-state').textContent = ` (${texts.app.done})`
  } else {
    mark.textContent = String(index + 1)
  }
  part(item, '.step-name').textContent = texts.stepNames[step.id]
  part(item, '.step-detail').textContent = step.detail ?? ''
  part(item, '.step-detail').title = step.detail ?? ''
  return item
}

/**
 * The trainer's panel: a switch for each fault of practice. It shows what the app answers, so that two
 * panels, a fault for one time and a reset all agree.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { behaveAsApp } from '../frame/native.js'
import * as ipc from '../ipc/trainer-commands.js'
import { button, choose, chosen, input, make, part } from '../parts/dom.js'
import { faultCards } from './cards.js'
import { matches } from './find.js'
import { trainer as words } from './trainer.en.js'

const panel = part(document, '#panel')
const find = input(panel, '#find')
const reset = button(panel, 'reset')

/** @type {Wire.FaultSwitch[]} */
let switches = []
/** @type {ReturnType<typeof faultCards> | null} */
let cards = null

begin()
void follow()

function begin() {
  behaveAsApp()
  part(panel, '#title').textContent = words.title
  part(panel, '#about').textContent = words.about
  part(panel, '#find-label').textContent = words.find
  part(panel, '#lasts-title').textContent = words.lastsTitle
  reset.textContent = words.reset
  part(panel, '#lasts').append(...Object.entries(words.lasts).map(([value, name]) => {
    const option = document.createElement('input')
    Object.assign(option, { type: 'radio', name: 'lasts', value, id: value === 'once' ? 'lasts-once' : 'lasts-until-off' })
    const label = make('label', name)
    label.prepend(option)
    return label
  }))
  choose(panel, 'lasts', 'until_off')
  find.addEventListener('input', showFound)
  reset.addEventListener('click', () => void tell(ipc.resetFaults()))
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && event.target !== find) {
      event.preventDefault()
      find.focus()
    }
  })
}

/** Shows each state of the faults until practice is closed. */
async function follow() {
  /** @type {number | null} */
  let shown = null
  for (;;) {
    try {
      const state = await ipc.watchFaults({ shown })
      shown = state.revision
      show(state.switches)
    } catch {
      show([])
      say(words.closed)
      return
    }
  }
}

/** @param {Wire.FaultSwitch[]} state */
function show(state) {
  if (!cards || state.length === 0) {
    cards = faultCards(state, turn)
    part(panel, '#groups').replaceChildren(...cards.groups)
    switches = state
    showFound()
  }
  switches = state
  cards.show(state)
  const count = state.filter(({ on }) => on !== null).length
  part(panel, '#state').textContent = words.on(count)
  panel.dataset.revision = String(Number(panel.dataset.revision ?? 0) + 1)
}

/**
 * @param {Wire.Fault} fault
 * @param {boolean} on
 */
function turn(fault, on) {
  const lasts = chosen(panel, 'lasts') === 'once' ? 'once' : 'until_off'
  void tell(ipc.switchFault({ fault, lasts: on ? lasts : null }))
}

/** @param {Promise<unknown>} command */
async function tell(command) {
  try {
    await command
    say('')
  } catch {
    say(words.closed)
    cards?.show(switches)
  }
}

function showFound() {
  const typed = find.value.trim()
  const count = cards?.filter((fault) => matches(fault, typed), typed !== '') ?? 0
  say(count === 0 && typed !== '' ? words.none : '')
}

/** @param {string} sentence */
function say(sentence) {
  const place = part(panel, '#failure')
  place.textContent = sentence
  place.hidden = sentence === ''
}

/**
 * A call from this computer: what is sent, what comes back, and whether audio passed in both
 * directions.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context, ScreenOf, View } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, chosen, find, focusedIn, input, part } from '../parts/dom.js'
import { hintOf } from '../parts/field.js'
import { clone } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { verdictBanner } from '../parts/banner.js'
import { chosenTransport, transports } from '../check/options.js'
import { allows } from '../check/question.js'
import { messageChart } from '../parts/message-chart.js'
import { fillPairs } from '../parts/pairs.js'
import { mayCost } from './cost.js'
import { keypad } from './keypad.js'
import { meters } from './meters.js'
import { stateItem } from './timeline.js'

/**
 * @param {View} view
 * @param {ScreenOf<'call'>} screen
 * @param {Context} context
 * @param {() => void} onReport
 */
export function localCall({ body: place, foot }, { form, head }, context, onReport) {
  const { signal } = context
  const words = texts.localCall
  place.replaceChildren(clone('local-call'))
  const body = find(place, '#local-form', HTMLFormElement)
  const start = button(foot, 'place-local-call')
  const view = liveView(place, context)
  const results = resultView(place, context, body)

  input(body, '#localTo').value = form.localTo
  transports(body, 'udp')
  offerMicrophone(body, form)

  /**
   * @param {{ to: string, sound: Wire.CallSound, transport: Wire.TransportName }} what
   * @returns {Promise<void>}
   */
  const call = async (what) => {
    const report = await context.run({ stage: words.calling, cancelSays: words.callCancel }, async (stop, stage) => {
      results.clear()
      view.begin()
      try {
        const report = await ipc.placeLocalCall(what, (progress) => {
          if (signal.aborted) {
            return
          }
          if (progress.kind === 'state') {
            stage(progress.sentence)
          }
          view.follow(progress)
        }, stop)
        if (!signal.aborted) {
          view.end()
          results.draw(report)
          part(start, 'span').textContent = words.again
          start.dataset.variant = ''
          onReport()
        }
        return report
      } finally {
        view.end()
      }
    })
    if (report?.question && !signal.aborted && await allows(report.question)) {
      await call(what)
    }
  }

  body.addEventListener('submit', async (event) => {
    event.preventDefault()
    const to = input(body, '#localTo').value
    const question = { title: words.costTitle, text: words.costText(to), yes: words.costConfirm }
    if (to.trim() === '' || head.practice || await mayCost('local', question)) {
      void call({ to, sound: /** @type {Wire.CallSound} */ (chosen(body, 'sound')), transport: chosenTransport(body) })
    }
  }, { signal })
}

/**
 * Enables the choice of microphone and speakers if there are devices; otherwise the choice says why
 * not.
 *
 * @param {HTMLElement} form
 * @param {Wire.CallForm} devices
 */
function offerMicrophone(form, { microphone, speakers }) {
  const words = texts.localCall
  const choice = input(form, '#sound-microphone')
  choice.disabled = !microphone || !speakers
  if (choice.disabled) {
    hintOf(form, 'sound-microphone').textContent =
      microphone ? words.noSpeakers : speakers ? words.noMicrophone : words.noSound
  }
}

/**
 * The card shown during the call.
 *
 * @param {HTMLElement} root
 * @param {Context} context
 */
function liveView(root, context) {
  const card = part(root, '[data-part="local-card"]')
  const live = part(root, '[data-part="live"]')
  const state = part(live, '#live-state')
  const time = part(live, '[data-part="live-time"]')
  const states = part(root, '[data-part="states"]')
  const body = part(live, '[data-part="live-body"]')
  const hangUp = button(live, 'local-hang-up')
  const bars = meters(live)
  const keys = keypad(live, context)

  hangUp.addEventListener('click', () => {
    context.stop()
    state.textContent = texts.localCall.hangsUp
  }, { signal: context.signal })

  return {
    begin: () => {
      card.hidden = true
      live.hidden = false
      live.dataset.state = 'calling'
      body.hidden = true
      time.textContent = ''
      state.textContent = texts.localCall.calling
      states.replaceChildren()
      bars.clear()
      keys.set(false)
      // Don't focus the hang-up button: a key that is still held down would press it.
      state.focus({ preventScroll: true })
      live.scrollIntoView({ block: 'start' })
    },
    /** @param {Wire.LocalCallProgress} progress */
    follow: (progress) => {
      if (progress.kind === 'reading') {
        time.textContent = texts.time.seconds(Math.floor(progress.seconds))
        bars.set(progress)
        return
      }
      live.dataset.state = progress.state
      state.textContent = progress.sentence
      states.append(stateItem({ second: Math.round(progress.atMs / 1000), sentence: progress.sentence }))
      keys.set(progress.state === 'answered')
      if (body.hidden && (progress.state === 'answered' || progress.state === 'early')) {
        body.hidden = false
        live.scrollIntoView({ block: 'start' })
      }
    },
    end: () => {
      if (focusedIn(live)) {
        context.focusHeading()
      }
      keys.set(false)
      live.hidden = true
      card.hidden = false
    }
  }
}

/**
 * The result of the call.
 *
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {HTMLFormElement} form
 */
function resultView(root, context, form) {
  const verdict = part(root, '[data-part="verdict"]')
  const chart = messageChart(root, context.signal)
  const [verdictPart, factsPart, statesPart] = ['verdict-part', 'facts-part', 'states-part']
    .map((name) => part(root, `[data-part="${name}"]`))
  const show = (/** @type {HTMLElement | undefined} */ each, /** @type {boolean} */ shown) => {
    if (each) {
      each.hidden = !shown
    }
  }

  return {
    clear: () => {
      for (const each of [verdictPart, factsPart, statesPart]) {
        show(each, false)
      }
      chart.set([], [])
    },
    /** @param {Wire.LocalCallReport} report */
    draw: (report) => {
      verdict.replaceChildren(verdictBanner(report.verdict, {
        try_again: { act: () => form.requestSubmit(), label: texts.localCall.again }
      }))
      fillPairs(part(root, '[data-part="facts"]'), report.facts.map(({ name, value }) => [name, value]))
      part(root, '[data-part="states"]').replaceChildren(...report.states.map(stateItem))
      show(verdictPart, true)
      show(factsPart, report.facts.length > 0)
      show(statesPart, report.states.length > 0)
      chart.set(report.messageChart, [])
      part(verdict, '.banner-sentence').focus({ preventScroll: true })
      verdictPart?.scrollIntoView({ block: 'start' })
    }
  }
}

/**
 * Step 5, part 3: wait for the phone. The registrar is asked as soon as the screen opens.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { oneAtATime } from '../frame/work.js'
import { notice } from '../parts/banner.js'
import { timeOfDay } from '../parts/format.js'
import { drawCauses } from './causes.js'
import { watchPhone } from './phone-watch.js'
import { drawRoute } from './route.js'
import { savedFiles } from './saved-files.js'

export const wait = defineScreen({
  id: 'wait',

  mount({ body, foot }, { head, phone, phoneName, registered, savedFiles: files }, context) {
    const next = button(foot, 'continue-to-call')
    const name = phoneName ?? phone.userName
    const problem = part(body, '[data-part="watch-problem"]')
    const text = part(body, '[data-part="watch-text"]')
    const causes = part(body, '[data-part="causes"]')
    const saved = savedFiles(body, files, context)

    const tell = (/** @type {Wire.RegisteredPhone} */ seen, /** @type {readonly Wire.BindingView[]} */ others) => {
      const place = part(body, '[data-part="registered"]')
      const sentence = arrival(seen)
      const more = [...pushNote(seen), ...otherPhones(seen, others)].join(' ')
      place.replaceChildren(notice({ tone: 'good', sentence, next: more === '' ? null : more }))
      place.dataset.registered = 'yes'
      part(body, 'h1').textContent = texts.wait.titleSeen
      part(body, '[data-part="lead"]').textContent = texts.wait.leadSeen
      causes.hidden = true
      saved.offer()
      problem.hidden = true
      text.textContent = ''
      next.textContent = texts.wait.next
      next.dataset.variant = 'primary'
      context.say('')
      route(body, name, 'registered')
    }

    const watch = watchPhone(body, context, {
      onStart: () => {
        problem.hidden = true
        text.textContent = ''
        route(body, name, 'looking')
      },
      onLook: (report) => {
        if (report.registered) {
          tell(report.registered, report.bindings)
          return
        }
        problem.textContent = report.problem ?? ''
        problem.hidden = report.problem === null
        drawCauses(causes, report.causes, context)
        route(body, name, report.problem === null ? 'waiting' : 'silent', report.seconds)
      },
      onEnd: (why) => {
        text.textContent = { stopped: texts.wait.stopped, paused: texts.wait.paused, failed: '' }[why]
        route(body, name, 'idle')
      }
    })

    pretendPhone(button(body, 'register-practice-phone'), head.practice, watch, context)
    route(body, name, 'idle')
    if (registered && (registered.until === null || registered.until > Date.now())) {
      tell(registered, [])
    } else {
      void watch.start()
    }
    next.addEventListener('click', () => void context.move(ipc.continueToCall), { signal: context.signal })
  }
})

/** @param {Wire.RegisteredPhone} phone */
function arrival({ from, until, name }) {
  const words = texts.wait
  const sentence = until === null ? words.registered(from) : words.registeredUntil(timeOfDay(until), from)
  return name === null ? sentence : `${sentence} ${words.named(name)}`
}

/**
 * @param {Wire.RegisteredPhone} phone
 * @returns {string[]}
 */
function pushNote({ push }) {
  return push === null ? [] : [push === 'seen' ? texts.wait.pushSeen : texts.wait.pushPossible]
}

/**
 * @param {Wire.RegisteredPhone} phone
 * @param {readonly Wire.BindingView[]} bindings
 * @returns {string[]}
 */
function otherPhones({ from }, bindings) {
  const others = bindings.filter(({ address }) => !address.includes(from)).map(({ address }) => address)
  return others.length === 0 ? [] : [texts.wait.others(others.join(', '))]
}

/**
 * @param {HTMLElement} body
 * @param {string} name
 * @param {'idle' | 'looking' | 'waiting' | 'silent' | 'registered'} state
 * @param {number} [seconds] how long the phone was waited for
 */
function route(body, name, state, seconds) {
  const words = texts.wait
  const moves = state === 'looking' || state === 'waiting'
  const mark = seconds === undefined ? {} : { mark: texts.time.clockOf(seconds) }
  const seen = state === 'registered'
  const answers = state === 'waiting' || seen
  const registrar = {
    idle: '', looking: words.looking, waiting: words.nothing, silent: words.unknown, registered: words.seen
  }[state]
  drawRoute(part(body, '[data-part="route"]'), [
    { icon: 'desk', name: words.phone, hint: name, tone: seen ? 'good' : 'plain' },
    { icon: 'server', name: words.registrar, hint: registrar, tone: seen ? 'good' : state === 'silent' ? 'bad' : 'plain' },
    { icon: 'phone', name: words.bandwidth, hint: answers ? words.accepts : '', tone: answers ? 'good' : 'plain' }
  ], [
    { tone: seen ? 'good' : moves ? 'moves' : 'plain', ...(seen ? {} : mark) },
    { tone: answers ? 'good' : state === 'silent' ? 'bad' : 'plain' }
  ])
}

/**
 * @param {HTMLElement} pretend
 * @param {boolean} practice
 * @param {ReturnType<typeof watchPhone>} watch
 * @param {Context} context
 */
function pretendPhone(pretend, practice, watch, context) {
  pretend.hidden = !practice
  pretend.addEventListener('click', oneAtATime(async () => {
    context.say(texts.wait.pretending)
    try {
      // A binding found by the first look after a new password counts as an old phone.
      await watch.firstLook()
      await ipc.registerPracticePhone()
    } catch (error) {
      context.showFailure(error)
    }
  }), { signal: context.signal })
}

/**
 * Repeats a check every few seconds, and draws a mark for each.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 * @import { Taken } from './secret.js'
 * @import { Seen } from './watch-history.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, find, focusedIn, icon, input, make, part } from '../parts/dom.js'
import { focusField, showProblem, showProblems } from '../parts/field.js'
import { cloneOne } from '../parts/template.js'
import { clock } from '../parts/format.js'
import { texts } from '../texts/all.js'
import { setTone, toneIcon } from '../parts/banner.js'
import { asFailure } from '../parts/failure.js'
import { fitting, nothingSeen, secondsBetween, withLook } from './watch-history.js'

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {() => { draft: Wire.CheckDraft, taken: Taken }} read what to ask with
 * @param {(taken: Taken) => void} onSent the core has the secret
 */
export function watchPart(root, context, read, onSent) {
  const { signal } = context
  const form = find(root, '#watch-form', HTMLFormElement)
  const start = button(form, 'watch-registration')
  const stop = button(form, 'stop-watch')
  const every = input(form, '#every')
  const place = part(root, '[data-part="watch"]')
  /** @type {AbortController | null} */
  let running = null
  let forget = () => {}

  const buttons = () => {
    start.hidden = running !== null
    stop.hidden = running === null
    every.readOnly = running !== null
  }

  const watch = async (/** @type {number} */ seconds) => {
    const mine = new AbortController()
    running = mine
    signal.addEventListener('abort', () => mine.abort(), { once: true, signal: mine.signal })
    forget()
    const view = watchView(place, context)
    forget = view.forget
    buttons()
    stop.focus({ preventScroll: true })
    form.scrollIntoView({ block: 'start' })
    const { draft, taken } = read()
    let isFirst = true
    try {
      await ipc.watchRegistration({ draft, secret: taken.text, every: seconds }, (look) => {
        if (running === mine && !signal.aborted) {
          if (isFirst) {
            onSent(taken)
          }
          isFirst = false
          view.add(look)
        }
      }, mine.signal)
    } catch (error) {
      if (running === mine && !signal.aborted) {
        view.fail(error)
      }
    } finally {
      if (running === mine) {
        running = null
      }
      if (!signal.aborted) {
        const stopFocused = focusedIn(stop) !== null
        buttons()
        if (stopFocused && running === null) {
          start.focus()
        }
      }
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const seconds = secondsBetween(every.value)
    showProblems(form, [])
    if (seconds === null) {
      showProblem(form, 'every', texts.check.everyProblem)
      focusField(every)
    } else if (running === null) {
      void watch(seconds)
    }
  }, { signal })

  stop.addEventListener('click', () => {
    const stopped = running
    running = null
    stopped?.abort()
    context.say(texts.check.watchStopped)
    buttons()
    start.focus()
  }, { signal })
}

/**
 * @param {HTMLElement} place
 * @param {Context} context
 */
function watchView(place, context) {
  const view = cloneOne('watch')
  place.hidden = false
  place.replaceChildren(view)
  const marks = part(view, '.strip-marks')
  const problem = part(view, '[data-part="watch-problem"]')
  setTone(view, 'plain')
  part(view, '.said-sentence').textContent = texts.check.watchBegins
  let seen = nothingSeen

  const drawMarks = () => {
    const letter = parseFloat(getComputedStyle(marks).fontSize)
    const { shown, earlier } = fitting(seen, { width: marks.clientWidth, mark: 1.75 * letter })
    marks.replaceChildren(...shown.map(mark))
    part(view, '.strip-earlier').textContent = earlier > 0 ? texts.check.earlier(earlier) : ''
  }
  const observer = new ResizeObserver(drawMarks)
  observer.observe(marks)
  context.signal.addEventListener('abort', () => observer.disconnect(), { once: true })

  return {
    forget: () => observer.disconnect(),
    /** @param {Wire.WatchTick} look */
    add: (look) => {
      const before = seen.looks.at(-1)?.tone
      seen = withLook(seen, look)
      problem.hidden = true
      setTone(view, look.tone)
      part(view, '.said-sentence').textContent =
        texts.check.look(clock(look.at), look.sentence, texts.time.took(look.tookMs))
      part(view, '[data-part="watch-count"]').textContent = counted(seen, look)
      drawMarks()
      drawChanges(view, seen)
      if (before !== look.tone) {
        context.say(texts.check.lookSigned(texts.tones[look.tone], look.sentence))
      }
      if (seen.count === 1) {
        place.scrollIntoView({ block: 'nearest' })
      }
    },
    /** @param {unknown} error */
    fail: (error) => {
      const { kind, sentence, next } = asFailure(error)
      if (kind !== 'cancelled') {
        problem.textContent = `${sentence} ${next}`.trim()
        problem.hidden = false
        context.say(sentence)
      }
    }
  }
}

/**
 * @param {Seen} seen
 * @param {Wire.WatchTick} last
 */
function counted({ count, since, tones }, last) {
  const words = texts.check
  return [
    words.looks(count, clock(since ?? 0)),
    tones.bad > 0 ? words.looksBad(tones.bad) : '',
    tones.wait > 0 ? words.looksWait(tones.wait) : '',
    count > 1 && tones.good === count ? words.looksGood : '',
    last.tone === 'good' ? words.looksRegistered(last.bindings) : ''
  ].filter(Boolean).join(' ')
}

/** @param {Wire.WatchTick} look */
function mark(look) {
  const item = make('li', '', 'mark')
  const told = texts.check.look(clock(look.at), look.sentence, texts.time.took(look.tookMs))
  const words = texts.check.lookSigned(texts.tones[look.tone], told)
  const sign = icon('info')
  toneIcon(sign, look.tone, words)
  item.dataset.tone = look.tone
  item.title = words
  item.append(sign)
  return item
}

/**
 * @param {HTMLElement} view
 * @param {Seen} seen
 */
function drawChanges(view, { changes }) {
  part(view, '[data-part="watch-changes"]').hidden = changes.length < 2
  part(view, '[data-part="change-list"]').replaceChildren(...changes.map((look) => {
    const item = make('li')
    const sign = icon('info')
    toneIcon(sign, look.tone)
    item.dataset.tone = look.tone
    item.append(make('span', clock(look.at), 'timeline-time'), sign, make('span', look.sentence))
    return item
  }))
}

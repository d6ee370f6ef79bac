/**
 * The desk's jobs as strips: the progress of each, and its actions.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, find, focusedIn, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { setTone } from '../parts/banner.js'
import { oneAtATime } from '../frame/work.js'
import { confirm } from '../frame/confirm.js'

/** Milliseconds between polls of a running job. */
const EVERY = 500

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {object} list
 * @param {() => number | null} list.loadedAt when the list was loaded, in milliseconds since 1970
 * @param {(id: string) => void} list.sheets opens the setup sheets of an ended job
 * @param {() => void} list.changed tells that a job may have changed what the list shows
 */
export function jobStrips(place, context, list) {
  const { signal } = context
  /** @type {Map<string, HTMLElement>} */
  const strips = new Map()
  /** @type {Map<string, Wire.JobView>} */
  const known = new Map()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  const fails = (/** @type {unknown} */ error) => context.showFailure(error)

  function draw(/** @type {Wire.JobView} */ job) {
    const before = known.get(job.id)
    known.set(job.id, job)
    let strip = strips.get(job.id)
    if (!strip) {
      strip = made(job.id)
      strips.set(job.id, strip)
      // The newest comes first.
      const older = [...known.values()].find(({ id, begunAt }) => id !== job.id && begunAt < job.begunAt)
      place.insertBefore(strip, (older && strips.get(older.id)) ?? null)
    }
    fill(strip, job)
    place.hidden = false
    if (job.stage === 'running') {
      return
    }
    // A short job may end before it was seen running.
    const loadedAt = list.loadedAt()
    const endedUnseen = !before && job.endedAt !== null && loadedAt !== null && loadedAt < job.endedAt
    if (before?.stage === 'running' || endedUnseen) {
      context.say(job.trouble?.sentence ?? job.sentence)
      list.changed()
    }
  }

  /** @param {string} id */
  function made(id) {
    const strip = cloneOne('job')
    strip.dataset.job = id
    const on = (/** @type {string} */ action, /** @type {() => Promise<unknown>} */ act) =>
      button(strip, action).addEventListener('click', oneAtATime(() => act().then(look, fails)), { signal })
    on('pause-job', async () => {
      await ipc.pauseJob({ id })
      part(strip, '.banner-next').textContent = texts.jobs.pausing
    })
    on('move-job-passwords', () => ipc.moveJobPasswords({ id }))
    on('resume-job', () => ipc.resumeJob({ id }))
    on('cancel-job', async () => {
      const words = texts.jobs
      if (await confirm({ title: words.endTitle, text: words.endText, yes: words.endYes })) {
        await ipc.cancelJob({ id })
      }
    })
    on('save-job-result', async () => {
      const path = await ipc.saveJobResult({ id })
      if (path) {
        part(strip, '[data-part="job-saved"]').textContent = texts.jobs.saved(path)
        context.say(texts.jobs.saved(path))
      }
    })
    on('save-job-sheets', async () => list.sheets(id))
    on('delete-job', async () => {
      await ipc.deleteJob({ id })
      strip.remove()
      strips.delete(id)
      known.delete(id)
      place.hidden = strips.size === 0
      context.focusHeading()
    })
    return strip
  }

  /** Polls the running jobs until there are none. */
  async function look() {
    clearTimeout(timer)
    for (const id of known.keys()) {
      const job = await ipc.deskJob({ id })
      if (signal.aborted) {
        return
      }
      draw(job)
    }
    if ([...known.values()].some((job) => job.stage === 'running')) {
      timer = setTimeout(() => void look().catch(fails), EVERY)
    }
  }

  signal.addEventListener('abort', () => clearTimeout(timer))
  return {
    begin: async () => {
      for (const job of await ipc.deskJobs()) {
        if (!signal.aborted) {
          draw(job)
        }
      }
      await look()
    }
  }
}

/**
 * @param {HTMLElement} strip
 * @param {Wire.JobView} job
 */
function fill(strip, job) {
  const words = texts.jobs
  const running = job.stage === 'running'
  const over = job.stage === 'finished' || job.stage === 'set_aside'
  setTone(strip, over ? (job.refused + job.notDone > 0 || job.stage === 'set_aside' ? 'wait' : 'good') : 'wait')
  strip.dataset.stage = job.stage
  part(strip, '.banner-sentence').textContent = running
    ? words.running[job.work](job.rows, words.list(parts(job)))
    : words.titled(job.title, job.sentence)
  part(strip, '.banner-next').textContent = next(job, running)
  const passwords = part(strip, '[data-part="job-passwords"]')
  passwords.hidden = job.passwords.length === 0
  passwords.textContent = job.passwords.length === 0 ? '' : words.passwordsIn(job.passwords)
  const bar = find(strip, 'progress', HTMLProgressElement)
  bar.hidden = over
  bar.max = Math.max(1, job.rows)
  bar.value = job.rows - job.toGo
  const show = (/** @type {string} */ action, /** @type {boolean} */ shown) => {
    const control = button(strip, action)
    const focused = focusedIn(control) !== null
    control.hidden = !shown
    if (focused && !shown) {
      const other = strip.querySelector('button:not([hidden])')
      if (other instanceof HTMLElement) {
        setTimeout(() => other.focus())
      }
    }
  }
  show('pause-job', running)
  show('move-job-passwords', job.trouble?.recoveryOptions.includes('other_place') ?? false)
  show('resume-job', job.stage === 'paused')
  show('cancel-job', job.stage === 'paused')
  show('save-job-sheets', job.stage === 'finished' && job.made + job.replaced > 0)
  show('save-job-result', job.stage === 'finished')
  show('delete-job', over)
}

/**
 * Returns what was done and what is left, omitting zeros.
 *
 * @param {Wire.JobView} job
 */
function parts(job) {
  const kinds = texts.jobs.parts
  const done = /** @type {const} */ (['made', 'replaced', 'moved', 'deleted', 'refused'])
    .filter((kind) => job[kind] > 0)
    .map((kind) => kinds[kind](job[kind]))
  return [...done, kinds.toGo(job.toGo)]
}

/**
 * @param {Wire.JobView} job
 * @param {boolean} running
 */
function next(job, running) {
  const words = texts.jobs
  if (job.trouble) {
    return `${job.trouble.sentence} ${job.trouble.next}`
  }
  if (running) {
    const rate = job.rate === null ? [] : [words.rate(job.rate)]
    const left = job.secondsLeft === null ? [] : [words.left(job.secondsLeft)]
    return [words.safe, words.list([...rate, ...left])].filter(Boolean).join(' ')
  }
  return job.stage === 'finished' ? words.nexts[job.work] : ''
}

/**
 * The desk: the accounts, and the realms and SIP credentials of the open one.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, focusedIn, input, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { notice } from '../parts/banner.js'
import { ageLine } from './age.js'
import { filterOf, filters } from './filters.js'
import { batchCheck } from './batch-check.js'
import { save } from '../activity/evidence.js'
import { detailsPane } from './details.js'
import { credentialList } from './credential-list.js'
import { jobStrips } from './jobs.js'
import { openDesk } from './open.js'
import { sidebar } from './sidebar.js'
import { secretForm } from './sign-in.js'
import { deskTasks } from './tasks/tasks.js'

/** Milliseconds between redraws during long work. */
const PAUSE = 300

export const desk = defineScreen({
  id: 'desk',

  mount({ body }, { desk }, context) {
    const { signal } = context
    const place = { ...desk.place }
    let state = desk.state
    let counts = { shown: 0, selected: 0 }
    const find = input(body, '#find')
    const gridElement = part(body, '[data-part="grid"]')

    const rail = sidebar(desk, {
      account: (account) => openDesk(context, account),
      realm: (realm) => {
        place.realm = realm
        rail.draw(state, realm)
        void grid.restart()
      },
      manage: () => void context.move(ipc.openRealms)
    }, context)

    const grid = credentialList(gridElement, {
      rows: (offset, count) =>
        ipc.deskRows({ ...filterOf(place), offset, count }),
      select: ipc.selectRows,
      open: (id) => void details.show(id),
      go: (way, id) => way === 'check' ? check.start({ which: 'one', id }) : tasks.why(id),
      drawn: (rows) => {
        part(body, '[data-part="shown"]').textContent = texts.desk.shown(rows.total, rows.selected)
        const empty = part(body, '[data-part="empty"]')
        empty.textContent = state.loaded === 0 ? texts.desk.emptyAtAll : texts.desk.empty
        empty.hidden = rows.total > 0 || state.loading === 'not_loaded'
        check.counts(rows.selected, rows.total)
        ofSelected(body, rows.selected, gridElement)
        counts = { shown: rows.total, selected: rows.selected }
      }
    }, signal)

    const details = detailsPane(part(body, '[data-part="details"]'), {
      ask: (id) => ipc.deskCredential({ id }),
      check: (id) => check.start({ which: 'one', id }),
      why: (id) => tasks.why(id),
      newPassword: (id) => tasks.password(id),
      setUp: (id) => void tasks.setUp(id),
      move: (id) => tasks.move(id),
      remove: (id) => tasks.remove(id),
      save: (id) => void save(context, { of: 'credential', id }),
      closed: () => gridElement.focus()
    }, signal)

    const changed = async () => {
      check.forget()
      drawState(await ipc.deskState())
      await grid.refresh()
    }
    const tasks = deskTasks(body, context, {
      show: (id) => void details.show(id),
      check: (id) => check.start({ which: 'one', id }),
      changed: () => void changed(),
      jobBegan: () => void jobs.begin().catch(context.showFailure),
      closed: () => {
        void grid.refresh()
        void details.refresh()
        gridElement.focus({ preventScroll: true })
      }
    })
    button(body, 'export').addEventListener('click', () =>
      tasks.save({ loaded: state.loaded, ...counts }), { signal })
    button(body, 'many-passwords').addEventListener('click', () => tasks.manyPasswords(check.rate()), { signal })
    button(body, 'many-delete').addEventListener('click', () => tasks.manyDelete(check.rate()), { signal })
    button(body, 'add-credential').addEventListener('click', () => tasks.create(state.realms, place.realm), { signal })

    const refreshSoon = throttled(() => void grid.refresh(), PAUSE)
    const check = batchCheck(body, desk, context, {
      progress: refreshSoon,
      ended: () => Promise.all([grid.refresh(), details.refresh()])
    })

    const drawState = (/** @type {Wire.DeskState} */ now) => {
      state = now
      rail.draw(state, place.realm)
      part(body, '[data-part="sentence"]').textContent = state.sentence
      part(body, '[data-part="problems"]').replaceChildren(...state.problems.map(notice))
      age.set(state.loadedAt)
    }
    const age = ageLine(part(body, '[data-part="age"]'), signal)

    const load = () => void context.run(
      { stage: texts.desk.loading, cancelSays: texts.desk.loadCancel },
      async (stop) => {
        const loaded = await ipc.loadDesk((now) => {
          drawState(now)
          refreshSoon()
        }, stop)
        drawState(loaded)
        await Promise.all([grid.refresh(), details.refresh()])
      },
      { sign_in_again: { act: () => void context.move(ipc.signOutAtDesk) } })

    const jobs = jobStrips(part(body, '[data-part="jobs"]'), context, {
      loadedAt: () => state.loadedAt,
      sheets: (id) => tasks.sheets(id),
      changed: () => void context.whenFree().then(load)
    })
    button(body, 'open-import').addEventListener('click', () => void context.move(ipc.openImport), { signal })
    find.value = place.find
    find.addEventListener('input', () => {
      place.find = find.value
      void grid.restart()
    }, { signal })
    find.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'Enter') {
        event.preventDefault()
        gridElement.focus()
      }
    }, { signal })
    button(body, 'refresh').addEventListener('click', load, { signal })
    button(body, 'select-all').addEventListener('click', () => void grid.select({ how: 'all' }), { signal })
    button(body, 'select-none').addEventListener('click', () => void grid.select({ how: 'none' }), { signal })
    sorting(body, place, () => void grid.restart(), signal)
    filters(body, place, () => void grid.restart(), signal)
    keys(find, load, tasks.isOpen, context)
    secretForm(body, desk, context)

    drawState(state)
    void jobs.begin().catch(context.showFailure)
    button(body, 'open-import').hidden = desk.asksFor !== null
    part(body, '[data-part="list"]').hidden = desk.asksFor !== null
    part(body, '[data-part="head-tools"]').hidden = desk.asksFor !== null
    if (desk.asksFor === null) {
      void grid.refresh().then(() => grid.scrollTo(desk.place.offset))
      // Resumes loading that was stopped, for example by opening another account.
      if (state.loading === 'not_loaded' || desk.stopped) {
        // No work can start before the move that opens this screen has ended.
        setTimeout(load)
      }
    }
  }
})

/**
 * @param {HTMLElement} root
 * @param {Wire.DeskPlace} place
 * @param {() => void} changed
 * @param {AbortSignal} signal
 */
function sorting(root, place, changed, signal) {
  const heads = [...root.querySelectorAll('[data-sort]')]
  const draw = () => {
    for (const head of heads) {
      const own = head.getAttribute('data-sort') === place.sort
      head.setAttribute('aria-sort', own ? (place.descending ? 'descending' : 'ascending') : 'none')
    }
  }
  for (const head of heads) {
    part(head, 'button').addEventListener('click', () => {
      const sort = /** @type {Wire.DeskSort} */ (head.getAttribute('data-sort'))
      place.descending = sort === place.sort && !place.descending
      place.sort = sort
      draw()
      changed()
    }, { signal })
  }
  draw()
}

/**
 * Shows the actions for the selected rows while there are any.
 *
 * @param {HTMLElement} root
 * @param {number} selected
 * @param {HTMLElement} grid
 */
function ofSelected(root, selected, grid) {
  const show = (/** @type {string} */ action, /** @type {string} */ text) => {
    const control = button(root, action)
    control.textContent = text
    if (focusedIn(control) && selected === 0) {
      grid.focus({ preventScroll: true })
    }
    control.hidden = selected === 0
  }
  show('many-passwords', texts.many.passwords(selected))
  show('many-delete', texts.many.remove(selected))
}

/**
 * F5 or Ctrl+R refreshes, / starts a search.
 *
 * @param {HTMLInputElement} find
 * @param {() => void} load
 * @param {() => boolean} elsewhere whether a task stands in the place of the list
 * @param {Context} context
 */
function keys(find, load, elsewhere, context) {
  context.onKey((event) => {
    if (elsewhere()) {
      return
    }
    const command = event.ctrlKey || event.metaKey
    const typing = event.target instanceof HTMLInputElement
    if (event.key === 'F5' || (command && event.key.toLowerCase() === 'r')) {
      event.preventDefault()
      load()
    } else if ((event.key === '/' && !typing && !command) || (command && event.key.toLowerCase() === 'f')) {
      event.preventDefault()
      find.focus()
      find.select()
    }
  })
}

/**
 * Throttles a function: at most one call per interval, plus one after the last call.
 *
 * @param {() => void} act
 * @param {number} pause milliseconds
 */
function throttled(act, pause) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waits
  return () => {
    waits ??= setTimeout(() => {
      waits = undefined
      act()
    }, pause)
  }
}

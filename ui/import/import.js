/**
 * An import before it starts: choose a file and review its plan.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context, View } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, chosen, find, input, part } from '../parts/dom.js'
import { when } from '../parts/format.js'
import { texts } from '../texts/all.js'
import { debounced } from '../parts/debounce.js'
import { defineScreen } from '../frame/screen.js'
import { oneAtATime } from '../frame/work.js'
import { notice } from '../parts/banner.js'
import { confirm } from '../frame/confirm.js'
import { planList } from './plan-list.js'

export const importing = defineScreen({
  id: 'import',

  mount({ body, foot }, { import: prepared }, context) {
    const { signal } = context
    /** @type {Wire.PlanView | null} */
    let plan = null
    context.showAccount(prepared.account, prepared.number)

    const looksFor = input(body, '#find')
    const list = planList(body, async (offset, count) => {
      if (!plan) {
        return { offset: 0, total: 0, rows: [] }
      }
      const outcome = /** @type {Wire.PlanOutcome | 'all'} */ (chosen(body, 'outcome'))
      return ipc.planRows({ offset, count, outcome: outcome === 'all' ? null : outcome, find: looksFor.value })
    }, signal)

    const draw = (/** @type {Wire.PlanView | null} */ now) => {
      plan = now
      part(body, '[data-part="import-saved"]').textContent = ''
      part(body, '[data-part="plan"]').hidden = now === null
      part(body, '[data-part="columns"]').hidden = now !== null
      button(foot, 'start-import').hidden = now === null
      part(body, '[data-part="lead"]').hidden = now !== null
      foot.hidden = now === null
      const choose = button(body, 'choose-import')
      choose.textContent = now ? texts.importing.chooseAnother : texts.importing.choose
      choose.dataset.variant = now ? '' : 'primary'
      if (now) {
        fillPlan({ body, foot }, now)
      }
    }

    const bar = find(body, '[data-part="reading"]', HTMLProgressElement)
    const read = () => context.run(
      { stage: texts.importing.reading, cancelSays: texts.importing.readCancel },
      async (stop, stage) => {
        draw(null)
        bar.hidden = false
        bar.value = 0
        try {
          const made = await ipc.readImport((now) => {
            bar.value = now.share
            stage(now.sentence)
          }, stop)
          draw(made)
          context.say(made.sentence)
          await list.restart()
          part(body, '#plan-title').focus({ preventScroll: true })
        } finally {
          bar.hidden = true
        }
      },
      { sign_in_again: { act: () => void context.move(ipc.signOutAtDesk) } })

    const choose = async () => {
      const file = await ipc.chooseImport().catch(fails(context))
      if (file) {
        await read()
      }
    }
    button(body, 'choose-import').addEventListener('click', oneAtATime(choose), { signal })
    void ipc.subscribeFileDrops((drag) => {
      if (!signal.aborted) {
        void dropped(drag)
      }
    }).catch(fails(context))
    const dropped = async (/** @type {Wire.FileDrag} */ drag) => {
      part(body, '[data-part="drop"]').toggleAttribute('data-over', drag === 'over')
      if (drag === 'file' && context.isBusy()) {
        context.say(texts.credentials.busy)
      } else if (drag === 'files') {
        context.say(texts.importing.dropOne)
      } else if (drag === 'file') {
        const file = await ipc.chooseDroppedFile().catch(fails(context))
        if (file) {
          await read()
        }
      }
    }
    const choosePlace = async () => {
      const now = await ipc.choosePasswords().catch(fails(context))
      if (now) {
        context.clearFailure()
        draw(now)
      }
    }
    button(foot, 'choose-passwords').addEventListener('click', oneAtATime(choosePlace), { signal })
    saving(body, context)
    looksFor.addEventListener('input', debounced(() => void list.restart()), { signal })
    for (const filter of body.querySelectorAll('input[name="outcome"]')) {
      filter.addEventListener('change', () => void list.restart(), { signal })
    }
    button(body, 'leave-import').addEventListener('click', () => void context.move(ipc.leaveImport), { signal })
    button(foot, 'start-import').addEventListener('click', oneAtATime(async () => {
      if (await agreesToChange(plan)) {
        await context.run(
          { stage: texts.importing.starting },
          async () => context.show(await ipc.startImport()),
          {
            try_again: { act: () => void read(), label: texts.importing.again },
            other_place: { act: () => void choosePlace() }
          })
      }
    }), { signal })

    draw(prepared.plan)
    if (plan) {
      void list.restart()
    }
  }
})

/**
 * Asks before an import that changes what phones may use.
 *
 * @param {Wire.PlanView | null} plan
 */
async function agreesToChange(plan) {
  const words = texts.importing
  const change = plan?.counts.change ?? 0
  return change === 0 || await confirm({
    title: words.changeTitle(change), text: words.changeText, yes: words.changeConfirm, danger: true
  })
}

/**
 * @param {View} view
 * @param {Wire.PlanView} plan
 */
function fillPlan({ body, foot }, { file, readAs, counts, comparedAt, notices, sentence, passwordsFile }) {
  const words = texts.importing
  part(body, '#plan-title').textContent = words.planTitle(file)
  const compared = comparedAt === null ? '' : words.comparedAt(when(comparedAt, Date.now()))
  part(body, '[data-part="read-as"]').textContent = `${readAs} ${compared}`
  part(body, '[data-part="plan-notices"]').replaceChildren(...notices.map(notice))
  part(foot, '[data-part="plan-sentence"]').textContent = sentence
  const shown = { all: counts.rows, create: counts.create, change: counts.change, right: counts.right, refused: counts.refused }
  for (const [outcome, count] of Object.entries(shown)) {
    part(body, `[data-count="${outcome}"]`).textContent = words.count(count)
  }
  part(body, '[data-part="passwords"]').hidden = counts.passwords === 0
  part(body, '[data-part="passwords-text"]').textContent = words.passwordsText(counts.passwords)
  const place = part(foot, '[data-part="passwords-file"]')
  place.hidden = passwordsFile === null
  place.textContent = passwordsFile === null ? '' : words.passwordsChosen(passwordsFile)
  button(foot, 'choose-passwords').hidden = counts.passwords === 0
  button(foot, 'start-import').disabled = counts.create + counts.change === 0
}

/**
 * @param {HTMLElement} root
 * @param {Context} context
 */
function saving(root, context) {
  const offer = (/** @type {string} */ action, /** @type {Wire.Savable} */ what) =>
    button(root, action).addEventListener('click', oneAtATime(async () => {
      const path = await ipc.save({ what }).catch(fails(context))
      if (path) {
        part(root, '[data-part="import-saved"]').textContent = texts.importing.saved(path)
        context.say(texts.importing.saved(path))
      }
    }), { signal: context.signal })
  offer('save-sample', 'import_sample')
  offer('save-plan', 'import_plan')
}

/** @param {Context} context */
const fails = (context) => (/** @type {unknown} */ error) => {
  context.showFailure(error)
  return null
}

/**
 * The Activity screen for all accounts: search, filter, view an exchange, clear.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, find, input, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { debounced } from '../parts/debounce.js'
import { defineScreen } from '../frame/screen.js'
import { confirm } from '../frame/confirm.js'
import { entryPane } from './entry.js'
import { savesEvidence } from './evidence.js'
import { activityList } from './activity-list.js'

/** @type {readonly Wire.Tone[]} */
const outcomes = ['good', 'bad', 'wait', 'plain']

export const activity = defineScreen({
  id: 'activity',

  mount({ body }, { view }, context) {
    const { signal } = context
    const words = texts.activity
    const gridElement = part(body, '[data-part="grid"]')
    const findField = input(body, '#find')
    const [account, kind, outcome] = ['#account', '#kind', '#outcome']
      .map((selector) => find(body, selector, HTMLSelectElement))
    if (!account || !kind || !outcome) {
      throw new TypeError('a filter is missing')
    }
    options(account, words.allAccounts, view.accounts.map(({ id, name }) => [id, name]))
    options(kind, words.allKinds, Object.entries(words.kinds))
    options(outcome, words.allOutcomes, outcomes.map((tone) => [tone, texts.tones[tone]]))

    /** @returns {Wire.ActivityQuery} */
    const query = () => ({
      find: findField.value,
      account: account.value || null,
      kind: /** @type {Wire.ActivityKind | null} */ (kind.value || null),
      tone: /** @type {Wire.Tone | null} */ (outcome.value || null)
    })

    const list = activityList(gridElement, {
      rows: (offset, count) => ipc.activityRows({ query: query(), offset, count }),
      open: (id) => void entry.show(id),
      drawn: ({ total, kept }, selected) => {
        part(body, '[data-part="shown"]').textContent = words.shown(total, kept, selected)
        part(body, '[data-part="none"]').hidden = kept > 0
        part(body, '[data-part="empty"]').hidden = kept === 0 || total > 0
        button(body, 'select-none').hidden = selected === 0
        button(body, 'clear-activity').disabled = kept === 0
        const save = button(body, 'save-evidence')
        save.disabled = total === 0 && selected === 0
        save.textContent = selected > 0 ? words.saveSelected(selected) : words.saveShown
      }
    }, signal)

    const entry = entryPane(part(body, '[data-part="details"]'), {
      ask: (id) => ipc.activityEntry({ id }),
      failed: (error) => context.showFailure(error),
      closed: () => gridElement.focus()
    }, signal)

    savesEvidence(body, 'save-evidence', context, () => {
      const ids = list.selected()
      return ids.length > 0 ? { of: 'exchanges', ids } : { of: 'found', query: query() }
    })
    savesEvidence(body, 'save-entry', context, () => {
      const id = entry.id()
      return id === null ? null : { of: 'exchanges', ids: [id] }
    })

    const restart = () => void list.restart().catch((error) => context.showFailure(error))
    findField.addEventListener('input', debounced(restart), { signal })
    for (const choice of [account, kind, outcome]) {
      choice.addEventListener('change', restart, { signal })
    }
    findField.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'Enter') {
        event.preventDefault()
        gridElement.focus()
      }
    }, { signal })
    context.onKey((event) => {
      if (event.key === '/' && !(event.target instanceof HTMLInputElement)) {
        event.preventDefault()
        findField.focus()
        findField.select()
      }
    })
    button(body, 'select-none').addEventListener('click', () => {
      list.selectNone()
      gridElement.focus()
    }, { signal })
    button(body, 'clear-activity').addEventListener('click', async () => {
      const sure = await confirm({
        title: words.clearTitle,
        text: words.clearText,
        note: words.clearNote,
        yes: words.clearConfirm,
        danger: true
      })
      if (sure) {
        void context.move(ipc.clearActivity)
      }
    }, { signal })
    restart()
  }
})

/**
 * @param {HTMLSelectElement} select
 * @param {string} all
 * @param {readonly (readonly [string, string])[]} others
 */
function options(select, all, others) {
  select.replaceChildren(...[['', all], ...others].map(([value, text]) => new Option(text, value)))
}

/**
 * A list of accounts from a file: previews what importing it would change.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { asForm, button, input, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { fillPairs } from '../parts/pairs.js'

/** @type {Record<Wire.ListedRow, Wire.Tone>} */
const tones = { new: 'good', known: 'plain', renames: 'wait', refused: 'bad' }

export const accountList = defineScreen({
  id: 'account_list',

  mount({ body, foot }, { file, rows }, context) {
    const { signal } = context
    const fields = asForm(body)
    part(body, '[data-part="lead"]').textContent = texts.accounts.listLead(file)
    part(body, '[data-part="rows"]').replaceChildren(...rows.map(listedItem))
    const places = () => rows.map(({ place }) => place).filter((place) => input(fields, `#listed-${place}`).checked)
    const count = () => {
      button(foot, 'import-accounts').textContent = texts.accounts.take(places().length)
    }
    count()
    fields.addEventListener('change', count, { signal })
    fields.addEventListener('submit', (event) => {
      event.preventDefault()
      void context.run({ stage: texts.accounts.saving }, async () =>
        context.show(await ipc.importAccounts({ places: places() })))
    }, { signal })
    button(foot, 'leave-form').addEventListener('click', () => void context.move(ipc.openAccounts), { signal })
  }
})

/** @param {Wire.ListedAccount} row */
function listedItem(row) {
  const item = cloneOne('listed-account')
  const box = input(item, 'input')
  box.id = `listed-${row.place}`
  box.checked = row.chosen
  box.disabled = row.row === 'known' || row.row === 'refused'
  box.setAttribute('aria-describedby', `${box.id}-note`)
  part(item, 'label').setAttribute('for', box.id)
  part(item, 'label').textContent = row.name || texts.accounts.unnamed
  part(item, '[data-part="line"]').textContent = texts.accounts.listedLine(row.place, row.number, row.user)
  const note = part(item, '[data-part="note"]')
  note.id = `${box.id}-note`
  note.textContent = row.note
  if (row.ownAddresses) {
    const { token, bearer, basic } = row.ownAddresses
    fillPairs(part(item, 'dl'), [
      [texts.signIn.token, token], [texts.signIn.bearer, bearer], [texts.signIn.basic, basic]])
    part(item, 'dl').hidden = false
  }
  const tag = part(item, '.tag')
  tag.textContent = texts.accounts.listedRows[row.row]
  tag.dataset.tone = tones[row.row]
  return item
}

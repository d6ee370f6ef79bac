/**
 * Step 3: choose a realm, or create one.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { asForm, button, input, make, part } from '../parts/dom.js'
import { focusField, hintOf, identifyChoice, setLabel } from '../parts/field.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { keepDrafts } from '../parts/drafts.js'

/** The value of the option that opens the form. */
const NEW = 'new'

export const realm = defineScreen({
  id: 'realm',

  mount({ body, foot }, { realms, form }, context) {
    const { signal } = context
    const fields = asForm(body)
    const name = input(body, '#name')

    const title = realms.length === 0 ? texts.realm.titleNew : texts.realm.title
    part(body, 'h1').textContent = title
    name.value = form.name
    input(body, '#description').value = form.description
    input(body, '#default').checked = form.default
    drawChoices(body, realms, form.name !== '')

    const makes = () => realms.length === 0 || input(body, 'input[name="realm"]:checked').value === NEW
    const follow = () => {
      const making = makes()
      part(body, '[data-part="make"]').hidden = !making
      const main = part(foot, '[data-variant="primary"]')
      main.dataset.action = making ? 'create-realm' : 'choose-realm'
      main.textContent = making ? texts.realm.create : texts.realm.use
    }
    follow()
    // Only the form sends a request worth previewing.
    const drafts = keepDrafts(fields, () => ({ form: 'realm', draft: read(body) }), context, () => {
      if (!makes()) {
        context.preview(null)
      }
    })
    part(body, '[data-part="realms"]').addEventListener('change', () => {
      follow()
      void drafts.keep()
    }, { signal })

    const use = (/** @type {number | null} */ id) => context.run(
      { stage: texts.realm.using, cancelSays: texts.realm.usingCancel },
      async (stop) => context.show(await ipc.chooseRealm({ id }, stop)))

    const create = () => {
      const draft = read(body)
      return context.run(
        { stage: texts.realm.creating, cancelSays: texts.realm.createCancel },
        async (stop, stage) =>
          context.show(await ipc.createRealm({ draft }, ({ sentence }) => stage(sentence), stop)),
        {
          use_existing: { act: () => void use(null) },
          other_name: { act: () => focusField(name) }
        })
    }

    fields.addEventListener('submit', (event) => {
      event.preventDefault()
      void (makes() ? create() : use(Number(input(body, 'input[name="realm"]:checked').value)))
    }, { signal })

    button(body, 'refresh-realms').addEventListener('click', () => void context.run(
      { stage: texts.realm.refreshing, cancelSays: texts.realm.refreshCancel },
      async (stop) => context.show(await ipc.refreshRealms(stop))), { signal })
  }
})

/**
 * @param {HTMLElement} root
 * @param {readonly Wire.RealmView[]} realms
 * @param {boolean} making a new realm's name was typed before
 */
function drawChoices(root, realms, making) {
  const list = part(root, '[data-part="realm-list"]')
  part(root, '[data-part="realms"]').hidden = realms.length === 0
  part(root, '[data-part="no-realms"]').hidden = realms.length > 0
  part(root, '[data-part="make"] h2').hidden = realms.length === 0
  if (realms.length === 0) {
    return
  }
  list.replaceChildren(...realms.map(realmChoice), newChoice())
  const usable = realms.filter(({ active }) => active)
  const first = usable.find((each) => each.default) ?? usable[0]
  input(list, `#realm-${making || !first ? NEW : first.id}`).checked = true
}

/** @param {Wire.RealmView} view */
function realmChoice(view) {
  const parts = [texts.realm.credentials(view.credentials)]
  if (view.description) {
    parts.unshift(view.description)
  }
  if (!view.active) {
    parts.push(texts.realm.cannotUse)
  }
  const choice = choiceOf(String(view.id), view.name, parts.join(' · '))
  input(choice, 'input').disabled = !view.active
  part(choice, 'label').classList.add('mono')
  const status = make('span', view.status, 'tag')
  status.dataset.tone = view.active ? 'good' : 'wait'
  const tags = part(choice, '.tags')
  if (view.default) {
    tags.append(make('span', texts.realm.default, 'tag'))
  }
  tags.append(status)
  return choice
}

const newChoice = () => choiceOf(NEW, texts.realm.makeOption, texts.realm.makeOptionHint)

/**
 * @param {string} value
 * @param {string} label
 * @param {string} hint
 */
function choiceOf(value, label, hint) {
  const choice = cloneOne('realm-choice')
  const radio = input(choice, 'input')
  radio.value = value
  identifyChoice(choice, `realm-${value}`)
  setLabel(choice, radio.id, label)
  hintOf(choice, radio.id).textContent = hint
  return choice
}

/**
 * @param {HTMLElement} root
 * @returns {Wire.RealmDraft}
 */
const read = (root) => ({
  name: input(root, '#name').value,
  description: input(root, '#description').value,
  default: input(root, '#default').checked
})

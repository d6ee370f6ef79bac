/**
 * The password of a new credential: typed, or generated and kept by the app.
 *
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, input, make, part } from './dom.js'
import { clone } from './template.js'
import { labelOf } from './field.js'
import { texts } from '../texts/all.js'
import { strength } from './strength.js'
import { oneAtATime } from '../frame/work.js'
import { forgetWhenLeft, putInFours, showBriefly } from './secret-view.js'

/**
 * @param {HTMLElement} root
 * @param {number | null} madeLength
 * @param {Context} context
 * @param {() => void} onChange
 */
export function passwordField(root, madeLength, context, onChange) {
  const { signal } = context
  part(root, '[data-part="password-field"]').replaceWith(clone('password-field'))
  const field = input(root, '#password')
  const label = labelOf(root, 'password')
  const made = part(root, '[data-part="made"]')
  const note = part(root, '#password-note')
  const showButton = button(root, 'show-password')
  const makeButton = button(root, 'generate-password')
  const ownButton = button(root, 'type-own')
  let length = madeLength

  const draw = () => {
    const isMade = length !== null
    field.hidden = isMade
    made.hidden = !isMade
    made.textContent = '•'.repeat(length ?? 0)
    label.setAttribute('for', isMade ? '' : 'password')
    part(makeButton, 'span').textContent = isMade ? texts.credential.makeAnother : texts.credential.make
    ownButton.hidden = !isMade
    drawNote()
  }

  const drawNote = () => {
    note.replaceChildren()
    if (length !== null) {
      note.append(`${texts.credential.passwordMade} · ${texts.credential.characters(length)} · `,
        word('strong'), ` · ${texts.credential.madeNote}`)
    } else if (field.value !== '') {
      const found = strength(field.value)
      note.append(`${texts.credential.characters([...field.value].length)} · `,
        word(found), ` · ${texts.credential.strengthNote[found]}`)
    }
  }

  const view = showBriefly({
    signal,
    show: async () => {
      if (length === null) {
        field.type = 'text'
      } else {
        putInFours(made, await ipc.reveal({ what: 'password', typed: null, draft: null }))
        note.append(' ', make('span', texts.app.gaps))
      }
      part(showButton, 'span').textContent = texts.app.hide
    },
    onShown: (until) => context.say(texts.app.shownFor, until),
    hide: () => {
      field.type = 'password'
      made.textContent = '•'.repeat(length ?? 0)
      drawNote()
      part(showButton, 'span').textContent = texts.app.show
    }
  })

  showButton.addEventListener('click', () => {
    view.toggle().catch((error) => context.showFailure(error))
  }, { signal })

  makeButton.addEventListener('click', oneAtATime(async () => {
    view.conceal()
    try {
      length = await ipc.generatePassword()
      field.value = ''
      draw()
      onChange()
    } catch (error) {
      context.showFailure(error)
    }
  }), { signal })

  ownButton.addEventListener('click', () => {
    view.conceal()
    length = null
    draw()
    onChange()
    field.focus()
  }, { signal })

  field.addEventListener('input', drawNote, { signal })
  forgetWhenLeft(field, signal)
  draw()

  return {
    /** The typed password, or `null` for the generated one. */
    typed: () => (length === null ? field.value : null),
    hide: view.conceal
  }
}

/** @param {'weak' | 'fair' | 'strong'} strength */
function word(strength) {
  const element = make('strong', texts.credential.strength[strength], 'strength')
  element.dataset.strength = strength
  return element
}

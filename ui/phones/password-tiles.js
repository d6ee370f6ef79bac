/**
 * The password on a phone's page: one tile for each character, so that nobody types a gap or takes a
 * capital for a small letter. It is in the page only while the page is open and in front.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, input, make, part } from '../parts/dom.js'
import { clone } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { showInFront } from '../frame/in-front.js'
import { groupsOf, kindOf, spelled } from './letters.js'

/**
 * @param {HTMLElement} root
 * @param {number} length
 * @param {HTMLElement} copyButton
 * @param {Context} context
 */
export function passwordTiles(root, length, copyButton, context) {
  const { signal } = context
  root.replaceChildren(clone('password-tiles'))
  const tiles = part(root, '[data-part="tiles"]')
  const list = part(root, '[data-part="spelled"]')
  const toggle = button(root, 'toggle-password')
  const spell = button(root, 'spell-password')
  const words = texts.phones.password
  part(root, '[data-part="copy-password"]').replaceWith(copyButton)

  const notes = (/** @type {boolean} */ visible, /** @type {number} */ spaces) => {
    part(root, '[data-part="tile-key"]').hidden = !visible
    part(root, '[data-part="gaps"]').hidden = !visible || length <= 4
    part(root, '[data-part="escape"]').hidden = !visible
    part(root, '[data-part="spaces"]').hidden = !visible || spaces === 0
    part(root, '[data-part="spaces"]').textContent = spaces === 0 ? '' : words.spaces(spaces)
  }
  const closeList = () => {
    list.hidden = true
    list.replaceChildren()
    spell.setAttribute('aria-expanded', 'false')
  }
  const hide = () => {
    tiles.replaceChildren(make('span', '•'.repeat(length), 'letters-hidden'))
    tiles.setAttribute('aria-label', words.hidden(length))
    notes(false, 0)
    closeList()
    compare.conceal()
  }

  const view = showInFront({
    signal,
    show: async () => {
      const password = await ipc.reveal({ what: 'password', typed: null, draft: null })
      tiles.replaceChildren(...groupsOf(password).map((group) => {
        const box = make('span', '', 'letter-group')
        box.append(...group.map(tile))
        return box
      }))
      tiles.setAttribute('aria-label', words.label(length))
      notes(true, [...password].filter((letter) => letter === ' ').length)
      compare.reveal()
    },
    hide,
    onWish: (isWanted) => {
      part(toggle, 'span').textContent = isWanted ? words.hide : words.show
    },
    onFailure: context.showFailure
  })
  const compare = compared(root, length, context)

  toggle.addEventListener('click', () => (view.isWanted() ? view.hide() : view.show()), { signal })
  context.onKey((event) => {
    const inDialog = event.target instanceof Element && event.target.closest('dialog') !== null
    if (event.key === 'Escape' && view.isWanted() && !inDialog) {
      event.preventDefault()
      view.hide()
    }
  })
  spell.addEventListener('click', () => void (async () => {
    if (!list.hidden) {
      closeList()
      return
    }
    view.show()
    try {
      const password = await ipc.reveal({ what: 'password', typed: null, draft: null })
      if (!signal.aborted && view.isWanted()) {
        list.replaceChildren(...[...password].map((letter) => make('li', spelled(letter))))
        list.hidden = false
        spell.setAttribute('aria-expanded', 'true')
      }
    } catch (error) {
      context.showFailure(error)
    }
  })(), { signal })

  hide()
  return view
}

/** @param {string} letter */
function tile(letter) {
  const kind = kindOf(letter)
  const element = make('i', kind === 'space' ? texts.phones.password.space : letter, 'letter-tile')
  element.dataset.kind = kind
  return element
}

/**
 * Compares what was typed into the phone with the password. The app does it; the password isn't here.
 *
 * @param {HTMLElement} root
 * @param {number} length
 * @param {Context} context
 */
function compared(root, length, context) {
  const { signal } = context
  const open = button(root, 'check-typed')
  const box = part(root, '[data-part="compare"]')
  const field = input(root, '#typed-password')
  const says = part(root, '[data-part="compared"]')
  let turn = 0

  const mark = (/** @type {number} */ place) => {
    for (const [each, tile] of [...root.querySelectorAll('.letter-tiles .letter-tile')].entries()) {
      tile.toggleAttribute('data-wrong', each + 1 === place)
    }
  }
  const judge = async () => {
    const mine = ++turn
    const typed = field.value
    try {
      const found = typed === '' ? null : await ipc.comparePassword({ typed })
      if (mine === turn && !signal.aborted) {
        says.textContent = found ? sentence(found, typed, length) : texts.phones.password.empty
        says.dataset.tone = found?.kind === 'same' ? 'good' : found && found.kind !== 'too_short' ? 'bad' : ''
        mark(found && ['case', 'different'].includes(found.kind) ? found.at : 0)
      }
    } catch (error) {
      context.showFailure(error)
    }
  }
  const forget = () => {
    field.value = ''
    void judge()
  }
  open.addEventListener('click', () => {
    box.hidden = !box.hidden
    open.setAttribute('aria-expanded', String(!box.hidden))
    forget()
    if (!box.hidden) {
      field.focus()
    }
  }, { signal })
  field.addEventListener('input', () => void judge(), { signal })
  signal.addEventListener('abort', () => {
    field.value = ''
  }, { once: true })

  return {
    /** What was typed is nearly the password, so it is seen only while the password is. */
    conceal: () => {
      field.type = 'password'
    },
    reveal: () => {
      field.type = 'text'
      if (!box.hidden) {
        void judge()
      }
    }
  }
}

/**
 * @param {Wire.TypedPassword} found
 * @param {string} typed
 * @param {number} length
 */
export function sentence({ kind, at }, typed, length) {
  const words = texts.phones.password
  const letter = [...typed][at - 1] ?? ''
  switch (kind) {
    case 'same': return words.same
    case 'too_short': return words.soFar(at, length)
    case 'too_long': return words.tooLong(length)
    case 'space_at_end': return words.spaceAtEnd
    case 'case': return kindOf(letter) === 'capital' ? words.isSmall(at, letter) : words.isCapital(at, letter)
    case 'different': return words.different(at, letter === ' ' ? words.space : letter)
  }
}

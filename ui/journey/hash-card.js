/**
 * The card that shows the ingredients of the hashes and, on demand, their digits.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, make, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { putInFours, showBriefly } from '../parts/secret-view.js'

/** @type {readonly ('hash1' | 'hash1b')[]} */
const hashes = ['hash1', 'hash1b']

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {() => { typed: string | null, draft: Wire.CredentialDraft }} read
 */
export function hashCard(root, context, read) {
  const showButton = button(root, 'show-hashes')
  const digits = (/** @type {string} */ which) => part(root, `[data-part="${which}-digits"]`)

  const view = showBriefly({
    signal: context.signal,
    show: async () => {
      const request = read()
      const shown = await Promise.all(hashes.map((what) => ipc.reveal({ what, ...request })))
      for (const [index, which] of hashes.entries()) {
        putInFours(digits(which), shown[index] ?? '')
        digits(which).hidden = false
      }
      digits('hash1b').append(make('span', texts.app.gaps, 'hint'))
      part(showButton, 'span').textContent = texts.credential.hideDigits
    },
    onShown: (until) => context.say(texts.app.shownFor, until),
    hide: () => {
      for (const which of hashes) {
        digits(which).replaceChildren()
        digits(which).hidden = true
      }
      part(showButton, 'span').textContent = texts.credential.showDigits
    }
  })

  showButton.addEventListener('click', () => {
    view.toggle().catch((error) => context.showFailure(error))
  }, { signal: context.signal })

  return {
    hide: view.conceal,
    /** @param {Wire.Preview} preview */
    show: (preview) => {
      const known = preview.hash1.length > 0
      part(root, '[data-part="hashes"]').hidden = !known
      part(root, '[data-part="hashes-empty"]').hidden = known
      showButton.hidden = !known
      for (const which of hashes) {
        part(root, `[data-part="${which}"]`).replaceChildren(...chips(preview[which]))
      }
    }
  }
}

/** @param {readonly string[]} ingredients */
function chips(ingredients) {
  return ingredients.flatMap((ingredient, index) => [
    ...(index > 0 ? [make('div', ':', 'colon')] : []),
    make('div', ingredient, 'chip')
  ])
}

/**
 * The options of a check besides the credential: transport, kind, and the registrar's address.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { RecoveryOptions } from '../frame/screen.js'
 */
import { choose, chosen, find, input, part } from '../parts/dom.js'
import { focusField } from '../parts/field.js'
import { clone } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { confirm } from '../frame/confirm.js'

/**
 * Adds the fields to a form.
 *
 * @param {HTMLElement} form
 * @param {{ transport: Wire.TransportName, kind: Wire.CheckKind, address: string }} start
 */
export function checkOptions(form, { transport, kind, address }) {
  transports(form, transport)
  part(form, '[data-part="check-options"]').replaceChildren(clone('check-options'))
  choose(form, 'kind', kind)
  input(form, '#address').value = address
  find(form, '[data-part="options"]', HTMLDetailsElement).open = address !== ''
  const follow = () => {
    const now = readOptions(form)
    part(form, '[data-part="options-now"]').textContent =
      texts.check.optionsNow(now.kind === 'full' ? texts.check.full : texts.check.query, now.address.trim() || texts.check.byDns)
  }
  follow()
  form.addEventListener('input', follow)
}

/**
 * @param {HTMLElement} form
 * @param {Wire.TransportName} transport
 */
export function transports(form, transport) {
  part(form, '[data-part="transports"]').replaceChildren(clone('transports'))
  choose(form, 'transport', transport)
}

/** @param {HTMLElement} form */
export const chosenTransport = (form) => /** @type {Wire.TransportName} */ (chosen(form, 'transport'))

/** @param {HTMLElement} form */
export const readOptions = (form) => ({
  transport: chosenTransport(form),
  kind: /** @type {Wire.CheckKind} */ (chosen(form, 'kind')),
  address: input(form, '#address').value
})

/**
 * Recovery options for a registrar that rejects the kind of check that was run.
 *
 * @param {HTMLFormElement} form
 * @returns {RecoveryOptions}
 */
export const otherKind = (form) => {
  const run = (/** @type {Wire.CheckKind} */ kind) => {
    choose(form, 'kind', kind)
    form.dispatchEvent(new Event('change'))
    form.requestSubmit()
  }
  const words = texts.check
  const agreed = () => confirm({ title: words.fullTitle, text: words.fullText, yes: words.fullConfirm })
  return {
    register_fully: {
      act: async () => {
        if (await agreed()) {
          run('full')
        }
      }
    },
    only_look: { act: () => run('query') }
  }
}

/** @param {HTMLElement} form */
export const typeAddress = (form) => focusField(input(form, '#address'))

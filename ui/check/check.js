/**
 * The check of a typed credential, for support; independent of any journey.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, choose, find, input, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { checkOptions, otherKind, readOptions, typeAddress } from './options.js'
import { pingPart } from './ping.js'
import { checkResults } from './results.js'
import { runCheck } from './run.js'
import { secretField } from './secret.js'
import { watchPart } from './watch.js'
import { keepDrafts } from '../parts/drafts.js'
import { fillPairs } from '../parts/pairs.js'

export const check = defineScreen({
  id: 'check',

  mount({ body, foot }, { practice, form, last }, context) {
    const { signal } = context
    const fields = find(body, '#check-form', HTMLFormElement)
    const start = button(foot, 'check-registration')

    checkOptions(fields, form)
    input(fields, '#realm').value = form.realm
    input(fields, '#userName').value = form.userName
    choose(fields, 'proof', form.proof)
    const secret = secretField(fields, form.secretKnown ? form.proof : null, context)
    /** @returns {Wire.CheckDraft} */
    const read = () => ({
      realm: input(fields, '#realm').value,
      userName: input(fields, '#userName').value,
      proof: secret.proof(),
      ...readOptions(fields)
    })
    keepDrafts(fields, () => ({ form: 'check', draft: read() }), context)
    if (form.sample) {
      offerSample(body, start, form.sample, signal)
    }

    const recoveryOptions = {
      try_again: { act: () => fields.requestSubmit() },
      type_address: { act: () => typeAddress(fields) },
      ...otherKind(fields)
    }
    const results = checkResults(body, context, recoveryOptions)
    const sayAgain = () => {
      part(start, 'span').textContent = texts.check.checkAgain
    }
    if (last) {
      results.draw(last, last.dns)
      sayAgain()
    }

    fields.addEventListener('submit', (event) => {
      event.preventDefault()
      const draft = read()
      const taken = secret.take()
      void runCheck(context, results, {
        kind: draft.kind,
        ask: (kind, listen, stop) => ipc.checkTyped({ draft: { ...draft, kind }, secret: taken.text }, listen, stop),
        dnsOf: ({ dns }) => dns,
        onReport: () => {
          secret.sent(taken)
          sayAgain()
        }
      }, recoveryOptions)
    }, { signal })

    pingPart(body, context, read, recoveryOptions)
    watchPart(body, context, () => ({ draft: read(), taken: secret.take() }), secret.sent)

    const toggle = button(body, 'check-practice')
    part(toggle, 'span').textContent = practice ? texts.check.practiceOff : texts.check.practice
    toggle.addEventListener('click', () =>
      void context.move(() => ipc.openCheck({ practice: !practice })), { signal })
  }
})

/**
 * @param {HTMLElement} root
 * @param {HTMLButtonElement} start
 * @param {Wire.SampleCheck} sample
 * @param {AbortSignal} signal
 */
function offerSample(root, start, sample, signal) {
  const words = texts.check
  part(root, '[data-part="sample"]').hidden = false
  fillPairs(part(root, '[data-part="sample-values"]'), [
    [words.realm, sample.realm],
    [words.userName, sample.userName],
    [words.password, sample.password ?? words.samplePasswordReplaced],
    [words.address, sample.address]
  ])
  button(root, 'fill-in').addEventListener('click', () => {
    choose(root, 'proof', 'password')
    input(root, '#realm').value = sample.realm
    input(root, '#userName').value = sample.userName
    input(root, '#secret').value = sample.password ?? ''
    input(root, '#address').value = sample.address
    const form = part(root, '#check-form')
    form.dispatchEvent(new Event('input'))
    form.dispatchEvent(new Event('change'))
    const next = sample.password === null ? input(root, '#secret') : start
    next.focus()
  }, { signal })
}

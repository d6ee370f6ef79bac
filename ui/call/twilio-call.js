/**
 * A call through Twilio: first the keys, then the call.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context, ScreenOf, View } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, choose, chosen, fillList, find, input, make, part } from '../parts/dom.js'
import { hintOf, setLabel } from '../parts/field.js'
import { clone } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { verdictBanner } from '../parts/banner.js'
import { keepDrafts } from '../parts/drafts.js'
import { fillPairs } from '../parts/pairs.js'
import { mayBeForgotten } from '../parts/sign-in-fields.js'
import { canBeShown, forgetWhenLeft } from '../parts/secret-view.js'
import { mayCost } from './cost.js'
import { stateItem } from './timeline.js'

/**
 * @param {View} view
 * @param {ScreenOf<'call'>} screen
 * @param {Context} context
 * @param {() => void} onReport
 */
export function twilioCall({ body: root, foot }, { form, head, lastCall }, context, onReport) {
  const { signal } = context
  root.replaceChildren(clone('twilio-call'))
  fillKeys(root, form)
  showKeys(root, foot, !form.checked)
  const follow = () => showKeyKind(root)
  follow()
  part(root, '#keys-form').addEventListener('change', follow, { signal })
  if (form.sample) {
    offerSample({ body: root, foot }, form, form.sample, signal)
  }
  keysForm(root, form, context)
  if (form.checked) {
    callForm({ body: root, foot }, head.practice, context, onReport)
  }
  if (lastCall?.way === 'twilio') {
    drawReport(root, foot, lastCall)
    onReport()
  }
  button(root, 'change-keys').addEventListener('click', () => {
    showKeys(root, foot, true)
    input(root, '#accountSid').focus()
  }, { signal })
}

/**
 * Shows either the keys or the call, with the matching button.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} foot
 * @param {boolean} open whether the keys are asked for
 */
function showKeys(root, foot, open) {
  part(root, '[data-part="keys"]').hidden = !open
  part(root, '[data-part="keys-checked"]').hidden = open
  part(root, '[data-part="call"]').hidden = open
  button(foot, 'check-twilio').hidden = !open
  button(foot, 'place-call').hidden = open
}

/**
 * @param {HTMLElement} root
 * @param {Wire.CallForm} form
 */
function fillKeys(root, form) {
  input(root, '#accountSid').value = form.accountSid
  input(root, '#keySid').value = form.keySid
  input(root, '#to').value = form.to
  input(root, '#remember').checked = form.secretSaved
  hintOf(root, 'secret').hidden = !form.secretSaved
  choose(root, 'keyKind', form.keyKind)
  choose(root, 'message', form.message)
  input(root, '#url').value = form.url
  find(root, '#twiml', HTMLTextAreaElement).value = form.twiml
  find(root, '[data-part="call-options"]', HTMLDetailsElement).open = form.message !== 'standard'
  showMessage(root)
  drawTarget(root, form.target)
  input(root, '#from').value = form.from
  part(root, '#from-numbers').replaceChildren(...form.numbers.map((number) => {
    const option = make('option', number)
    option.value = number
    return option
  }))
}

/** @param {HTMLElement} root */
function showKeyKind(root) {
  const key = chosen(root, 'keyKind') === 'api_key'
  part(root, '[data-part="key-sid"]').hidden = !key
  setLabel(root, 'secret', key ? texts.call.secretKey : texts.call.secretToken)
}

/**
 * Shows the field for the selected kind of message.
 *
 * @param {HTMLElement} root
 */
function showMessage(root) {
  const message = /** @type {Wire.CallMessage} */ (chosen(root, 'message'))
  part(root, '[data-part="message-url"]').hidden = message !== 'url'
  part(root, '[data-part="message-twiml"]').hidden = message !== 'twiml'
  part(root, '[data-part="call-options-now"]').textContent = texts.call.optionsNow(texts.call[message])
}

/**
 * Returns the call form as typed.
 *
 * @param {HTMLElement} root
 * @returns {Wire.CallDraft}
 */
const readCall = (root) => ({
  from: input(root, '#from').value,
  to: input(root, '#to').value,
  message: /** @type {Wire.CallMessage} */ (chosen(root, 'message')),
  url: input(root, '#url').value,
  twiml: find(root, '#twiml', HTMLTextAreaElement).value
})

/**
 * @param {HTMLElement} root
 * @param {string} target
 */
function drawTarget(root, target) {
  const output = part(root, '[data-part="target"]')
  output.textContent = target || texts.call.targetEmpty
  output.className = target ? 'mono' : 'hint'
}

/**
 * @param {View} view
 * @param {Wire.CallForm} form
 * @param {Wire.SampleTwilio} sample
 * @param {AbortSignal} signal
 */
function offerSample({ body: root, foot }, form, sample, signal) {
  part(root, '[data-part="sample"]').hidden = false
  fillPairs(part(root, '[data-part="sample-values"]'), form.checked
    ? [[texts.call.sampleTo, sample.to]]
    : [[texts.call.accountSid, sample.accountSid], [texts.call.authToken, sample.authToken], [texts.call.sampleTo, sample.to]])
  button(root, 'fill-in').addEventListener('click', () => {
    input(root, '#to').value = sample.to
    if (form.checked) {
      part(root, '#call-form').dispatchEvent(new Event('input'))
      button(foot, 'place-call').focus()
      return
    }
    choose(root, 'keyKind', 'auth_token')
    input(root, '#accountSid').value = sample.accountSid
    input(root, '#secret').value = sample.authToken
    part(root, '#keys-form').dispatchEvent(new Event('change'))
    part(root, '#keys-form').dispatchEvent(new Event('input'))
    // The number is in the form that appears once the keys are accepted.
    void ipc.saveDraft({ form: 'call', draft: { ...readCall(root), from: form.from, to: sample.to } })
    button(foot, 'check-twilio').focus()
  }, { signal })
}

/**
 * @param {HTMLElement} root
 * @param {Wire.CallForm} form
 * @param {Context} context
 */
function keysForm(root, form, context) {
  const keys = find(root, '#keys-form', HTMLFormElement)
  const secret = input(root, '#secret')
  /** @returns {Wire.TwilioDraft} */
  const read = () => ({
    accountSid: input(root, '#accountSid').value,
    keyKind: /** @type {Wire.TwilioKeyKind} */ (chosen(root, 'keyKind')),
    keySid: input(root, '#keySid').value
  })
  if (!form.checked) {
    keepDrafts(keys, () => ({ form: 'twilio', draft: read() }), context)
  }
  keys.addEventListener('submit', async (event) => {
    event.preventDefault()
    const req = {
      draft: read(),
      secret: secret.value === '' ? null : secret.value,
      remember: input(root, '#remember').checked
    }
    if (!await mayBeForgotten(form.secretSaved, req.remember)) {
      return
    }
    void context.run(
      { stage: texts.call.checking, cancelSays: texts.call.checkCancel },
      async (stop) => context.show(await ipc.checkTwilio(req, stop)),
      {
        try_again: { act: () => keys.requestSubmit() },
        sign_in_again: { act: () => secret.select() }
      })
  }, { signal: context.signal })
  canBeShown(secret, button(root, 'show-typed'), context)
  forgetWhenLeft(secret, context.signal)
}

/**
 * @param {View} view
 * @param {boolean} practice
 * @param {Context} context
 * @param {() => void} onReport
 */
function callForm({ body: root, foot }, practice, context, onReport) {
  const place = find(root, '#call-form', HTMLFormElement)
  const states = part(root, '[data-part="states"]')
  const hangUp = button(root, 'hang-up')
  const read = () => readCall(root)
  keepDrafts(place, () => ({ form: 'call', draft: read() }), context, ({ target }) =>
    drawTarget(root, target ?? ''))
  place.addEventListener('change', () => showMessage(root), { signal: context.signal })

  place.addEventListener('submit', async (event) => {
    event.preventDefault()
    const draft = read()
    if (draft.message !== 'standard') {
      // Problems are shown beside their field.
      find(root, '[data-part="call-options"]', HTMLDetailsElement).open = true
    }
    const question = { title: texts.call.costTitle, text: texts.call.costText(draft.to), yes: texts.call.costConfirm }
    if (!practice && !await mayCost('twilio', question)) {
      return
    }
    void context.run({ stage: texts.call.calling, cancelSays: texts.call.callCancel }, async (stop, stage) => {
      const began = performance.now()
      states.replaceChildren()
      part(root, '[data-part="verdict"]').replaceChildren()
      part(root, '[data-part="notes-part"]').hidden = true
      part(root, '[data-part="states-part"]').hidden = false
      hangUp.hidden = false
      try {
        const report = await ipc.placeCall({ draft }, ({ sentence }) => {
          if (!stop.aborted) {
            stage(sentence)
            states.append(stateItem({ second: Math.round((performance.now() - began) / 1000), sentence }))
          }
        }, stop)
        if (!context.signal.aborted) {
          drawReport(root, foot, report)
          onReport()
          part(root, '[data-part="verdict"] .banner-sentence').focus({ preventScroll: true })
          part(root, '[data-part="verdict"]').scrollIntoView({ block: 'nearest' })
        }
      } finally {
        hangUp.hidden = true
      }
    })
  }, { signal: context.signal })

  hangUp.addEventListener('click', () => {
    context.stop()
    context.say(texts.call.hangsUp)
  }, { signal: context.signal })
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} foot
 * @param {Wire.CallReport} report
 */
function drawReport(root, foot, report) {
  const place = find(root, '#call-form', HTMLFormElement)
  part(root, '[data-part="states-part"]').hidden = report.states.length === 0
  part(root, '[data-part="states"]').replaceChildren(...report.states.map(stateItem))
  part(root, '[data-part="verdict"]').replaceChildren(verdictBanner(report.verdict, {
    try_again: { act: () => place.requestSubmit(), label: texts.call.again }
  }))
  fillList(part(root, '[data-part="notes"]'), report.notes)
  part(root, '[data-part="notes-part"]').hidden = report.notes.length === 0
  const again = button(foot, 'place-call')
  again.textContent = texts.call.again
  again.dataset.variant = ''
}

/**
 * Step 5: check from this computer, then enter the values into the phone and wait for it.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context, RecoveryOptions } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, fillList, find, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { oneAtATime } from '../frame/work.js'
import { checkOptions, otherKind, readOptions, typeAddress } from '../check/options.js'
import { checkResults } from '../check/results.js'
import { runCheck } from '../check/run.js'
import { confirm } from '../frame/confirm.js'
import { knownPassword } from '../parts/known-password.js'
import { settingsTable } from '../parts/settings-table.js'
import { watchPhone } from './phone-watch.js'

export const register = defineScreen({
  id: 'register',

  mount({ body, foot }, { head, phone, lastCheck, registered }, context) {
    const { signal } = context
    const next = button(foot, 'continue-to-call')

    part(body, '[data-part="unknown"]').hidden = phone.passwordLength !== null
    settingsTable(part(body, '[data-part="settings"]'), phone, context)
    part(body, '[data-part="found"]').textContent = phone.found
    fillList(part(body, '[data-part="other-hints"]'), texts.register.otherHints)

    next.textContent = texts.register.nextWithout
    next.dataset.variant = ''
    let isRegistered = false
    const watch = watchPhone(body, {
      practice: head.practice,
      registered,
      context,
      onRegistered: () => {
        isRegistered = true
        next.textContent = texts.register.next
        next.dataset.variant = 'primary'
      }
    })

    knownPassword(body, context)
    const replace = async () => {
      if (await confirm({ title: texts.register.newTitle, text: texts.register.newText, yes: texts.register.newConfirm })) {
        void context.run(
          { stage: texts.register.makingNew },
          async (stop) => context.show(await ipc.changePassword({ password: null }, stop)))
      }
    }
    button(body, 'change-password').addEventListener('click', () => void replace(), { signal })

    checkPart(body, { phone, lastCheck }, context, { new_password: { act: () => void replace() } }, () => {
      if (!isRegistered) {
        void watch.watch()
      }
    })

    button(body, 'save-linphone').addEventListener('click', oneAtATime(async () => {
      try {
        const path = await ipc.save({ what: 'linphone' })
        context.say(path === null ? texts.register.notSaved : texts.register.saved(path))
      } catch (error) {
        context.showFailure(error)
      }
    }), { signal })

    next.addEventListener('click', () => void context.move(ipc.continueToCall), { signal })
  }
})

/**
 * The check from this computer.
 *
 * @param {HTMLElement} root
 * @param {{ phone: Wire.PhoneSettings, lastCheck: Wire.CheckReport | null }} screen
 * @param {Context} context
 * @param {RecoveryOptions} recoveryOptions
 * @param {() => void} onGood
 */
function checkPart(root, { phone, lastCheck }, context, recoveryOptions, onGood) {
  const form = find(root, '#check-form', HTMLFormElement)
  const all = {
    try_again: { act: () => form.requestSubmit() },
    type_address: { act: () => typeAddress(form) },
    ...otherKind(form),
    ...recoveryOptions
  }
  checkOptions(form, { transport: phone.transport, kind: 'full', address: '' })
  const results = checkResults(root, context, all)
  const sayAgain = () => {
    part(form, '[data-action="check-registration"] span').textContent = texts.check.checkAgain
  }
  if (lastCheck) {
    results.draw(lastCheck, phone.dns)
    sayAgain()
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const asked = readOptions(form)
    void runCheck(context, results, {
      kind: asked.kind,
      ask: (kind, listen, stop) => ipc.checkRegistration({ ...asked, kind }, listen, stop),
      dnsOf: () => phone.dns,
      onReport: ({ verdict }) => {
        sayAgain()
        if (verdict.tone === 'good') {
          onGood()
        }
      }
    }, all)
  }, { signal: context.signal })
}

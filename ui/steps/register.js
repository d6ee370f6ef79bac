/**
 * Step 5: check from this computer, then put the values into the phone and wait for it.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context, WaysOn } from '../screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, choose, chosen, fillList, find, input, make, part } from '../dom.js'
import { texts } from '../locales/index.js'
import { defineStep } from '../screen.js'
import { verdictBanner } from '../widgets/banner.js'
import { confirm } from '../widgets/confirm.js'
import { ladder } from '../widgets/ladder.js'
import { focusField } from '../widgets/failure.js'
import { fillPairs } from '../widgets/pairs.js'
import { knownPassword } from '../widgets/known-password.js'
import { settingsTable } from '../widgets/settings-table.js'
import { watchPhone } from '../widgets/watch.js'

export const register = defineStep({
  id: 'register',

  mount(root, { head, phone, lastCheck, registered }, context) {
    const { signal } = context
    const next = button(root, 'registration-done')

    choose(root, 'transport', phone.transport)
    part(root, '[data-part="unknown"]').hidden = phone.passwordLength !== null
    settingsTable(part(root, '[data-part="settings"]'), phone, context)
    part(root, '[data-part="found"]').textContent = phone.found
    fillList(part(root, '[data-part="other-hints"]'), texts.register.otherHints)

    next.textContent = texts.register.nextWithout
    next.dataset.variant = ''
    let isRegistered = false
    const watch = watchPhone(root, {
      practice: head.practice,
      registered,
      context,
      onRegistered: () => {
        isRegistered = true
        next.textContent = texts.register.next
        next.dataset.variant = 'primary'
      }
    })

    knownPassword(root, context)
    const replace = async () => {
      if (await confirm({ title: texts.register.newTitle, text: texts.register.newText, yes: texts.register.newConfirm })) {
        void context.run(
          { stage: texts.register.makingNew },
          async (stop) => context.show(await ipc.newPassword({ password: null }, stop)))
      }
    }
    button(root, 'new-password').addEventListener('click', () => void replace(), { signal })

    const check = checkPart(root, context, { new_password: { act: () => void replace() } }, () => {
      if (!isRegistered) {
        void watch.watch()
      }
    })
    if (lastCheck) {
      check.draw(lastCheck)
    }

    button(root, 'save-linphone').addEventListener('click', async () => {
      try {
        const path = await ipc.save({ what: 'linphone' })
        context.say(path === null ? texts.register.notSaved : texts.register.saved(path))
      } catch (error) {
        context.showFailure(error)
      }
    }, { signal })

    next.addEventListener('click', () => void context.move(ipc.registrationDone), { signal })
  }
})

/**
 * The check from this computer.
 *
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {WaysOn} waysOn
 * @param {() => void} onGood
 */
function checkPart(root, context, waysOn, onGood) {
  const form = find(root, '#check-form', HTMLFormElement)
  const rungs = ladder(root, context.signal)
  const verdict = part(root, '[data-part="verdict"]')

  const all = {
    try_again: { act: () => form.requestSubmit() },
    type_address: {
      act: () => {
        find(root, '[data-part="options"]', HTMLDetailsElement).open = true
        focusField(input(root, '#address'))
      }
    },
    ...waysOn
  }

  const draw = (/** @type {Wire.CheckReport} */ report) => {
    verdict.replaceChildren(verdictBanner(report.verdict, all))
    rungs.set(report.ladder)
    drawFacts(root, report)
    part(form, '[data-action="check-registration"] span').textContent = texts.register.checkAgain
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const kind = /** @type {Wire.CheckKind} */ (chosen(form, 'kind'))
    void context.run(
      {
        stage: texts.register.checking,
        cancelSays: kind === 'full' ? texts.register.checkCancel : texts.register.lookCancel
      },
      async (stop) => {
        verdict.replaceChildren()
        part(root, '[data-part="facts-card"]').hidden = true
        rungs.set([])
        const report = await ipc.checkRegistration({
          kind,
          transport: /** @type {Wire.TransportName} */ (chosen(form, 'transport')),
          address: input(form, '#address').value
        }, (line) => {
          if (!stop.aborted) {
            rungs.add(line)
          }
        }, stop)
        if (context.signal.aborted) {
          return
        }
        draw(report)
        const sentence = part(verdict, '.banner-sentence')
        sentence.focus({ preventScroll: true })
        verdict.scrollIntoView({ block: 'nearest' })
        if (report.verdict.tone === 'good') {
          onGood()
        }
      },
      all)
  }, { signal: context.signal })

  return { draw }
}

/**
 * @param {HTMLElement} root
 * @param {Wire.CheckReport} report
 */
function drawFacts(root, report) {
  const words = texts.register
  part(root, '[data-part="facts-card"]').hidden = false
  /** @type {[string, string | null][]} */
  const facts = [
    [words.askedAt, report.target],
    [words.acceptedAs, report.acceptedUserName],
    [words.seenAs, report.seenAs],
    [words.ownBinding, report.unregistered]
  ]
  fillPairs(part(root, '[data-part="facts"]'),
    facts.flatMap(([name, value]) => (value === null ? [] : [/** @type {[string, string]} */ ([name, value])])))

  const table = part(root, '[data-part="bindings"]')
  table.hidden = report.bindings.length === 0
  part(root, '[data-part="no-bindings"]').hidden = report.bindings.length > 0
  part(table, 'tbody').replaceChildren(...report.bindings.map(({ address, expires, ours }) => {
    const row = document.createElement('tr')
    const cell = make('td', address, 'value')
    if (ours) {
      cell.append(' ', make('span', words.bindingOurs, 'tag'))
    }
    row.append(cell, make('td', texts.time.seconds(expires)))
    return row
  }))
}

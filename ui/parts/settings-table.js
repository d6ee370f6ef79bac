/**
 * The values to enter into the phone, each with a copy button.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { make, part } from './dom.js'
import { clone } from './template.js'
import { texts } from '../texts/all.js'
import { copyButton } from './copy.js'
import { putInFours, showBriefly } from './secret-view.js'

/** Shown in place of the password; its length is given in words. */
const DOTS = '••••••••••'

/**
 * @param {HTMLElement} body a `<tbody>`
 * @param {Wire.PhoneSettings} phone
 * @param {Context} context
 */
export function settingsTable(body, phone, context) {
  const words = texts.settings
  /** @type {[Wire.Copyable, string, string, string | null][]} */
  const rows = [
    ['user_name', words.userName, words.userNameAlso, phone.userName],
    ['password', words.password, texts.credential.characters(phone.passwordLength ?? 0), phone.passwordLength === null ? null : DOTS],
    ['realm', words.realm, words.realmAlso, phone.realm],
    ['registrar', words.registrarHost, words.registrarAlso, phone.registrar === phone.realm ? null : phone.registrar || null],
    ['port', words.port, '', phone.port === null ? words.portUnknown : String(phone.port)],
    ['transport', words.transportName, '', phone.transport.toUpperCase()]
  ]
  body.replaceChildren(...rows.flatMap(([what, name, also, value]) =>
    value === null ? [] : [row(what, name, also, value, phone, context)]))
}

/**
 * @param {Wire.Copyable} what
 * @param {string} name
 * @param {string} also
 * @param {string} value
 * @param {Wire.PhoneSettings} phone
 * @param {Context} context
 */
function row(what, name, also, value, phone, context) {
  const fragment = clone('setting')
  const line = part(fragment, 'tr')
  const output = part(line, '.value')
  const buttons = part(line, '.setting-buttons')
  line.dataset.setting = what
  part(line, '.setting-name').textContent = name
  part(line, '.hint').textContent = also
  output.append(...breakable(value))
  if (what === 'password') {
    buttons.append(showButton(output, part(line, '.setting-more'), context))
  }
  if (what !== 'port' || phone.port !== null) {
    buttons.append(copyButton(what, name, context.signal))
  }
  if (what === 'user_name') {
    const whole = copyButton('user_name_with_realm', texts.settings.copyWithRealm, context.signal)
    part(whole, 'span').textContent = texts.settings.copyWithRealm
    whole.removeAttribute('aria-label')
    whole.title = texts.settings.userNameWithRealmAlso
    part(line, '.setting-more').append(whole)
  }
  return line
}

/**
 * Allows line breaks after the dots of a long name, where it reads best.
 *
 * @param {string} value
 */
function breakable(value) {
  return (value.match(/[^.@]*[.@]?/g) ?? []).flatMap((piece) => [piece, make('wbr')])
}

/**
 * @param {HTMLElement} output
 * @param {HTMLElement} more
 * @param {Context} context
 */
function showButton(output, more, context) {
  const button = make('button', texts.app.show, 'button')
  button.type = 'button'
  button.dataset.variant = 'small'
  button.dataset.action = 'show-password'
  const label = (/** @type {string} */ word) => {
    button.textContent = word
    button.setAttribute('aria-label', texts.app.actionOf(word, texts.settings.password))
  }
  label(texts.app.show)
  const view = showBriefly({
    signal: context.signal,
    show: async () => {
      putInFours(output, await ipc.reveal({ what: 'password', typed: null, draft: null }))
      more.replaceChildren(make('p', texts.app.gaps, 'hint'))
      label(texts.app.hide)
    },
    onShown: (until) => context.say(texts.app.shownFor, until),
    hide: () => {
      output.textContent = DOTS
      more.replaceChildren()
      label(texts.app.show)
    }
  })
  button.addEventListener('click', () => {
    view.toggle().catch(context.showFailure)
  }, { signal: context.signal })
  return button
}

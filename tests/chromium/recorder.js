/*
 * Runs in the app's own window, at Home, in a test of the group `desktop`: writes down what the window
 * asks, what it is answered, and what the person does. Secrets are as many letters x.
 */
const tauri = window.__TAURI__
const events = []
let channels = 0
let calls = 0

/** Fields of answers, and whole answers of commands, that are secrets. */
const SECRETS = ['authToken', 'clientSecret', 'password', 'secret']
const GIVES_SECRET = ['reveal']
/** What gives a QR code, which may be the password. A square that says nothing stands for it. */
const GIVES_CODE = 'reveal_qr_code'
const NO_CODE = 'M4 4h7v7h-7z'

const hidden = (text) => 'x'.repeat(text.length)

/** A copy of what the app told, without secrets. */
const copy = (told, command) => {
  if (typeof told === 'string' && GIVES_SECRET.includes(command)) {
    return hidden(told)
  }
  if (told && command === GIVES_CODE) {
    return { ...told, path: NO_CODE }
  }
  const hide = (key, value) => (SECRETS.includes(key) && typeof value === 'string' ? hidden(value) : value)
  return told === undefined ? null : JSON.parse(JSON.stringify(told, hide))
}

class Channel extends tauri.core.Channel {
  constructor() {
    super()
    this.number = channels++
  }

  get onmessage() {
    return super.onmessage
  }

  set onmessage(listen) {
    super.onmessage = (message) => {
      events.push({ kind: 'message', channel: this.number, message: copy(message) })
      listen(message)
    }
  }
}

async function invoke(command, args) {
  const call = calls++
  const given = Object.values(args ?? {}).filter((value) => value instanceof Channel)
  events.push({ kind: 'call', call, command, channels: given.map(({ number }) => number) })
  try {
    const answer = await tauri.core.invoke(command, args)
    events.push({ kind: 'answer', call, answer: copy(answer, command) })
    return answer
  } catch (error) {
    events.push({ kind: 'failure', call, answer: copy(error) })
    throw error
  }
}

/** The way to an element from the nearest one above that has an id, other than one that a test gave. */
function selector(element) {
  if (element.id && element.id !== 'wanted') {
    return `#${CSS.escape(element.id)}`
  }
  const parent = element.parentElement
  if (!parent) {
    return ':root'
  }
  return `${selector(parent)} > :nth-child(${[...parent.children].indexOf(element) + 1})`
}

function act(what, element, value) {
  const done = { kind: 'act', what, on: selector(element), value }
  const last = events.at(-1)
  const lastAct = events.findLast(({ kind }) => kind !== 'call' && kind !== 'answer')
  // The letters of one field are one act, whatever was asked between them.
  if (what === 'type' && lastAct?.what === 'type' && lastAct.on === done.on) {
    lastAct.value = value
  } else if (!(last?.kind === 'act' && JSON.stringify(last) === JSON.stringify(done))) {
    events.push(done)
  }
}

const TYPED = 'textarea, input:not([type=radio], [type=checkbox], [type=range], [type=file])'

addEventListener('input', ({ target }) => {
  if (target.matches(TYPED)) {
    const isSecret = target.type === 'password' || /password|secret|token/i.test(target.id)
    act('type', target, isSecret ? hidden(target.value) : target.value)
  }
}, true)

addEventListener('change', ({ target }) => {
  if (target.matches('select')) {
    act('select', target, target.value)
  } else if (target.matches('[type=radio], [type=checkbox]')) {
    act('tick', target)
  }
}, true)

addEventListener('click', ({ target }) => {
  const pressed = target.closest('button, summary, a, [role=row], [role=option]')
  if (pressed) {
    act('click', pressed)
  }
}, true)

/** Keys that do something by themselves in a list; elsewhere, what they press says it by a click. */
const IN_LISTS = ['ArrowDown', 'ArrowUp', 'End', 'Enter', 'Home', ' ']

addEventListener('keydown', ({ key, ctrlKey, target }) => {
  const inList = target.matches('[role=combobox], [role=grid], [role=grid] :not(button, input, a)')
  if (inList && ctrlKey && key.length === 1) {
    act('key', target, `Control+${key}`)
  } else if (key === 'Escape' || (inList && IN_LISTS.includes(key))) {
    act('key', target, key)
  }
}, true)

window.__TAURI__ = { ...tauri, core: { ...tauri.core, Channel, invoke } }

/** What a person can press, and the titles above it. */
const seen = () => [...document.querySelectorAll('h1, h2, h3, button, a, summary')]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .map((element) => element.textContent.trim())

/** Some tests change the size of the window or of its text; what is hidden then is not the same here. */
const isUsual = () => innerWidth === 1180 && document.documentElement.style.fontSize === ''

/** Marks that the screen is looked at now, and gives all that was recorded until then. */
window.recorded = (look) => {
  events.push({ kind: 'look', look, ready: document.body.dataset.ready, seen: isUsual() ? seen() : null })
  return JSON.stringify({ first: window.recordedFirst, events }, null, 1)
}

return tauri.core.invoke('open_home').then((home) => {
  window.recordedFirst = copy(home)
})

/*
 * Stands in for Tauri where a recording is played: answers what the window asks as the app answered it.
 * The line that the server puts before it makes `recording`.
 */
const { first, events } = recording

// What comes after something that the person did belongs to a later turn.
let turns = 0
/** Turns that begin with typing: the window may ask as often as there are letters, or once. */
const typed = new Set()
for (const event of events) {
  event.turn = turns
  if (event.kind === 'act' || event.kind === 'look') {
    turns++
    if (event.what === 'type') {
      typed.add(turns)
    }
  }
}

let turn = 0
/** Promises of claimed calls, by their number in the recording. */
const waiting = new Map()
/** Channels of the window, by their number in the recording. */
const open = new Map()
/** Commands that the recording has no answer to. */
const strays = []
let delivering = Promise.resolve()
let busy = 0

class Channel {
  onmessage = () => {}
}

/** The call of the recording that this one is. */
function claim(command) {
  const same = events.filter((event) => event.kind === 'call' && event.command === command)
  for (const of of [turn, turn + 1]) {
    const unclaimed = same.filter((event) => !event.claimed && event.turn === of)
    // The last of those for each letter says how it ended.
    const claimed = typed.has(of) ? unclaimed.splice(-1)[0] : unclaimed.shift()
    if (claimed) {
      claimed.claimed = true
      if (typed.has(of)) {
        unclaimed.forEach((event) => (event.claimed = true))
      }
      return claimed
    }
  }
  return same.findLast((event) => event.turn <= turn) ?? same.find((event) => event.turn > turn)
}

function invoke(command, args) {
  const call = claim(command)
  if (!call) {
    if (command === 'open_home' && turn === 0) {
      return Promise.resolve(structuredClone(first))
    }
    if (!command.startsWith('subscribe_')) {
      strays.push(command)
    }
    return new Promise(() => {})
  }
  const given = Object.values(args ?? {}).filter((value) => value instanceof Channel)
  call.channels.forEach((number, at) => open.set(number, given[at]))
  busy++
  return new Promise((resolve, reject) => {
    waiting.set(call.call, [...(waiting.get(call.call) ?? []), { resolve, reject }])
    deliver()
  }).finally(() => busy--)
}

/** Gives what the app has told by now, in its order. */
function deliver() {
  delivering = delivering.then(async () => {
    for (const event of events.filter((event) => event.turn <= turn)) {
      if (event.kind === 'message' && !event.given && open.has(event.channel)) {
        event.given = true
        open.get(event.channel)?.onmessage(structuredClone(event.message))
        await null
      } else if ((event.kind === 'answer' || event.kind === 'failure') && waiting.has(event.call)) {
        for (const { resolve, reject } of waiting.get(event.call)) {
          ;(event.kind === 'answer' ? resolve : reject)(structuredClone(event.answer))
        }
        waiting.delete(event.call)
        await new Promise((done) => setTimeout(done))
      }
    }
  })
}

window.__TAURI__ = /** @type {any} */ ({ core: { Channel, invoke } })
window.standIn = {
  strays,
  next() {
    turn++
    deliver()
  },
  /** Everything that the app was asked by now was asked here, too. */
  hasAsked: () => events.every((event) => event.kind !== 'call' || event.turn > turn || event.claimed),
  /** What a person can press, and the titles above it, as the recorder sees it. */
  seen: () => [...document.querySelectorAll('h1, h2, h3, button, a, summary')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .map((element) => element.textContent?.trim()),
  /** Nothing that the app has answered by now is still to come. */
  isQuiet: () => ![...waiting.keys()].some((call) =>
    events.some((event) => event.call === call && event.kind !== 'call' && event.turn <= turn)),
}

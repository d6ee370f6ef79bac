/**
 * Events from outside the window: links opened in another program.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { part } from '../parts/dom.js'
import { texts } from '../texts/index.js'
import { confirm } from './confirm.js'
import { notice } from '../parts/banner.js'
import { announce } from './status-bar.js'

/**
 * Follows links while the window is open.
 *
 * @param {(command: () => Promise<Wire.Screen>) => Promise<void>} move
 */
export function followLinks(move) {
  /** @param {Wire.DeepLinkRequest} asked */
  const follow = async (asked) => {
    if (asked.asks === 'nothing') {
      tell(asked.notice)
    } else if (document.body.dataset.screen === 'home' || await agreed()) {
      await move(() => ipc.startJourney({ practice: true }))
    }
  }
  ipc.subscribeDeepLinks((asked) => void follow(asked)).catch(() => {})
}

/** Asks before leaving the open screen, because a link may come from anywhere at any time. */
async function agreed() {
  const dialog = document.querySelector('dialog[open]')
  if (dialog || !part(document, '#practice').hidden) {
    return false
  }
  return await confirm({
    title: texts.deepLinks.practiceTitle,
    text: texts.deepLinks.practiceText,
    note: texts.deepLinks.practiceNote,
    yes: texts.deepLinks.practiceYes
  })
}

/** @param {Wire.Notice} told */
function tell(told) {
  const banner = notice(told)
  banner.dataset.link = 'ignored'
  document.querySelector('[data-link="ignored"]')?.remove()
  part(document, '#notices').append(banner)
  announce(told.sentence)
}

/**
 * Opens the first screen.
 *
 * Hooks that tests of the whole window may rely on:
 * | what | where |
 * |---|---|
 * | the screen is mounted and focused, and takes presses | `body[data-ready="<screen>"]`, a `Screen`'s tag |
 * | long work runs | `#work[aria-busy="true"]`, its line in `#stage` |
 * | a field | its id is its name in the request: `#accountNumber`, `#userName` |
 * | a button | `[data-action="<command or action>"]` |
 * | a failure | `#failure .failure[data-kind="<kind>"]`, its buttons `[data-recovery-option="<option>"]` |
 * | a problem of a field | `#<field>-problem` |
 * | a verdict | `.verdict[data-tone="<tone>"]` |
 */
import { first } from './ipc/first.js'
import { fillTexts } from './parts/template.js'
import { texts } from './texts/index.js'
import { moveTo, open, showFailure } from './frame/frame.js'
import { behaveAsApp } from './frame/native.js'
import { followLinks } from './frame/deep-links.js'
import { judgePresses } from './frame/presses.js'
import { loadOthers } from './frame/screens.js'
import { askBeforeClosing } from './frame/password-loss.js'

/** How long the window waits for its fonts, in milliseconds. It can be used without them. */
const LETTERS_WAIT = 100

document.title = texts.app.name
judgePresses()
behaveAsApp()

async function begin() {
  // Drawing without the fonts would lay out everything twice, first with fallback fonts that must be
  // looked up for each weight. So the body is hidden until they are loaded.
  const letters = document.fonts.load('1rem Inter').catch(() => {})
  await Promise.race([letters, new Promise((resolve) => setTimeout(resolve, LETTERS_WAIT))])
  fillTexts(document)
  const screen = await first
  document.body.hidden = false
  open(screen)
  // The end of the measurement 'from the start to the first usable screen'.
  performance.mark('ready')
  await loadOthers()
  followLinks(moveTo)
  askBeforeClosing()
}

begin().catch((error) => {
  document.body.hidden = false
  showFailure(error)
})

/**
 * Opens the first screen.
 *
 * Hooks that tests of the whole window may rely on:
 * | what | where |
 * |---|---|
 * | the screen is mounted and focused | `body[data-ready="<screen>"]`, a `Screen`'s tag |
 * | long work runs | `#work[aria-busy="true"]`, its line in `#stage` |
 * | a field | its id is its name in the request: `#accountNumber`, `#userName` |
 * | a button | `[data-action="<command or deed>"]` |
 * | a failure | `#failure .failure[data-kind="<kind>"]`, its buttons `[data-way="<way on>"]` |
 * | a problem of a field | `#<field>-problem` |
 * | a verdict | `.verdict[data-tone="<tone>"]` |
 */
import * as ipc from './ipc/commands.js'
import { fillTexts } from './dom.js'
import { texts } from './locales/index.js'
import { moveTo, open, showFailure } from './frame.js'
import { followLinks } from './outside.js'
import { loadOthers } from './screens.js'

document.title = texts.app.name
fillTexts(document)

async function begin() {
  open(await ipc.home())
  // What 'from the start to the first usable screen' is measured by.
  performance.mark('ready')
  await loadOthers()
  followLinks(moveTo)
}

begin().catch(showFailure)

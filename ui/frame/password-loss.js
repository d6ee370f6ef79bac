/** Asks before a generated password is lost that was neither copied nor saved. */
import * as ipc from '../ipc/commands.js'
import { texts } from '../texts/index.js'
import { confirm } from './confirm.js'

/** Returns whether the open screen may be left. */
export async function mayBeLeft() {
  const userName = await ipc.unsavedPassword().catch(() => null)
  return userName === null || await agrees(userName, texts.passwordLoss.leave)
}

/** Returns whether the app may restart. */
export async function mayRestart() {
  const userName = await ipc.unsavedPasswords().catch(() => null)
  return userName === null || await agrees(userName, texts.passwordLoss.leave)
}

/** Asks for confirmation when the window is about to close, for as long as it is open. */
export function askBeforeClosing() {
  ipc.subscribeCloseRequests((userName) => void agrees(userName, texts.passwordLoss.close)
    .then((agreed) => agreed ? ipc.closeWindow() : undefined)).catch(() => {})
}

/**
 * @param {string} userName
 * @param {string} yes
 */
const agrees = (userName, yes) => confirm({
  title: texts.passwordLoss.title(userName),
  text: texts.passwordLoss.text,
  note: texts.passwordLoss.note,
  yes,
  danger: true
})

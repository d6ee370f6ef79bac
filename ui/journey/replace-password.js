/**
 * Replaces the password of the credential that is being set up, after asking.
 *
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { texts } from '../texts/all.js'
import { confirm } from '../frame/confirm.js'

/** @param {Context} context */
export async function replacePassword(context) {
  const words = texts.knownPassword
  if (await confirm({ title: words.newTitle, text: words.newText, yes: words.newConfirm })) {
    await context.run(
      { stage: words.makingNew },
      async (stop) => context.show(await ipc.changePassword({ password: null }, stop)))
  }
}

/**
 * Asks for the permission that a check or call needs to continue.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { texts } from '../texts/all.js'
import { confirm } from '../frame/confirm.js'

/**
 * Asks the question. The app remembers consent to a realm; consent to a registration is for one check.
 * Escape means no.
 *
 * @param {Wire.CheckQuestion} question
 * @returns {Promise<boolean>}
 */
export async function allows(question) {
  const words = texts.question
  if (question.about === 'replace') {
    return confirm({
      title: words.replaceTitle,
      text: question.listed ? words.replaceText : words.replaceUnknown,
      list: question.phones,
      note: words.replaceNote,
      yes: words.replaceYes,
      danger: true
    })
  }
  if (question.about === 'forbidden') {
    return confirm({
      title: words.forbiddenTitle,
      text: question.answered ? words.forbiddenAnswered : words.forbiddenUnasked,
      note: words.replaceNote,
      yes: words.replaceYes,
      danger: true
    })
  }
  const { host, realm, shown } = question
  const yes = await confirm({
    title: words.realmTitle,
    text: words.realmText(host, shown),
    list: words.realmList,
    note: words.realmNote,
    yes: words.realmYes,
    danger: true
  })
  if (yes) {
    await ipc.allowRealm({ host, realm })
  }
  return yes
}

/**
 * Offers to delete the files that were saved for the phone, once it is registered.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, fillList, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { confirm } from '../frame/confirm.js'
import { oneAtATime } from '../frame/work.js'
import { notice } from '../parts/banner.js'

/**
 * @param {HTMLElement} root
 * @param {readonly string[]} files where they were saved
 * @param {Context} context
 * @returns {{ offer: () => void }}
 */
export function savedFiles(root, files, context) {
  const card = part(root, '[data-part="saved-files"]')
  const remove = button(card, 'delete-phone-files')
  const words = texts.wait
  fillList(part(card, '[data-part="file-list"]'), files)
  remove.textContent = words.filesDelete(files.length)
  remove.addEventListener('click', oneAtATime(async () => {
    const agreed = await confirm({
      title: words.filesAsk(files.length), text: words.filesAskText, list: files, yes: words.filesYes(files.length), danger: true
    })
    if (!agreed) {
      return
    }
    try {
      const deleted = await ipc.deletePhoneFiles()
      card.hidden = true
      part(root, '[data-part="deleted-files"]').replaceChildren(...deleted.map(told))
      context.focusHeading()
    } catch (error) {
      context.showFailure(error)
    }
  }), { signal: context.signal })
  return {
    offer: () => {
      card.hidden = files.length === 0
    }
  }
}

/** @param {Wire.DeletedFile} file */
function told({ path, outcome }) {
  const words = texts.wait
  const sentence = { deleted: words.fileDeleted, missing: words.fileMissing, changed: words.fileChanged, failed: words.fileFailed }[outcome](path)
  return notice({ tone: outcome === 'deleted' ? 'good' : outcome === 'failed' ? 'bad' : 'wait', sentence, next: null })
}

/**
 * The actions on SIP credentials at the desk, each a task.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 * @import { Chosen } from '../../phones/picker.js'
 */
import * as ipc from '../../ipc/commands.js'
import { mountCreate } from './create.js'
import { mountDelete } from './delete.js'
import { mountExport } from './export.js'
import { texts } from '../../texts/all.js'
import { taskFrame } from './task.js'
import { mountPhoneSettings } from './phone-settings.js'
import { mountManyDelete, mountManyPasswords } from './many.js'
import { mountMove } from './move.js'
import { mountPassword } from './password.js'
import { mountSheets } from './sheets.js'
import { mountWhy } from './why.js'

/**
 * What a task can lead to.
 *
 * @typedef {object} Actions
 * @property {(id: number) => void} show closes the task and shows one in the list
 * @property {(id: number) => void} check closes the task and checks one
 * @property {(id: number, phone?: Chosen | null) => void} newPassword replaces the password, then continues with that phone
 * @property {(issued: Wire.DeskIssued) => void} showSettings
 * @property {() => void} jobBegan closes the task and shows the new job
 * @property {() => void} changed draws the list anew
 * @property {() => void} close
 */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {{ show: (id: number) => void, check: (id: number) => void, changed: () => void, jobBegan: () => void,
 *   closed: () => void }} desk
 */
export function deskTasks(root, context, desk) {
  const frame = taskFrame(root, context, desk.closed)
  /** @type {Chosen | null} */
  let chosen = null

  /** @type {Actions} */
  const actions = {
    show: (id) => {
      frame.close()
      desk.changed()
      desk.show(id)
    },
    check: (id) => {
      frame.close()
      desk.show(id)
      desk.check(id)
    },
    newPassword: (id, phone = null) => {
      chosen = phone
      about('desk-password', mountPassword)(id)
    },
    showSettings: (issued) => {
      const phone = chosen
      chosen = null
      desk.changed()
      frame.open('desk-phone-settings', (place, own) => mountPhoneSettings(place, own, { issued, phone }, actions))
    },
    jobBegan: () => {
      frame.close()
      desk.jobBegan()
    },
    changed: desk.changed,
    close: frame.close
  }

  /**
   * @param {string} template
   * @param {(place: HTMLElement, context: Context, credential: Wire.DeskCredential, actions: Actions) => void} mount
   */
  const about = (template, mount) => (/** @type {number} */ id) =>
    void ipc.deskCredential({ id }).then(
      (credential) => frame.open(template, (place, own) => mount(place, own, credential, actions)),
      (error) => context.showFailure(error))

  /**
   * @param {string} template
   * @param {(place: HTMLElement, context: Context, selected: Wire.DeskSelected, rate: number, actions: Actions) => void} mount
   */
  const ofSelected = (template, mount) => (/** @type {number} */ rate) =>
    void ipc.selectedCredentials().then(
      (selected) => frame.open(template, (place, own) => mount(place, own, selected, rate, actions)),
      (error) => context.showFailure(error))

  const setUp = async (/** @type {number} */ id) => {
    chosen = null
    const issued = await context.run(
      { stage: texts.credentials.reading, cancelSays: texts.credentials.lookCancel },
      (stop) => ipc.setUpPhone({ id }, stop),
      { try_again: { act: () => void setUp(id) } })
    // A task opens once no work runs.
    if (issued && !context.signal.aborted) {
      actions.showSettings(issued)
    }
  }

  return {
    isOpen: frame.isOpen,
    setUp,
    /** @param {string} id the ID of an ended job */
    sheets: (id) => void ipc.jobSheets({ id }).then(
      (sheets) => frame.open('desk-sheets', (place, own) => mountSheets(place, own, sheets)),
      (error) => context.showFailure(error)),
    /**
     * @param {readonly Wire.DeskRealm[]} realms
     * @param {number | null} realm
     */
    create: (realms, realm) =>
      frame.open('desk-create', (place, own) => mountCreate(place, own, { realms, realm }, actions)),
    /** @param {{ loaded: number, shown: number, selected: number }} counts */
    save: (counts) =>
      frame.open('desk-export', (place, own) => mountExport(place, own, counts, actions)),
    why: about('desk-why', mountWhy),
    /** @param {number} id */
    password: (id) => actions.newPassword(id),
    move: about('desk-move', mountMove),
    remove: about('desk-delete', mountDelete),
    manyPasswords: ofSelected('desk-many-passwords', mountManyPasswords),
    manyDelete: ofSelected('desk-many-delete', mountManyDelete)
  }
}

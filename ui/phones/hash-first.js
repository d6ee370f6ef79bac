/**
 * The list of phones where nobody knows the password: those that take its hash come first.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Group } from './picker.js'
 */
import { texts } from '../texts/all.js'
import { whole } from './search.js'

/**
 * @param {Wire.PhoneList} list
 * @returns {Group[][]}
 */
export function hashFirst({ phones }) {
  const words = texts.phones.groups
  const taking = phones.flatMap((phone) => {
    const dialect = phone.dialects.find(({ takesHash }) => takesHash)
    return dialect ? [{ phone, dialect, model: null }] : []
  })
  const others = phones.filter(({ dialects }) => !dialects.some(({ takesHash }) => takesHash))
  return [
    [{ title: words.byHash, entries: taking }],
    [{ title: words.needsPassword, entries: [...others.flatMap(whole), null] }]
  ]
}

/**
 * What a phone can do beyond being typed into, as it is known of each of its dialects.
 *
 * @import { Entry } from './search.js'
 */
import { make } from '../parts/dom.js'
import { texts } from '../texts/all.js'

/**
 * Returns the badges of a phone; one that only some of its dialects have says so.
 *
 * @param {Pick<Entry, 'phone' | 'dialect' | 'model'>} entry
 */
export function badgesOf({ phone, dialect, model }) {
  const dialects = model === null ? phone.dialects : [dialect]
  const words = texts.phones.badges
  const hashes = dialects.filter(({ takesHash }) => takesHash).length
  return [
    dialects.every(({ file }) => file) ? badge(words.file) : null,
    dialects.every(({ qr }) => qr !== null) ? badge(words.qr) : null,
    hashes === 0 ? null : badge(hashes === dialects.length ? words.hash : words.someHash, 'good')
  ].filter((each) => each !== null)
}

/** Returns what each badge means, as the items of a list. */
export function keyOfBadges() {
  return /** @type {const} */ (['file', 'qr', 'hash']).map((name) => {
    const item = make('li')
    item.append(badge(texts.phones.badges[name], name === 'hash' ? 'good' : undefined), ' ', make('span', texts.phones.badgeMeans[name], 'hint'))
    return item
  })
}

/**
 * @param {string} text
 * @param {'good'} [tone]
 */
function badge(text, tone) {
  const tag = make('span', text, 'tag')
  if (tone) {
    tag.dataset.tone = tone
  }
  return tag
}

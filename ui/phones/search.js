/**
 * Finds phones by what a person knows of theirs: the maker, the model, or an old name.
 *
 * @import * as Wire from '../ipc/types.js'
 */

/**
 * A phone to choose: as a whole, or one of its models.
 *
 * @typedef {object} Entry
 * @property {Wire.PhoneRow} phone
 * @property {Wire.PhoneDialect} dialect
 * @property {string | null} model
 */

/** How many models of one phone are listed. */
const MODELS = 6

/** What is compared: letters and digits, whatever stands between them. */
const plain = (/** @type {string} */ text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** @param {Wire.PhoneRow} phone */
const namesOf = ({ maker, name, also }) => plain([maker, name, ...also].join(' '))

/**
 * Returns a phone as a whole; its first dialect is the current one.
 *
 * @param {Wire.PhoneRow} phone
 * @returns {Entry[]}
 */
export function whole(phone) {
  const [dialect] = phone.dialects
  return dialect ? [{ phone, dialect, model: null }] : []
}

/**
 * Returns the phones that fit, the likeliest first. Whoever types a model gets that model.
 *
 * @param {readonly Wire.PhoneRow[]} phones
 * @param {string} query
 * @returns {Entry[]}
 */
export function searchPhones(phones, query) {
  const words = query.split(/\s+/).map(plain).filter((word) => word !== '')
  if (words.length === 0) {
    return phones.flatMap(whole)
  }
  const all = words.join('')
  const found = phones.flatMap((phone) => {
    if (plain(phone.name) === all) {
      return whole(phone)
    }
    const names = namesOf(phone)
    const fits = words.every((word) => names.includes(word))
    const models = modelsOf(phone, words, all)
    const exact = models.filter(({ model }) => plain(model ?? '') === all)
    if (exact.length > 0) {
      return exact
    }
    const asked = fits && !words.some((word) => /\p{N}/u.test(word))
    return asked || models.length === 0 ? fits ? whole(phone) : [] : models.slice(0, MODELS)
  })
  return found
    .map((entry, place) => ({ entry, place, rank: rank(entry, words[0] ?? '', all) }))
    .sort((one, other) => one.rank - other.rank || one.place - other.place)
    .map(({ entry }) => entry)
}

/**
 * Returns the models that fit, where a word is in the model itself.
 *
 * @param {Wire.PhoneRow} phone
 * @param {readonly string[]} words
 * @param {string} all
 * @returns {Entry[]}
 */
function modelsOf(phone, words, all) {
  const names = namesOf(phone)
  return phone.dialects.flatMap((dialect) => dialect.models.flatMap((model) => {
    const own = plain(model)
    const split = words.some((word) => own.includes(word))
      && words.every((word) => own.includes(word) || names.includes(word))
    return split || own.includes(all) ? [{ phone, dialect, model }] : []
  }))
}

/**
 * @param {Entry} entry
 * @param {string} first
 * @param {string} all
 */
function rank({ phone, model }, first, all) {
  if (plain(phone.name) === all) {
    return 0
  }
  if (model !== null) {
    return plain(model) === all ? 0 : plain(model).startsWith(all) ? 2 : 4
  }
  const starts = [phone.name, phone.maker, ...phone.also].some((name) => plain(name).startsWith(first))
  return starts ? 1 : 3
}

/**
 * Returns what a phone is called where there is no room for more: its model, with the maker's name.
 *
 * @param {Entry} entry
 */
export function titleOf({ phone, model }) {
  if (model === null) {
    return phone.name
  }
  return plain(model).startsWith(plain(phone.maker)) || plain(model).startsWith(plain(phone.name))
    ? model
    : `${phone.maker} ${model}`
}

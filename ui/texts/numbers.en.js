/** Numbers and counted words, in English. */

/** @param {number} count */
export const number = (count) => count.toLocaleString('en')

/**
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
export const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`

/**
 * Estimates how hard a typed password is to guess: length times the kinds of characters in it.
 *
 * @param {string} password
 * @returns {'weak' | 'fair' | 'strong'}
 */
export function strength(password) {
  const kinds = [[/[a-z]/, 26], [/[A-Z]/, 26], [/[0-9]/, 10], [/[^a-zA-Z0-9]/, 32]]
  const alphabet = kinds.reduce((sum, [kind, size]) =>
    (/** @type {RegExp} */ (kind).test(password) ? sum + Number(size) : sum), 0)
  // A repeated character adds little: 'aaaaaaaa' doesn't count as eight.
  const different = new Set(password).size
  const bits = Math.min([...password].length, different * 2) * Math.log2(Math.max(alphabet, 1))
  if (bits < 50) {
    return 'weak'
  }
  return bits < 80 ? 'fair' : 'strong'
}

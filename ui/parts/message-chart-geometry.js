/** Layout of a message chart. All lengths are in pixels. */

/**
 * @typedef {object} ChartMessage
 * @property {number} y of the arrow
 * @property {number} top of the area that can be chosen
 * @property {number} height
 * @property {{ text: string, y: number } | null} heading what stands above it
 * @property {{ text: string, y: number }[]} plain the plain words, one entry a line, below the arrow
 */

/**
 * @typedef {object} Geometry
 * @property {number} width
 * @property {number} height
 * @property {number} left where this computer's line stands
 * @property {number} right where the registrar's line stands
 * @property {ChartMessage[]} messages
 */

/**
 * Wraps a sentence at about this many characters; a longer word is on its own line.
 *
 * @param {string} sentence
 * @param {number} letters
 */
export function wrap(sentence, letters) {
  /** @type {string[]} */
  const lines = []
  for (const word of sentence.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= letters) {
      lines[lines.length - 1] = `${last} ${word}`
    } else {
      lines.push(word)
    }
  }
  return lines
}

/**
 * @param {readonly { plain: string, heading: string | null }[]} lines
 * @param {{ width: number, letter: number }} space the width, and the height of a letter
 * @returns {Geometry}
 */
export function geometry(lines, { width, letter }) {
  const margin = Math.min(4 * letter, width / 5)
  const left = margin
  const right = Math.max(left + letter, width - margin)
  const letters = Math.max(8, Math.floor((right - left - letter) / (0.46 * letter)))

  let y = 2.2 * letter
  const messages = lines.map(({ plain, heading }) => {
    const named = heading === null ? null : { text: heading, y: y + 1.4 * letter }
    const top = named === null ? y : y + 2.1 * letter
    const arrow = top + 2 * letter
    const words = wrap(plain, letters)
    const bottom = arrow + 0.5 * letter + words.length * 1.15 * letter + 0.5 * letter
    y = bottom
    return {
      y: arrow,
      top,
      heading: named,
      height: bottom - top,
      plain: words.map((text, index) => ({ text, y: arrow + (1.25 + index * 1.15) * letter }))
    }
  })
  return { width, height: y + 0.5 * letter, left, right, messages }
}

/**
 * Scripts that show a screen as in a language whose texts are 40 % longer, or with the longest names, find
 * what is cut there, and take the letters away again. They run in the page.
 */

/** What is no text of a language: values, keys, letters of one width. */
const VALUES = 'code, kbd, pre, script, style, svg, textarea, .mono, [translate="no"]'

/** Adds four letters to every ten. Words stay words, so that lines break as they would. */
export const LENGTHEN = `
  const longer = (text) => text.replace(/\\p{L}[\\p{L}’-]*/gu, (word) => word + 'ẍ'.repeat(Math.ceil(word.length * 0.4)))
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  window.lengthened = []
  while (nodes.nextNode()) {
    const { currentNode: node } = nodes
    if (node.data.trim() && !node.parentElement.closest(${JSON.stringify(VALUES)})) {
      window.lengthened.push([node, node.data])
    }
  }
  window.lengthened.forEach(([node, text]) => { node.data = longer(text) })
  window.labels = [...document.querySelectorAll('[aria-label]')]
    .filter((element) => !element.closest(${JSON.stringify(VALUES)}))
    .map((element) => [element, element.ariaLabel])
  window.labels.forEach(([element, label]) => { element.ariaLabel = longer(label) })`

/** What is drawn with letters that stay as they are, or scrolls by itself. */
const DRAWN = 'pre, script, style, svg, textarea'

/** The longest name of a realm, and the longest path that most systems take, in letters. */
const [LONGEST_NAME, LONGEST_PATH] = [64, 255]

/** Makes each address, realm, and composite user name as long as it may be, and each path. */
export const LONGEST_NAMES = `
  const longest = (text) => text.replace(/[^\\s“”‘’(),;]*\\p{L}[.@/][^\\s“”‘’(),;]*\\p{L}/gu, (name) =>
    name + 'w'.repeat(Math.max(0, (name.startsWith('/') ? ${LONGEST_PATH} : ${LONGEST_NAME}) - name.length)))
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  window.lengthened = []
  window.labels = []
  while (nodes.nextNode()) {
    const { currentNode: node } = nodes
    if (longest(node.data) !== node.data && !node.parentElement.closest(${JSON.stringify(DRAWN)})) {
      window.lengthened.push([node, node.data])
    }
  }
  window.fitted = [...document.body.querySelectorAll('*')].filter((element) =>
    element.clientWidth > 0 && element.scrollWidth <= element.clientWidth)
  window.lengthened.forEach(([node, text]) => { node.data = longest(text) })`

/** Returns what is wider than its place since then, and isn't shortened with an ellipsis. */
export const WIDER = `
  const shortened = (element) => element && (getComputedStyle(element).textOverflow === 'ellipsis' || shortened(element.parentElement))
  return window.fitted
    .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.checkVisibility() && !shortened(element))
    .map((element) => 'too wide: ' + element.localName + '.' + element.className + ' ' + element.textContent.trim().slice(0, 60))`

/** Takes them away, where the window has not written something else meanwhile. */
export const SHORTEN = `
  window.lengthened.forEach(([node, text]) => { node.data = text })
  window.labels.forEach(([element, label]) => { element.ariaLabel = label })`

/** Returns the texts of which a part can't be seen, nor scrolled to, nor is shortened with an ellipsis. */
export const CUT = `
  const places = (element) => {
    const { overflowX, overflowY, textOverflow } = getComputedStyle(element)
    const clips = (overflow) => ['hidden', 'clip'].includes(overflow)
    const scrolls = (overflow) => ['auto', 'scroll'].includes(overflow)
    return {
      clipsAcross: clips(overflowX) && textOverflow !== 'ellipsis', clipsDown: clips(overflowY),
      reachedAcross: scrolls(overflowX) || textOverflow === 'ellipsis', reachedDown: scrolls(overflowY)
    }
  }
  const isCut = (node) => {
    const range = document.createRange()
    range.selectNodeContents(node)
    const { left, right, top, bottom, width } = range.getBoundingClientRect()
    let across = width > 0
    let down = width > 0
    for (let around = node.parentElement; around && (across || down); around = around.parentElement) {
      const place = places(around)
      const box = around.getBoundingClientRect()
      if (box.width <= 1 || box.height <= 1) {
        return false
      }
      if (across && place.clipsAcross && (right > box.right + 1 || left < box.left - 1)
        || down && place.clipsDown && (bottom > box.bottom + 1 || top < box.top - 1)) {
        return true
      }
      across &&= !place.reachedAcross
      down &&= !place.reachedDown
    }
    return false
  }
  return window.lengthened
    .filter(([node]) => node.parentElement?.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter(([node]) => isCut(node))
    .map(([node]) => 'cut: ' + node.parentElement.localName + '.' + node.parentElement.className + ' ' + node.data.trim().slice(0, 60))`

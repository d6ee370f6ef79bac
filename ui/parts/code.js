/** Highlights requests and responses: XML, JSON, header lines, and masked secrets. */
import { make } from './dom.js'
import { texts } from '../texts/index.js'

/** Longer texts are truncated; the core has the full evidence. */
const LIMIT = 20_000

const pattern = new RegExp([
  /(?<comment><!--[^]*?-->|<\?[^]*?\?>)/,
  /(?<tag><\/?[\w:.-]+|\/?>)/,
  /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))/,
  /(?<string>"(?:[^"\\\n]|\\.)*")/,
  /(?<header>^[\w-]+(?=:[ \t]))/,
  /(?<method>^(?:GET|POST|PUT|DELETE|REGISTER|INVITE|ACK|BYE|CANCEL|OPTIONS)\b|^(?:HTTP|SIP)\/[\d.]+ \d{3})/,
  /(?<secret>•{3,})/
].map(({ source }) => source).join('|'), 'gm')

/**
 * Splits a text into highlighted parts.
 *
 * @param {string} text
 * @returns {{ kind: string | null, text: string }[]}
 */
export function tokens(text) {
  const found = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) {
      found.push({ kind: null, text: text.slice(end, match.index) })
    }
    const named = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)
    found.push({ kind: named?.[0] ?? null, text: match[0] })
    end = match.index + match[0].length
  }
  if (end < text.length) {
    found.push({ kind: null, text: text.slice(end) })
  }
  return found
}

/** @param {string} text */
export function color(text) {
  const fragment = new DocumentFragment()
  for (const token of tokens(text.slice(0, LIMIT))) {
    if (token.kind === null) {
      fragment.append(token.text)
    } else {
      const span = make('span', token.text)
      span.dataset.token = token.kind
      fragment.append(span)
    }
  }
  if (text.length > LIMIT) {
    fragment.append(`\n${texts.requestPanel.cut(text.length - LIMIT)}`)
  }
  return fragment
}

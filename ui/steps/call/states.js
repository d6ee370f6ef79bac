/**
 * How a call went: one line for each of its states.
 *
 * @import * as Wire from '../../ipc/types.js'
 */
import { make } from '../../dom.js'
import { texts } from '../../locales/index.js'

/** @param {Wire.CallState} state */
export function stateItem({ second, sentence }) {
  const item = document.createElement('li')
  item.append(make('span', texts.call.atSecond(second), 'timeline-time'), make('span', sentence))
  return item
}

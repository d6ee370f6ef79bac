/**
 * The states of a call, each with its time in seconds.
 *
 * @import { CallState } from '../ipc/types.js'
 */
import { make } from '../parts/dom.js'
import { texts } from '../texts/all.js'

/** @param {CallState} state */
export function stateItem({ second, sentence }) {
  const item = make('li')
  item.append(make('span', texts.call.atSecond(second), 'timeline-time'), make('span', sentence))
  return item
}

/** Step 5, part 1: test the settings from this computer. */
import { number, plural } from '../texts/numbers.en.js'

export const test = {
  title: 'Check these settings',
  lead: 'This computer signs in to the registrar (the server that phones register with) the way your phone will. It registers nothing, unless you choose the full check under Details.',
  computer: 'This computer',
  as: (/** @type {string} */ name) => `as ${name}`,
  bandwidth: 'Bandwidth',
  portAndTransport: (/** @type {number} */ port, /** @type {string} */ transport) => `port ${port}, ${transport}`,
  start: 'Check these settings',
  again: 'Check again',
  testing: 'Checking…',
  passed: 'These settings are right',
  passedNext: 'Your phone’s own network can still block it. Enter the settings in your phone to find out.',
  passedByHash: 'The password in your phone wasn’t checked.',
  testedAt: (/** @type {string} */ clock, /** @type {string} */ took) => `Checked at ${clock}, took ${took}`,
  took: (/** @type {string} */ took) => `Took ${took}`,
  details: 'Details',
  messages: (/** @type {number} */ count) => plural(count, { one: '1 message', other: `${number(count)} messages` }),
  dnsMatches: 'DNS matches',
  dnsDiffers: 'DNS differs',
  options: 'options',
  join: (/** @type {readonly string[]} */ words) => words.join(' · '),
  next: 'Continue: choose your phone',
  nextUntested: 'Continue without a check',
  nextWithout: 'Continue anyway'
}

/** The registration step: what to do after a check, and what keeps a phone from registering. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { told } from '../../ui/journey/causes.js'
import { fixOf } from '../../ui/journey/test-outcome.js'

/** @import { RecoveryOption, Tone, Verdict } from '../../ui/ipc/types.js' */

/**
 * @param {Tone} tone
 * @param {RecoveryOption[]} recoveryOptions
 * @returns {Verdict}
 */
const verdict = (tone, recoveryOptions) => ({ tone, sentence: 'S.', causes: [], next: null, recoveryOptions })

test('a passed check leaves nothing to repair', () => {
  assert.equal(fixOf(verdict('good', [])), null)
  assert.equal(fixOf(verdict('wait', [])), null)
})

test('a repair comes before a retry', () => {
  assert.equal(fixOf(verdict('bad', ['try_again', 'new_password'])), 'new_password')
  assert.equal(fixOf(verdict('wait', ['type_address'])), 'type_address')
  assert.equal(fixOf(verdict('bad', ['try_again'])), 'try_again')
  assert.equal(fixOf(verdict('bad', [])), 'try_again')
})

test('only a cause with a field leads to it', () => {
  const port = told({ about: 'port', field: 'SIP Server', port: 5072 })
  const general = told({ about: 'general', sentence: 'Turn off SIP ALG.' })

  assert.equal(port.field, 'SIP Server')
  assert.match(port.title, /5072/)
  assert.match(port.hint, /SIP Server/)
  assert.deepEqual(general, { title: 'Turn off SIP ALG.', hint: '', field: null })
})

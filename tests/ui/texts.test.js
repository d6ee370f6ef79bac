/** All that the window can say, held against the table of it that is committed. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { TABLE, table } from './texts.js'

test('the table of texts is what the window says', () => {
  const kept = readFileSync(TABLE, 'utf8').split('\n')

  const said = table().split('\n')

  for (const [place, line] of said.entries()) {
    assert.equal(line, kept[place], 'write the table anew: cargo xtask texts')
  }
  assert.equal(said.length, kept.length, 'write the table anew: cargo xtask texts')
})

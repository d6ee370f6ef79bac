/** Writes the table of the window's texts anew: `cargo xtask texts`. */
import { writeFileSync } from 'node:fs'
import { TABLE, table } from './texts.js'

writeFileSync(TABLE, table())

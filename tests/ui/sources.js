/** The files of the window, for tests that read them. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

export const root = fileURLToPath(new URL('../../ui', import.meta.url))

/**
 * Gives every file of the window that ends so, by its path inside of it.
 *
 * @param {string} ending
 * @returns {{ path: string, text: string }[]}
 */
export function sources(ending) {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** The page around the screens, without their templates. */
export const frame = readFileSync(join(root, 'index.html'), 'utf8')

/** The page and every template, as the window has them. */
export const page = sources('.html').map(({ text }) => text).join('\n')

/**
 * Which module draws which screen. Home is there at once; the others, which are most of the window,
 * come when it can be used.
 *
 * @import { ScreenId, ScreenModule } from './screen.js'
 */
import { home } from '../home/home.js'

/** @type {Partial<Record<ScreenId, ScreenModule<any>>>} */
let screens = { home }

/** @type {Promise<void> | undefined} */
let styles

/** Loads the other screens. */
export async function loadOthers() {
  styles ??= style('styles/other-screens.css')
  const [{ otherScreens }] = await Promise.all([import('../other-screens.js'), styles])
  screens = { home, ...otherScreens }
}

/**
 * Adds a style sheet. A window that lacks one can still be used, so it never fails.
 *
 * @param {string} path
 * @returns {Promise<void>}
 */
const style = (path) => new Promise((resolve) => {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = path
  link.addEventListener('load', () => resolve())
  link.addEventListener('error', () => resolve())
  document.head.append(link)
})

/**
 * Gives a screen's module, where it is loaded.
 *
 * @param {ScreenId} id
 */
export const loaded = (id) => screens[id]

/**
 * Maps screens to modules. Home is available immediately; the others, which are most of the window, are
 * loaded once the window can be used.
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
 * Adds a style sheet. Never fails, because the window is usable without it.
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
 * Returns a screen's module, if loaded.
 *
 * @param {ScreenId} id
 */
export const loaded = (id) => screens[id]

/**
 * Which module draws which screen. Home is there at once; the others, which are most of the window,
 * come when it can be used.
 *
 * @import { ScreenId, Step } from './screen.js'
 */
import { home } from './steps/home.js'

/** @type {Partial<Record<ScreenId, Step<any>>>} */
let screens = { home }

/** Loads the other screens. */
export async function loadOthers() {
  const { otherScreens } = await import('./other-screens.js')
  screens = { home, ...otherScreens }
}

/**
 * Gives a screen's module, where it is loaded.
 *
 * @param {ScreenId} id
 */
export const loaded = (id) => screens[id]

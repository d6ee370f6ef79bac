/**
 * The navigation's items outside a journey. To add one, add a line here, its name in
 * `texts.app.navigation` and its icon in index.html.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'

/**
 * @typedef {object} NavigationItem
 * @property {'home' | 'accounts' | 'desk' | 'activity' | 'about'} id its name in the texts, and its `data-action`
 * @property {string} icon
 * @property {readonly Wire.Screen['screen'][]} screens the screens that belong to it
 * @property {() => Promise<Wire.Screen>} open
 */

/** @type {readonly NavigationItem[]} */
export const navigationItems = [
  { id: 'home', icon: 'home', screens: ['home'], open: ipc.leave },
  { id: 'accounts', icon: 'people', screens: ['accounts', 'account', 'account_list'], open: ipc.openAccounts },
  { id: 'desk', icon: 'search', screens: ['desk', 'realms', 'import'], open: ipc.openLastDesk },
  { id: 'activity', icon: 'activity', screens: ['activity'], open: ipc.openActivity },
  { id: 'about', icon: 'info', screens: ['about'], open: ipc.openAbout }
]

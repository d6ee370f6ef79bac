/**
 * All texts of the language in use: those of the first screen, and from here on those of every other.
 *
 * @import { OtherTexts } from './en-others.js'
 */
import { enOthers } from './en-others.js'
import { texts as first } from './index.js'

/** @type {typeof first & OtherTexts} */
export const texts = Object.assign(first, enOthers)

/**
 * All texts of the current language: those of the first screen, and here those of all others.
 *
 * @import { OtherTexts } from './en-others.js'
 */
import { enOthers } from './en-others.js'
import { isolatingNames } from './isolate.js'
import { texts as first } from './index.js'

/** @type {typeof first & OtherTexts} */
export const texts = Object.assign(first, isolatingNames(enOthers))

/**
 * Lists every text of the window, as Markdown: its name in the catalogue, what it is on the screen, and
 * what it says. A text that takes values is listed with samples of them.
 */
import { join } from 'node:path'
import ts from 'typescript'
import { texts } from '../../ui/texts/all.js'
import { faults } from '../../ui/trainer/faults.en.js'
import { trainer } from '../../ui/trainer/trainer.en.js'
import { page, root, sources } from './sources.js'

/** Where the table is committed. */
export const TABLE = join(root, 'texts', 'texts.md')

/** Counts that need words of their own in one language or another. */
const COUNTS = [0, 1, 2, 1_000_000]

/** What an element makes of its text. */
const ROLES = new Map([
  ['button', 'button'], ['h1', 'heading'], ['h2', 'heading'], ['h3', 'heading'], ['legend', 'heading'],
  ['summary', 'heading'], ['label', 'label'], ['option', 'label'], ['th', 'label'], ['dt', 'label']
])

/** What an attribute of a template makes of the text that it names. */
const ATTRIBUTES = new Map([['field', 'label'], ['choice', 'label'], ['label', 'label'], ['hint', 'hint']])

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} role
 * @property {string} text
 */

/** @returns {Map<string, string>} the role of each text that a template names */
function rolesInTemplates() {
  const roles = new Map()
  for (const [inside] of page.matchAll(/<button[^>]*>[^]*?<\/button>/g)) {
    for (const [, name] of inside.matchAll(/data-text="([^"]+)"/g)) {
      // What sorts a column or opens a panel has the name of it, not of an action.
      roles.set(name, /class="sort"|aria-expanded/.test(inside) ? 'label' : 'button')
    }
  }
  for (const [inside] of page.matchAll(/<th\b[^>]*>[^]*?<\/th>|<kbd\b[^>]*>/g)) {
    for (const [, name] of inside.matchAll(/data-text="([^"]+)"/g)) {
      roles.set(name, 'label')
    }
  }
  for (const [, tag = '', rest = ''] of page.matchAll(/<(\w+)([^>]*)>/g)) {
    for (const [, attribute = '', name] of rest.matchAll(/data-(field|choice|label|hint)="([^"]+)"/g)) {
      roles.set(name, ATTRIBUTES.get(attribute))
    }
    const name = /data-text="([^"]+)"/.exec(rest)?.[1]
    if (name && ROLES.has(tag)) {
      roles.set(name, ROLES.get(tag))
    }
    if (name && /class="[^"]*\bhint\b/.test(rest)) {
      roles.set(name, 'hint')
    }
  }
  return roles
}

/**
 * @param {string} name
 * @param {Map<string, string>} roles
 */
function roleOf(name, roles) {
  const key = name.split('.').pop() ?? ''
  return roles.get(name)
    ?? (/\.recoveryOptions\.|(?:Confirm|Submit|Yes)$/.test(name) ? 'button'
      : /hint$/i.test(key) ? 'hint'
        : /^title|Title$/.test(key) ? 'heading' : 'text')
}

/**
 * The types of each function's values, in order of the functions in a file.
 *
 * @returns {Map<string, string[]>} by the name of the text
 */
function typesOfValues() {
  const types = new Map()
  for (const { path, text } of sources('.en.js')) {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS)
    /**
     * @param {ts.Node} node
     * @param {string[]} names
     */
    const read = (node, names) => {
      const own = (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) ? [...names, node.name.getText()] : names
      if (ts.isArrowFunction(node)) {
        types.set(names.join('.'), node.parameters.map((value) => ts.getJSDocType(value)?.getText() ?? 'unknown'))
        return
      }
      ts.forEachChild(node, (child) => read(child, own))
    }
    read(file, [])
  }
  return types
}

/**
 * @param {string} type
 * @param {number} count
 * @param {string} name
 */
function sample(type, count, name) {
  return type === 'number' ? count : type.endsWith('[]') ? [name, `${name}2`] : name
}

/** @param {number} place */
const letter = (place) => String.fromCharCode('A'.charCodeAt(0) + place)

/**
 * @param {string} [given] what each text gets in place of its names; a letter for each if there is none
 * @returns {Row[]} every text, by its place in the catalogue
 */
export function rows(given) {
  const roles = rolesInTemplates()
  const types = typesOfValues()
  /** @type {Row[]} */
  const found = []
  /**
   * @param {string} name
   * @param {unknown} value
   */
  const add = (name, value) => {
    if (typeof value === 'string') {
      found.push({ name, role: roleOf(name, roles), text: value })
    } else if (typeof value === 'function') {
      const takes = types.get(name)
      if (!takes) {
        throw new TypeError(`${name} doesn’t say what values it takes`)
      }
      for (const count of takes.includes('number') ? COUNTS : [0]) {
        const text = String(value(...takes.map((type, place) => sample(type, count, given ?? letter(place)))))
        found.push({ name: `${name}(${takes.includes('number') ? count : ''})`, role: roleOf(name, roles), text })
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        add(name ? `${name}.${key}` : key, inner)
      }
    }
  }
  // The trainer's panel is a page of its own, with texts of its own.
  add('', { ...texts, trainer, faults })
  return found
}

/** @returns {string} the whole table, as it is committed */
export function table() {
  const lines = rows().map(({ name, role, text }) =>
    `| \`${name}\` | ${role} | ${text.replaceAll('|', '\\|').replaceAll('\n', '<br>')} |`)
  return ['# Texts of the window', '', '| name | role | text |', '|---|---|---|', ...lines, ''].join('\n')
}

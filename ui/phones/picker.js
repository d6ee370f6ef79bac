/**
 * The list of phones: a search with the results below it, which the arrow keys move through while the
 * focus stays in the search.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 * @import { Entry } from './search.js'
 */
import { input, make, part } from '../parts/dom.js'
import { clone, cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { badgesOf, keyOfBadges } from './badges.js'
import { portrait, unknownPortrait } from './portrait.js'
import { searchPhones, titleOf, whole } from './search.js'

/** The groups, by the columns that they stand in. */
const COLUMNS = /** @type {const} */ ([['desk'], ['app'], ['system', 'tool', 'other']])

/** What was typed last, and for whose phone, so that coming back finds it again. */
let kept = { whose: '', query: '' }

/**
 * @typedef {object} Chosen
 * @property {Wire.PhoneChoice} choice
 * @property {string | null} model the one that was searched for
 */

/**
 * @param {HTMLElement} root
 * @param {Wire.PhoneList} list
 * @param {string} whose the user name that goes into the phone
 * @param {Context} context
 * @param {(chosen: Chosen) => void} onChoose
 * @param {(list: Wire.PhoneList) => Group[][]} [columnsOf] how they are listed while nothing is searched for
 */
export function phonePicker(root, list, whose, context, onChoose, columnsOf = everything) {
  const { signal } = context
  root.replaceChildren(clone('phone-picker'))
  const search = input(root, '#phone-search')
  const box = part(root, '#phone-list')
  const rows = { /** @type {Map<HTMLElement, Chosen>} */ chosen: new Map(), at: 0 }

  search.placeholder = texts.phones.searchExample
  search.value = kept.whose === whose ? kept.query : ''
  part(root, '[data-part="badge-key"]').append(...keyOfBadges())

  const options = () => [...rows.chosen.keys()]
  const select = (/** @type {number} */ place) => {
    const all = options()
    rows.at = Math.max(0, Math.min(place, all.length - 1))
    for (const [each, option] of all.entries()) {
      option.setAttribute('aria-selected', String(each === rows.at))
    }
    const active = all[rows.at]
    search.setAttribute('aria-activedescendant', active?.id ?? '')
    return active
  }
  const open = (/** @type {HTMLElement | undefined} */ option) => {
    const chosen = option && rows.chosen.get(option)
    if (chosen) {
      onChoose(chosen)
    }
  }

  const draw = () => {
    kept = { whose, query: search.value }
    const query = search.value.trim()
    rows.chosen.clear()
    const groups = query === '' ? columnsOf(list) : found(list, query)
    box.replaceChildren(...groups.map((columns) => column(columns, rows.chosen)))
    box.dataset.columns = String(groups.length)
    const nothing = query !== '' && rows.chosen.size === 1 && options()[0]?.dataset.phone === 'other'
    part(root, '[data-part="nothing"]').hidden = !nothing
    part(root, '[data-part="nothing-title"]').textContent = nothing ? texts.phones.nothing(query) : ''
    part(root, '[data-part="found"]').textContent =
      query === '' ? '' : nothing ? texts.phones.nothing(query) : texts.phones.found(rows.chosen.size)
    select(0)
  }

  search.addEventListener('input', draw, { signal })
  search.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      select(rows.at + step)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      open(options()[rows.at])
    } else if (event.key === 'Escape' && search.value !== '') {
      event.preventDefault()
      search.value = ''
      draw()
    }
  }, { signal })
  box.addEventListener('click', (event) => {
    const option = event.target instanceof Element ? event.target.closest('.maker') : null
    open(option instanceof HTMLElement ? option : undefined)
  }, { signal })
  context.onKey((event) => {
    const typed = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
    const elsewhere = !(event.target instanceof Element && event.target.matches('input, select, textarea'))
    if (typed && elsewhere && !inDialog(event)) {
      search.focus()
    }
  })
  draw()
  // The frame moves the focus to the heading once the screen is mounted.
  queueMicrotask(() => {
    if (!signal.aborted) {
      search.focus({ preventScroll: true })
    }
  })
}

/** @param {KeyboardEvent} event */
const inDialog = (event) => event.target instanceof Element && event.target.closest('dialog') !== null

/**
 * @typedef {object} Group
 * @property {string} title
 * @property {(Entry | null)[]} entries `null` is another phone
 */

/**
 * @param {Wire.PhoneList} list
 * @returns {Group[][]}
 */
function everything({ phones, used }) {
  const before = used.flatMap((choice) => entryOf(phones, choice))
  const columns = COLUMNS.map((kinds) => kinds.map((kind) => ({
    title: texts.phones.groups[kind],
    entries: kind === 'other' ? [null] : phones.filter((phone) => phone.kind === kind).flatMap(whole)
  })))
  return before.length === 0 ? columns : [[{ title: texts.phones.groups.used, entries: before }], ...columns]
}

/**
 * @param {Wire.PhoneList} list
 * @param {string} query
 * @returns {Group[][]}
 */
function found({ phones }, query) {
  const entries = searchPhones(phones, query)
  return [[{ title: texts.phones.list, entries: entries.length === 0 ? [null] : entries }]]
}

/**
 * @param {readonly Wire.PhoneRow[]} phones
 * @param {Wire.PhoneChoice} choice
 * @returns {Entry[]}
 */
export function entryOf(phones, choice) {
  const phone = choice.kind === 'listed' ? phones.find(({ id }) => id === choice.phone) : undefined
  const dialect = choice.kind === 'listed' ? phone?.dialects.find(({ id }) => id === choice.dialect) : undefined
  return phone && dialect ? [{ phone, dialect, model: null }] : []
}

/**
 * @param {readonly Group[]} groups
 * @param {Map<HTMLElement, Chosen>} chosen
 */
function column(groups, chosen) {
  const element = make('div', '', 'picker-column')
  element.setAttribute('role', 'presentation')
  element.append(...groups.map(({ title, entries }) => {
    const group = make('div')
    const name = make('p', title, 'picker-title')
    name.id = `phone-group-${chosen.size}`
    name.setAttribute('role', 'presentation')
    group.setAttribute('role', 'group')
    group.setAttribute('aria-labelledby', name.id)
    const card = make('div', '', 'card flush')
    card.setAttribute('role', 'presentation')
    card.append(...entries.map((entry) => option(entry, chosen)))
    group.append(name, card)
    return group
  }))
  return element
}

/**
 * @param {Entry | null} entry
 * @param {Map<HTMLElement, Chosen>} chosen
 */
function option(entry, chosen) {
  const row = cloneOne('phone-option')
  row.id = `phone-option-${chosen.size}`
  row.dataset.phone = entry?.phone.id ?? 'other'
  part(row, 'b').textContent = entry ? titleOf(entry) : texts.phones.other
  part(row, '.portrait').replaceWith(entry ? portrait(entry.phone) : unknownPortrait())
  const badges = entry ? badgesOf(entry) : []
  part(row, '.tags').append(...badges)
  part(row, '.tags').hidden = badges.length === 0
  const hint = part(row, '.hint')
  hint.textContent = entry ? texts.phones.byHand : texts.phones.otherText
  hint.hidden = badges.length > 0
  chosen.set(row, {
    choice: entry ? { kind: 'listed', phone: entry.phone.id, dialect: entry.dialect.id } : { kind: 'other' },
    model: entry?.model ?? null
  })
  return row
}

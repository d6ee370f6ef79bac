/**
 * Shows a secret while its page is open and in front: it is hidden while the window isn't, by one key,
 * after a while without a touch, and when the page is left.
 */

/** Milliseconds without a touch until it is hidden. */
const UNTOUCHED = 5 * 60_000

const TOUCHES = ['pointerdown', 'keydown', 'wheel']

/**
 * @param {object} view
 * @param {() => Promise<void>} view.show
 * @param {() => void} view.hide called whenever it must not be seen
 * @param {(isWanted: boolean) => void} view.onWish told whether it is shown while the window is in front
 * @param {AbortSignal} view.signal aborted when the page is left
 * @param {(error: unknown) => void} view.onFailure
 * @param {Pick<Window, 'addEventListener'>} [around] the window
 * @param {Pick<Document, 'addEventListener' | 'visibilityState'>} [page]
 */
export function showInFront({ show, hide, onWish, signal, onFailure }, around = window, page = document) {
  let wanted = false
  let away = page.visibilityState === 'hidden'
  let visible = false
  let turn = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  const update = () => {
    const shall = wanted && !away && !signal.aborted
    if (shall === visible) {
      return
    }
    visible = shall
    const mine = ++turn
    if (!shall) {
      hide()
      return
    }
    show().then(() => {
      if (mine !== turn) {
        // It was hidden before it arrived.
        hide()
      }
    }, (error) => {
      if (mine === turn) {
        wish(false)
        onFailure(error)
      }
    })
  }

  const wish = (/** @type {boolean} */ shall) => {
    wanted = shall
    touch()
    update()
    onWish(shall)
  }

  const touch = () => {
    clearTimeout(timer)
    if (wanted && !signal.aborted) {
      timer = setTimeout(() => wish(false), UNTOUCHED)
    }
  }

  const leave = (/** @type {boolean} */ isAway) => () => {
    away = isAway
    update()
  }
  around.addEventListener('blur', leave(true), { signal })
  around.addEventListener('focus', leave(false), { signal })
  page.addEventListener('visibilitychange', () => leave(page.visibilityState === 'hidden')(), { signal })
  for (const kind of TOUCHES) {
    page.addEventListener(kind, touch, { signal, capture: true, passive: true })
  }
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    update()
  }, { once: true })

  return {
    show: () => wish(true),
    hide: () => wish(false),
    isWanted: () => wanted
  }
}

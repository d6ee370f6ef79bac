/** Serves the built page with the stand-in and a recording, under the app's own content security policy. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.woff2': 'font/woff2',
}

/**
 * @param {{ page: string, recording: string, root: string }} paths
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export function serve({ page, recording, root }) {
  const standIn = readFileSync(join(root, 'tests/chromium/stand-in.js'), 'utf8')
  const whole = `{\nconst recording = ${readFileSync(recording, 'utf8')}\n${standIn}\n}`
  return servePage({ page, path: 'index.html', standIn: whole, root })
}

/**
 * Serves one page of the window with a stand-in for the app.
 *
 * @param {{ page: string, path: string, standIn: string, root: string }} paths
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export function servePage({ page, path, standIn, root }) {
  const index = readFileSync(join(page, path), 'utf8')
  const config = JSON.parse(readFileSync(join(root, 'src-tauri/tauri.conf.json'), 'utf8'))
  const policy = withHashes(config.app.security.csp.replace('ipc: http://ipc.localhost', "'none'"), index)
  const made = {
    '/': index.replace('<head>', '<head><script src="/stand-in.js"></script>'),
    '/favicon.ico': '',
    '/stand-in.js': standIn,
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    try {
      const body = made[/** @type {keyof typeof made} */ (pathname)] ?? readFileSync(join(page, normalize(pathname)))
      const ending = extname(pathname === '/' ? 'index.html' : pathname)
      const type = TYPES[/** @type {keyof typeof TYPES} */ (ending)] ?? 'application/octet-stream'
      response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
      resolve({ address: `http://127.0.0.1:${port}/`, close: () => server.close() })
    })
  })
}

/**
 * Allows what stands in the page itself by its hash, as Tauri does when it builds the app.
 *
 * @param {string} policy
 * @param {string} index
 */
function withHashes(policy, index) {
  const hashes = (/** @type {string} */ tag) => [...index.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))]
    .map(([, text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    .join(' ')
  return policy
    .replace("script-src 'self'", `script-src 'self' ${hashes('script')}`)
    .replace("style-src 'self'", `style-src 'self' ${hashes('style')}`)
}

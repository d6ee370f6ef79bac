/** One button that calls one command. */
const line = document.querySelector('p')
let times = 0

async function press() {
  times += 1
  line.textContent = await window.__TAURI__.core.invoke('press', { times })
}

document.querySelector('button').addEventListener('click', press)
await press()
document.body.dataset.ready = 'hello'
performance.mark('ready')

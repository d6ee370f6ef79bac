/**
 * A call from Bandwidth to the registered phone.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context, ScreenOf, View } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, fillList, find, input, part } from '../parts/dom.js'
import { clone } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { verdictBanner } from '../parts/banner.js'
import { keepDrafts } from '../parts/drafts.js'
import { fillPairs } from '../parts/pairs.js'
import { mayCost } from './cost.js'
import { stateItem } from './timeline.js'

/**
 * @param {View} view
 * @param {ScreenOf<'call'>} screen
 * @param {Context} context
 * @param {() => void} onReport is told when the call has ended
 */
export function voiceCall({ body: section, foot }, { form: { voice }, head, lastCall }, context, onReport) {
  section.replaceChildren(clone('voice-call'))
  part(section, '[data-part="ring-missing"]').hidden = voice !== null
  part(section, '[data-part="ring-offer"]').hidden = voice === null
  if (voice === null) {
    return
  }
  const form = find(section, '#ring-form', HTMLFormElement)
  const start = button(foot, 'ring-phone')
  fill(section, voice)
  askWhetherRegistered(section, start, voice, context)
  keepDrafts(form, () => ({ form: 'voice', draft: read(section) }), context)
  if (voice.sample) {
    offerSample(section, start, voice.sample, context)
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const draft = read(section)
    const question = { title: texts.call.costTitle, text: texts.voiceCall.costText, yes: texts.voiceCall.ring }
    if (head.practice || await mayCost('voice', question)) {
      await ring(section, start, draft, context, onReport)
    }
  }, { signal: context.signal })
  button(section, 'ring-hang-up').addEventListener('click', () => {
    context.stop()
    context.say(texts.call.hangsUp)
  }, { signal: context.signal })
  if (lastCall?.way === 'bandwidth') {
    drawReport(section, start, lastCall)
    onReport()
  }
}

/**
 * @param {HTMLElement} section
 * @param {Wire.VoiceForm} voice
 */
function fill(section, voice) {
  input(section, '#ringFrom').value = voice.from
  input(section, '#ringApplication').value = voice.applicationId
  input(section, '#answerUrl').value = voice.answerUrl
  part(section, '[data-part="ring-target"]').textContent = voice.target
  part(section, '[data-part="ring-address"]').textContent = voice.address
}

/** @param {HTMLElement} section */
const read = (section) => ({
  from: input(section, '#ringFrom').value,
  applicationId: input(section, '#ringApplication').value,
  answerUrl: input(section, '#answerUrl').value
})

/**
 * Shows where the phone was seen. If it wasn't, the person must confirm that it is registered.
 *
 * @param {HTMLElement} section
 * @param {HTMLButtonElement} start
 * @param {Wire.VoiceForm} voice
 * @param {Context} context
 */
function askWhetherRegistered(section, start, { registered }, context) {
  const box = input(section, '#ringRegistered')
  const draw = () => {
    const open = registered !== null || box.checked
    part(section, '[data-part="ring-fields"]').hidden = !open
    start.hidden = !open
  }
  part(section, '[data-part="ring-ask"]').hidden = registered !== null
  part(section, '[data-part="ring-seen"]').hidden = registered === null
  part(section, '[data-part="ring-seen-text"]').textContent = registered ?? ''
  box.addEventListener('change', draw, { signal: context.signal })
  draw()
}

/**
 * @param {HTMLElement} section
 * @param {HTMLButtonElement} start
 * @param {Wire.SampleVoice} sample
 * @param {Context} context
 */
function offerSample(section, start, sample, context) {
  part(section, '[data-part="ring-sample"]').hidden = false
  fillPairs(part(section, '[data-part="ring-sample-values"]'), [
    [texts.voiceCall.from, sample.from],
    [texts.voiceCall.application, sample.applicationId],
    [texts.voiceCall.answerUrl, sample.answerUrl]
  ])
  button(section, 'ring-fill-in').addEventListener('click', () => {
    input(section, '#ringFrom').value = sample.from
    input(section, '#ringApplication').value = sample.applicationId
    input(section, '#answerUrl').value = sample.answerUrl
    find(section, '#ring-form', HTMLFormElement).dispatchEvent(new Event('input'))
    start.focus()
  }, { signal: context.signal })
}

/**
 * @param {HTMLElement} section
 * @param {HTMLButtonElement} start
 * @param {Wire.VoiceDraft} draft
 * @param {Context} context
 * @param {() => void} onReport
 */
async function ring(section, start, draft, context, onReport) {
  const states = part(section, '[data-part="ring-states"]')
  const hangUp = button(section, 'ring-hang-up')
  const work = { stage: texts.voiceCall.ringing, cancelSays: texts.call.callCancel }
  await context.run(work, async (stop, stage) => {
    const began = performance.now()
    states.replaceChildren()
    part(section, '[data-part="ring-verdict"]').replaceChildren()
    part(section, '[data-part="ring-notes-part"]').hidden = true
    part(section, '[data-part="ring-states-part"]').hidden = false
    hangUp.hidden = false
    try {
      const report = await ipc.ringPhone({ draft }, ({ sentence }) => {
        if (!stop.aborted) {
          stage(sentence)
          states.append(stateItem({ second: Math.round((performance.now() - began) / 1000), sentence }))
        }
      }, stop)
      if (!context.signal.aborted) {
        drawReport(section, start, report)
        onReport()
        const verdict = part(section, '[data-part="ring-verdict"]')
        part(verdict, '.banner-sentence').focus({ preventScroll: true })
        verdict.scrollIntoView({ block: 'nearest' })
      }
    } finally {
      hangUp.hidden = true
    }
  })
}

/**
 * @param {HTMLElement} section
 * @param {HTMLButtonElement} start
 * @param {Wire.CallReport} report
 */
function drawReport(section, start, report) {
  const form = find(section, '#ring-form', HTMLFormElement)
  part(section, '[data-part="ring-states-part"]').hidden = report.states.length === 0
  part(section, '[data-part="ring-states"]').replaceChildren(...report.states.map(stateItem))
  part(section, '[data-part="ring-verdict"]').replaceChildren(verdictBanner(report.verdict, {
    try_again: { act: () => form.requestSubmit(), label: texts.voiceCall.again }
  }))
  fillList(part(section, '[data-part="ring-notes"]'), report.notes)
  part(section, '[data-part="ring-notes-part"]').hidden = report.notes.length === 0
  part(start, 'span').textContent = texts.voiceCall.again
  start.dataset.variant = ''
}

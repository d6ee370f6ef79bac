/**
 * The texts of the frame and of Home, in English; en-others.js has those of the other screens. Other
 * languages are typed against these.
 *
 * What a command answers (failures, verdicts, problems) comes from the core as it is.
 */
import { crash } from '../home/crash-report.en.js'
import { app, stepNames, partNames, checkRail, tones, failure, passwordLoss, time, requestPanel, evidence, methods, environments } from '../frame/frame.en.js'
import { home } from '../home/home.en.js'
import { deepLinks } from '../frame/deep-links.en.js'

export const en = {
  app,
  stepNames,
  partNames,
  checkRail,
  tones,
  failure,
  passwordLoss,
  time,
  requestPanel,
  evidence,
  methods,
  environments,
  home,
  crash,
  deepLinks
}

/** @typedef {typeof en} Texts */

/**
 * The texts of the frame and of Home, in English; en-others.js has those of the other screens. Other
 * languages are typed against these.
 *
 * What a command answers (failures, verdicts, problems) comes from the core as it is.
 */
import { crash } from './en/crash.js'
import { app, stepNames, checkRail, tones, failure, passwordLoss, time, scenes, evidence, methods, environments } from './en/frame.js'
import { home } from './en/home.js'
import { outside } from './en/outside.js'

export const en = {
  app,
  stepNames,
  checkRail,
  tones,
  failure,
  passwordLoss,
  time,
  scenes,
  evidence,
  methods,
  environments,
  home,
  crash,
  outside
}

/** @typedef {typeof en} Texts */

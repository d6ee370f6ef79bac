/**
 * Every text of the window, in English. Other languages are typed against this one.
 *
 * What a command answers (failures, verdicts, problems) comes from the core as it is.
 */
import { about } from './en/about.js'
import { accounts } from './en/accounts.js'
import { activity } from './en/activity.js'
import { call, localCall } from './en/call.js'
import { check, ladder } from './en/check.js'
import { crash } from './en/crash.js'
import { credential } from './en/credential.js'
import { credentials } from './en/credentials.js'
import { desk } from './en/desk.js'
import { finish } from './en/finish.js'
import { app, stepNames, tones, failure, time, scenes, methods, environments } from './en/frame.js'
import { home } from './en/home.js'
import { importing, jobs } from './en/import.js'
import { many } from './en/many.js'
import { outside } from './en/outside.js'
import { prepare } from './en/prepare.js'
import { realm } from './en/realm.js'
import { realms } from './en/realms.js'
import { register } from './en/register.js'
import { ring } from './en/ring.js'
import { signIn } from './en/sign-in.js'
import { update } from './en/update.js'

export const en = {
  app,
  stepNames,
  tones,
  failure,
  time,
  scenes,
  home,
  about,
  accounts,
  desk,
  credentials,
  activity,
  importing,
  jobs,
  many,
  methods,
  environments,
  outside,
  prepare,
  signIn,
  realm,
  realms,
  crash,
  credential,
  check,
  ladder,
  register,
  call,
  localCall,
  ring,
  finish,
  update
}

/** @typedef {typeof en} Texts */

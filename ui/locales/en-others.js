/** The texts of every screen but Home, in English. */
import { about } from './en/about.js'
import { accounts } from './en/accounts.js'
import { activity } from './en/activity.js'
import { call, localCall } from './en/call.js'
import { check, ladder, question } from './en/check.js'
import { credential } from './en/credential.js'
import { credentials } from './en/credentials.js'
import { desk } from './en/desk.js'
import { finish } from './en/finish.js'
import { importing, jobs } from './en/import.js'
import { many } from './en/many.js'
import { prepare } from './en/prepare.js'
import { realm } from './en/realm.js'
import { realms } from './en/realms.js'
import { register } from './en/register.js'
import { ring } from './en/ring.js'
import { signIn } from './en/sign-in.js'
import { update } from './en/update.js'

export const enOthers = {
  about,
  accounts,
  desk,
  credentials,
  activity,
  importing,
  jobs,
  many,
  prepare,
  signIn,
  realm,
  realms,
  credential,
  check,
  ladder,
  question,
  register,
  call,
  localCall,
  ring,
  finish,
  update
}

/** @typedef {typeof enOthers} OtherTexts */

/** Every screen but Home. */
import { about } from './about/about.js'
import { accounts } from './accounts/accounts.js'
import { account } from './accounts/form.js'
import { accountList } from './accounts/list.js'
import { activity } from './activity/activity.js'
import { desk } from './desk/desk.js'
import { importing } from './import/import.js'
import { realms } from './realms/realms.js'
import { call } from './steps/call.js'
import { check } from './steps/check.js'
import { credential } from './steps/credential.js'
import { finish } from './steps/finish.js'
import { prepare } from './steps/prepare.js'
import { realm } from './steps/realm.js'
import { register } from './steps/register.js'
import { signIn } from './steps/sign-in.js'

export const otherScreens = {
  about, accounts, account, account_list: accountList, activity, desk, realms, prepare, sign_in: signIn, realm,
  credential, register, call, finish, check, import: importing
}

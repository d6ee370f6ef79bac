/** All screens except Home. */
import { about } from './about/about.js'
import { accounts } from './accounts/accounts.js'
import { account } from './accounts/account.js'
import { accountList } from './accounts/account-list.js'
import { activity } from './activity/activity.js'
import { desk } from './support-desk/support-desk.js'
import { importing } from './import/import.js'
import { realms } from './realms/realms.js'
import { call } from './call/call.js'
import { check } from './check/check.js'
import { credential } from './journey/credential.js'
import { finish } from './journey/finish.js'
import { prepare } from './journey/prepare.js'
import { realm } from './journey/realm.js'
import { phone } from './journey/phone.js'
import { signIn } from './journey/sign-in.js'
import { test } from './journey/test.js'
import { wait } from './journey/wait.js'

export const otherScreens = {
  about, accounts, account, account_list: accountList, activity, desk, realms, prepare, sign_in: signIn, realm,
  credential, test, phone, wait, call, finish, check, import: importing
}

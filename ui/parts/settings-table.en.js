/** The settings of a phone under their general names. */

export const settings = {
  userName: 'User name',
  userNameAlso: 'Also called account, extension, or authentication name',
  copyWithRealm: 'Copy with realm',
  userNameWithRealmAlso: 'For phones that need one full address',
  password: 'Password',
  realm: 'Realm',
  realmAlso: 'Also called domain or SIP server',
  registrarHost: 'Registrar',
  registrarAlso: 'Also called proxy or outbound proxy',
  port: 'Port',
  portUnknown: 'Not known yet',
  transportName: 'Transport',
  setting: 'Setting',
  value: 'Value',
  action: 'Copy',
  saved: (/** @type {string} */ path) => `Saved as ${path}`,
  notSaved: 'Nothing was saved.'
}

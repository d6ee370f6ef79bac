/** The person's locale, as their system sets it: how numbers and times are written, whatever the language. */
export const personLocale = new Intl.DateTimeFormat().resolvedOptions().locale

/** The system's locale, which determines how numbers and times are written, whatever the language. */
export const personLocale = new Intl.DateTimeFormat().resolvedOptions().locale

/** What the core is about to speak, on top of the generated types. Goes when these hold it. */
import type * as Now from './types.js'

export * from './types.js'

export type TransportName = Now.TransportName | 'tls'
export type LadderLine = Now.LadderLine & { target: number }
export type PhoneSettings = Omit<Now.PhoneSettings, 'transport'> & { transport: TransportName, dns: DnsView[] }
export type CheckRegistration = Omit<Now.CheckRegistration, 'transport'> & { transport: TransportName }

/** A registrar address that was tried. */
export type TargetView = { address: string, transport: TransportName, source: string, outcome: string, tone: Now.Tone }
/** The account's records of one name against what this computer's DNS says. */
export type DnsView = { name: string, kind: string, account: string[], here: string[], tone: Now.Tone, sentence: string }
/** What lies between this computer and the registrar. */
export type PathView = {
  local: string
  seenAs: string | null
  nat: Now.Notice
  alg: string | null
}
export type CheckReport = Omit<Now.CheckReport, 'ladder'> & {
  ladder: LadderLine[]
  targets: TargetView[]
  dns: DnsView[]
  path: PathView | null
  /** What the verdict was read from. */
  evidence: string[]
  /** From the first request to the last answer; 0 where none came. */
  wireMs: number
}

export type ProofKind = 'password' | 'hash1' | 'hash1b'
export type CheckDraft = {
  realm: string
  userName: string
  proof: ProofKind
  transport: TransportName
  kind: Now.CheckKind
  address: string
}
export type SampleCheck = { realm: string, userName: string, password: string, address: string }
export type CheckForm = CheckDraft & { secretKnown: boolean, sample: SampleCheck | null }
export type Draft = Now.Draft | { form: 'check', draft: CheckDraft }

export type OpenCheck = { practice: boolean }
export type CheckTyped = { operation: number, draft: CheckDraft, secret: string | null }
export type PingRegistrar = { operation: number, draft: CheckDraft, secret: null }
/** Round trips in milliseconds; `null` where no answer came. */
export type PingReport = {
  target: string
  timesMs: (number | null)[]
  sentence: string
  tone: Now.Tone
  path: PathView | null
}
export type WatchRegistration = { operation: number, draft: CheckDraft, secret: string | null, every: number }
/** One look of the watch, at milliseconds since 1970. */
export type WatchTick = { at: number, tone: Now.Tone, sentence: string, tookMs: number, bindings: number }

export type Savable = Now.Savable | 'ladder_svg' | 'ladder_text' | 'ladder_pcapng'
export type Save = { what: Savable }

export type CallForm = Now.CallForm & { microphone: boolean, speakers: boolean, localTo: string }
export type CallSound = 'tone' | 'microphone'
export type PlaceLocalCall = { operation: number, to: string, sound: CallSound, transport: TransportName }
export type LocalCallState = 'calling' | 'trying' | 'ringing' | 'early' | 'answered' | 'ended'
export type CallReading = {
  seconds: number
  sent: number
  received: number
  lost: number
  jitterMs: number
  roundTripMs: number | null
  levelDb: number | null
  pitchHz: number | null
  sentLevelDb: number | null
}
export type LocalCallProgress =
  | { kind: 'state', state: LocalCallState, sentence: string, atMs: number }
  | { kind: 'reading' } & CallReading
export type LocalCallReport = { verdict: Now.Verdict, states: Now.CallState[], ladder: LadderLine[], facts: Now.SummaryRow[] }
export type PressDigit = { digit: string }

export type Screen =
  | Exclude<Now.Screen, { screen: 'register' | 'call' }>
  | { screen: 'register', head: Now.Head, phone: PhoneSettings, lastCheck: CheckReport | null, registered: string | null }
  | { screen: 'call', head: Now.Head, form: CallForm, lastCall: Now.CallReport | null }
  | { screen: 'check', practice: boolean, form: CheckForm, last: CheckReport | null, notices: Now.Notice[] }

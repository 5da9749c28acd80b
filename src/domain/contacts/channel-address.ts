import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { z } from 'zod'

/**
 * The ways to reach a person. A mobile number takes calls and text messages, a landline only calls; the last three are
 * accounts in the company's messenger.
 */
export const CHANNEL_KINDS = ['mobile', 'landline', 'email', 'wecom', 'dingtalk', 'feishu'] as const
export const ChannelKind = z.enum(CHANNEL_KINDS)
export type ChannelKind = z.infer<typeof ChannelKind>

export const ADDRESS_PROBLEMS = [
  'empty',
  'too-long',
  'not-a-number',
  'not-a-mobile',
  'is-a-mobile',
  'not-an-email',
  'several-emails',
  'not-an-account',
] as const
export type AddressProblem = (typeof ADDRESS_PROBLEMS)[number]

export type ReadAddress = { ok: true; address: string } | { ok: false; problem: AddressProblem }

/** RFC 5321 limits an e-mail address to 254 characters; addresses of other channels are shorter. */
export const MAX_ADDRESS = 254
const MAX_ACCOUNT = 64

/** Prefix of an extension: "转 802", "ext. 802", "x802", "#802", "分机802". */
const EXTENSION = /(?:[,;，；\s]*)(?:转接?|分机号?|ext(?:ension)?\.?|x|#)\s*[:：]?\s*(\d{1,8})\s*$/iu
/** An extension in the stored form. libphonenumber reads it too, but not after a short number. */
const STORED_EXTENSION = /\s*;ext=(\d{1,8})$/iu
/** Service and office numbers that are in no numbering plan: 95588, 12345, 10086, an internal line 8021. */
const SHORT_NUMBER = /^\d{3,6}$/u
const EMAIL = z.email().max(MAX_ADDRESS)

/** Normalizes full-width digits, full-width punctuation and invisible characters, which occur in pasted text. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Cc}]/gu, '')
    .trim()
}

function readNumber(text: string, kind: 'mobile' | 'landline'): ReadAddress {
  const pattern = STORED_EXTENSION.test(text) ? STORED_EXTENSION : EXTENSION
  const extension = pattern.exec(text)?.[1]
  const number = text.replace(pattern, '').trim()
  if (SHORT_NUMBER.test(number)) {
    if (kind === 'mobile') return { ok: false, problem: 'not-a-mobile' }
    return { ok: true, address: extension === undefined ? number : `${number};ext=${extension}` }
  }
  const parsed = parsePhoneNumberFromString(number.replace(/^00/u, '+'), 'CN')
  if (!parsed?.isValid()) return { ok: false, problem: 'not-a-number' }
  const type = parsed.getType()
  const line = extension ?? parsed.ext
  if (kind === 'mobile') {
    const reaches = type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE'
    if (!reaches || line !== undefined) return { ok: false, problem: 'not-a-mobile' }
    return { ok: true, address: parsed.number }
  }
  if (type === 'MOBILE') return { ok: false, problem: 'is-a-mobile' }
  return { ok: true, address: line === undefined ? parsed.number : `${parsed.number};ext=${line}` }
}

function readEmail(text: string): ReadAddress {
  // Mail libraries accept a list in one address; here a list is an input error and must never become several receivers.
  if (/[,;，；\s]/u.test(text)) return { ok: false, problem: 'several-emails' }
  const parsed = EMAIL.safeParse(text)
  if (!parsed.success) return { ok: false, problem: 'not-an-email' }
  const at = text.lastIndexOf('@')
  return { ok: true, address: `${text.slice(0, at)}@${text.slice(at + 1).toLowerCase()}` }
}

/**
 * Parses a typed or imported channel address into its stored form: E.164 for telephone numbers (RFC 3966 `;ext=` for an
 * extension), a lower-case domain for e-mail.
 * @param text numbers without a country code are read as Chinese numbers
 */
export function readAddress(kind: ChannelKind, text: string): ReadAddress {
  const typed = plain(text)
  if (typed === '') return { ok: false, problem: 'empty' }
  if (typed.length > MAX_ADDRESS) return { ok: false, problem: 'too-long' }
  if (kind === 'mobile' || kind === 'landline') return readNumber(typed, kind)
  if (kind === 'email') return readEmail(typed)
  if (typed.length > MAX_ACCOUNT) return { ok: false, problem: 'too-long' }
  return /^[\w.@+-]+$/u.test(typed) ? { ok: true, address: typed } : { ok: false, problem: 'not-an-account' }
}

/**
 * Guesses the kind of channel of an address without a label, and returns the address as it is stored.
 * @returns null if it is neither a telephone number nor an e-mail address
 */
export function guessChannel(text: string): { kind: ChannelKind; address: string } | null {
  for (const kind of ['email', 'mobile', 'landline'] as const) {
    const read = readAddress(kind, text)
    if (read.ok) return { kind, address: read.address }
  }
  return null
}

/** A formatted address for display: grouped numbers, an extension after #. */
export function writtenAddress(kind: ChannelKind, address: string): string {
  if (kind !== 'mobile' && kind !== 'landline') return address
  const [number = '', extension] = address.split(';ext=')
  const parsed = number.startsWith('+') ? parsePhoneNumberFromString(number) : undefined
  const shown = parsed ? (parsed.country === 'CN' ? parsed.formatNational() : parsed.formatInternational()) : number
  return extension === undefined ? shown : `${shown} #${extension}`
}

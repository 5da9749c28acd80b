import { PASSWORD_MIN } from '#contract/team-api.ts'

/** The fields of a new account or a sign-in. */
export type AccountDraft = { name: string; login: string; password: string; device: string }

export type AccountFault =
  'nameMissing' | 'nameLong' | 'loginMissing' | 'loginSpaces' | 'passwordMissing' | 'passwordShort' | 'deviceMissing'

/** The problems with a new account, by field. */
export function faultsOfAccount({ name, login, password, device }: AccountDraft): Partial<Record<keyof AccountDraft, AccountFault>> {
  const called = name.trim()
  return {
    ...(called === '' ? { name: 'nameMissing' as const } : called.length > 40 ? { name: 'nameLong' as const } : {}),
    ...faultsOfSignIn({ login, device }),
    ...(password === ''
      ? { password: 'passwordMissing' as const }
      : password.length < PASSWORD_MIN
        ? { password: 'passwordShort' as const }
        : {}),
  }
}

/** The problem with a login name, or null. */
export function faultOfLogin(login: string): 'loginMissing' | 'loginSpaces' | null {
  const trimmed = login.trim()
  if (trimmed.length < 2) return 'loginMissing'
  return /\s/u.test(trimmed) ? 'loginSpaces' : null
}

function faultsOfSignIn({ login, device }: Pick<AccountDraft, 'login' | 'device'>): Partial<Record<keyof AccountDraft, AccountFault>> {
  const fault = faultOfLogin(login)
  return { ...(fault ? { login: fault } : {}), ...(device.trim() === '' ? { device: 'deviceMissing' as const } : {}) }
}

/** From this length a password is rated long. NIST SP 800-63B considers only the length. */
export const PASSWORD_LONG = 14

export type PasswordLength = 'short' | 'enough' | 'long'

/** Rates a password by its length, the only criterion. */
export function lengthOfPassword(password: string): PasswordLength {
  if (password.length < PASSWORD_MIN) return 'short'
  return password.length < PASSWORD_LONG ? 'enough' : 'long'
}

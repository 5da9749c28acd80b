import { hash, verify } from '@node-rs/argon2'

/** argon2id with 19 MiB, 2 passes and 1 lane: the first choice of OWASP's Password Storage Cheat Sheet. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Concurrent hashes: each takes 19 MiB and a core, and many sign-ins must not starve the log. */
const AT_ONCE = 2

export type Passwords = {
  hash(password: string): Promise<string>
  /** Returns false after the same work when no password is stored, so that timing does not reveal which logins exist. */
  matches(stored: string | null, password: string): Promise<boolean>
}

/** Passwords as argon2id hashes in PHC form, with limited concurrency. */
export function createPasswords(): Passwords {
  let running = 0
  const waiting: (() => void)[] = []
  const nobody = hash('nobody has this password', COST)

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    // A finished hash passes its slot to the next waiter, so that no other call takes it first.
    if (running >= AT_ONCE) await new Promise<void>((resolve) => void waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  // Full-width forms and composed letters that look the same must match (NIST SP 800-63B, 5.1.1.2).
  const normal = (password: string) => password.normalize('NFKC')

  return {
    hash: (password) => inTurn(() => hash(normal(password), COST)),
    matches: (stored, password) =>
      inTurn(async () => {
        const same = await verify(stored ?? (await nobody), normal(password)).catch(() => false)
        return same && stored !== null
      }),
  }
}

import type { MemberPosition } from '#domain/members/member.ts'
import type { Act } from './acts.ts'
import { CONTACT_ACTS, type ContactAct } from './contact-acts.ts'
import { createRandom } from '#tests/support/seeded.ts'
import { CUTS, FATES, type Cut, type Fate } from './wire-network.ts'

/** Acts in addition to the usual ones: on the readers of incidents and on membership. */
export const TEAM_ACTS = ['restrict', 'unrestrict', 'declareHidden', 'revoke', 'restoreMember'] as const
export type TeamAct = { name: (typeof TEAM_ACTS)[number]; a: number; b: number; c: number }

const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR
const JUMPS = [-YEAR, -HOUR, 1000, 61_000, HOUR, YEAR] as const

/**
 * One event of a run. All its numbers are indexes modulo the length of a list, so any step can be removed from a plan and the
 * rest stays valid.
 */
export type Step =
  | { do: 'act'; device: number; act: Act | TeamAct | ContactAct; wake: boolean }
  | { do: 'deliver'; place: number; fate: Fate }
  | { do: 'burst'; fate: Fate }
  | { do: 'kill-device'; device: number }
  | { do: 'kill-device-at'; place: number; turns: number; ticks: number }
  | { do: 'kill-hub-at'; place: number; turns: number; ticks: number; hub: number }
  | { do: 'start-hub'; hub: number }
  | { do: 'cut'; device: number; how: Cut }
  | { do: 'heal'; device: number }
  | { do: 'look-again'; device: number }
  | { do: 'look-for-others'; hub: number }
  | { do: 'device-clock'; device: number; jump: number }
  | { do: 'hub-clock'; jump: number }
  | { do: 'force'; device: number; what: number }
  | { do: 'newer'; what: number; critical: boolean }
  | { do: 'fill-device'; device: number; pages: number }
  | { do: 'fill-hub'; hub: number; pages: number }
  | { do: 'make-room'; what: number }
  | { do: 'back-up' }
  | { do: 'restore'; which: number }
  | { do: 'clone'; device: number }
  | { do: 'newcomer'; member: number }
  | { do: 'bring-file'; device: number; file: number; entry: number; keeps: boolean }
  | { do: 'keep-all'; device: number; incident: number }
  | { do: 'lose-file'; device: number; file: number }

/**
 * What can go wrong in a run, from the fault alphabet of the sync study.
 *
 * Included: messages dropped, delayed, reordered or duplicated, and replies lost after the commit (`network`); lines cut in both
 * directions or in one (`partition`); a device or a hub that dies at any await, also between commit and answer, and restarts
 * (`death`, `hub-death`); two hubs over one database, each polling for the other's writes; a hub restored from an old backup,
 * once or several times (`restore`); clocks that jump by an hour or a year, forward or back, at devices and at the hub (`clocks`,
 * `hub-clock`); full disks at either (`full`); ops from a faulty, older or hostile client (`illegal`); ops of a newer version
 * that are skipped or must not be (`newer`, `critical`); members revoked, restored, or excluded from incidents (`rights`);
 * contracts that end (`vendor`); copied data folders (`clone`); new devices (`newcomer`); files sent, fetched, interrupted
 * between pieces, deleted from a disk, or no longer held by their author (`evidence`).
 *
 * Not included, and tested elsewhere: death at every write and disks that fail a write, in `tests/hub/crash` and
 * `tests/workspace/crash` with strace; damaged pages and read-only media, in `tests/workspace/damage.test.ts` and
 * `full-disk.test.ts`; clients of another protocol, refused at the handshake, in `tests/hub/http/door-security.test.ts`; several
 * hubs over one PostgreSQL, in `tests/hub/postgres.test.ts`. Death within one piece of a file counts here as death of the piece.
 */
export type Fault =
  | 'network'
  | 'death'
  | 'partition'
  | 'clocks'
  | 'hub-clock'
  | 'illegal'
  | 'newer'
  | 'critical'
  | 'full'
  | 'restore'
  | 'clone'
  | 'rights'
  | 'vendor'
  | 'newcomer'
  | 'hub-death'
  | 'evidence'
  /** No fault, but acts on contacts. */
  | 'contacts'

export const FAULTS: readonly Fault[] = [
  'network',
  'death',
  'partition',
  'clocks',
  'hub-clock',
  'illegal',
  'newer',
  'critical',
  'full',
  'restore',
  'clone',
  'rights',
  'vendor',
  'newcomer',
  'hub-death',
]

export type Plan = {
  seed: number
  /** Members in the order in which they join; the first founds the team. */
  places: MemberPosition[]
  /** The member of each device, by index. */
  devices: number[]
  hubs: 1 | 2
  /** Number of records from which on the hub offers a snapshot and the devices take one. */
  snapshotFrom: number
  /** Faults that this run may use. */
  faults: Fault[]
  steps: Step[]
}

type Dice = { of(n: number): number; pick<T>(list: readonly [T, ...T[]] | readonly T[]): T; chance(p: number): boolean }

export function createDice(seed: number): Dice {
  const random = createRandom(seed)
  const of = (n: number) => Math.floor(random() * n)
  return { of, pick: <T>(list: readonly T[]) => list[of(list.length)] as T, chance: (p) => random() < p }
}

const ACTS: readonly Act['name'][] = [
  'record',
  'record',
  'record',
  'recordAndMeet',
  'star',
  'revise',
  'revise',
  'tag',
  'comment',
  'correct',
  'meetClock',
]
const ALL_ACTS: readonly Act['name'][] = [
  'declare',
  'record',
  'recordAndMeet',
  'correct',
  'star',
  'tag',
  'comment',
  'link',
  'attach',
  'revise',
  'meetClock',
  'reopenClock',
  'stopClock',
  'importBegin',
  'importRow',
  'importComplete',
  'importAbandon',
  'importUndo',
  'importRestore',
  'series',
  'points',
  'memberChange',
]

/** Weights of the steps, relative to the other steps that a run allows. */
const KINDS: readonly { weight: number; needs: Fault | null; make(dice: Dice, faults: ReadonlySet<Fault>): Step }[] = [
  {
    weight: 42,
    needs: null,
    make: (dice) => ({
      do: 'act',
      device: dice.of(8),
      act: { name: dice.pick(dice.chance(0.6) ? ACTS : ALL_ACTS), a: dice.of(12), b: dice.of(12), c: dice.of(12) },
      wake: dice.chance(0.7),
    }),
  },
  {
    weight: 5,
    needs: 'rights',
    make: (dice) => ({
      do: 'act',
      device: dice.of(8),
      act: { name: dice.pick(TEAM_ACTS), a: dice.of(12), b: dice.of(12), c: dice.of(12) },
      wake: true,
    }),
  },
  {
    weight: 24,
    needs: 'contacts',
    make: (dice) => ({
      do: 'act',
      device: dice.of(8),
      act: { name: dice.pick(CONTACT_ACTS), a: dice.of(12), b: dice.of(12), c: dice.of(12) },
      wake: dice.chance(0.5),
    }),
  },
  {
    weight: 36,
    needs: null,
    make: (dice, faults) => ({
      do: 'deliver',
      place: dice.of(10),
      fate: faults.has('network') && dice.chance(0.35) ? dice.pick(FATES) : 'arrives',
    }),
  },
  {
    weight: 18,
    needs: null,
    make: (dice, faults) => ({ do: 'burst', fate: faults.has('network') && dice.chance(0.3) ? dice.pick(FATES) : 'arrives' }),
  },
  { weight: 4, needs: null, make: (dice) => ({ do: 'look-again', device: dice.of(8) }) },
  { weight: 3, needs: null, make: (dice) => ({ do: 'look-for-others', hub: dice.of(2) }) },
  { weight: 2, needs: 'death', make: (dice) => ({ do: 'kill-device', device: dice.of(8) }) },
  { weight: 3, needs: 'death', make: (dice) => ({ do: 'kill-device-at', place: dice.of(10), turns: dice.of(3), ticks: dice.of(40) }) },
  {
    weight: 4,
    needs: 'hub-death',
    make: (dice) => ({ do: 'kill-hub-at', place: dice.of(10), turns: dice.of(4), ticks: dice.of(80), hub: dice.of(2) }),
  },
  { weight: 4, needs: 'hub-death', make: (dice) => ({ do: 'start-hub', hub: dice.of(2) }) },
  { weight: 3, needs: 'partition', make: (dice) => ({ do: 'cut', device: dice.of(8), how: dice.pick(CUTS) }) },
  { weight: 3, needs: 'partition', make: (dice) => ({ do: 'heal', device: dice.of(8) }) },
  { weight: 3, needs: 'clocks', make: (dice) => ({ do: 'device-clock', device: dice.of(8), jump: dice.pick(JUMPS) }) },
  { weight: 2, needs: 'hub-clock', make: (dice) => ({ do: 'hub-clock', jump: dice.pick(JUMPS) }) },
  { weight: 3, needs: 'illegal', make: (dice) => ({ do: 'force', device: dice.of(8), what: dice.of(6) }) },
  { weight: 2, needs: 'newer', make: (dice) => ({ do: 'newer', what: dice.of(12), critical: false }) },
  { weight: 1, needs: 'critical', make: (dice) => ({ do: 'newer', what: dice.of(12), critical: true }) },
  { weight: 2, needs: 'full', make: (dice) => ({ do: 'fill-device', device: dice.of(8), pages: dice.of(4) }) },
  { weight: 2, needs: 'full', make: (dice) => ({ do: 'fill-hub', hub: dice.of(2), pages: dice.of(4) }) },
  { weight: 4, needs: 'full', make: (dice) => ({ do: 'make-room', what: dice.of(8) }) },
  { weight: 2, needs: 'restore', make: () => ({ do: 'back-up' }) },
  { weight: 2, needs: 'restore', make: (dice) => ({ do: 'restore', which: dice.of(4) }) },
  { weight: 1, needs: 'clone', make: (dice) => ({ do: 'clone', device: dice.of(8) }) },
  {
    weight: 7,
    needs: 'evidence',
    make: (dice) => ({ do: 'bring-file', device: dice.of(8), file: dice.of(6), entry: dice.of(12), keeps: dice.chance(0.85) }),
  },
  { weight: 8, needs: 'evidence', make: (dice) => ({ do: 'keep-all', device: dice.of(8), incident: dice.of(3) }) },
  { weight: 1, needs: 'evidence', make: (dice) => ({ do: 'lose-file', device: dice.of(8), file: dice.of(6) }) },
  { weight: 1, needs: 'newcomer', make: (dice) => ({ do: 'newcomer', member: dice.of(4) }) },
]

/** Length of the vendor's contract from the start of a run, milliseconds. */
const CONTRACT_MS = 40_000

/** The run of a seed: members, faults and all steps. Each run leaves some faults out, so that the others can get further. */
export function makePlan(seed: number, count: number, startsAt: number): Plan {
  const dice = createDice(seed)
  const faults = FAULTS.filter((fault) =>
    dice.chance({ critical: 0.1, restore: 0.3, vendor: 0.2, 'hub-clock': 0.25, clone: 0.3 }[fault as string] ?? 0.5),
  )
  // Drawn from separate seeds, so that runs without files or contacts are the same as before these were added.
  if (createDice(seed + 1_000_000).chance(0.25)) faults.push('evidence')
  if (createDice(seed + 2_000_000).chance(0.35)) faults.push('contacts')
  const allowed = new Set(faults)
  const vendor = { role: 'pr' as const, vendor: { company: '外包公关', from: 0, until: startsAt + CONTRACT_MS } }
  const places: MemberPosition[] = [
    { role: 'commander' },
    { role: 'pr' },
    ...(dice.chance(0.5) ? [{ role: 'legal' as const }] : []),
    ...(allowed.has('vendor') ? [vendor] : []),
  ]
  const devices = [...places.keys(), ...(dice.chance(0.5) ? [dice.of(places.length)] : [])]
  const kinds = KINDS.filter(({ needs }) => needs === null || allowed.has(needs))
  const total = kinds.reduce((sum, { weight }) => sum + weight, 0)
  const steps = Array.from({ length: count }, () => {
    let at = dice.of(total)
    const kind = kinds.find(({ weight }) => (at -= weight) < 0)
    if (!kind) throw new Error('no step')
    return kind.make(dice, allowed)
  })
  return { seed, places, devices, hubs: dice.chance(0.3) ? 2 : 1, snapshotFrom: dice.chance(0.5) ? 8 : 2000, faults, steps }
}

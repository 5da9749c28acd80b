import type { Vendor } from '#domain/members/member.ts'

const DAY = 86_400_000

/** A contract while it is typed; days as `2026-08-31`, both included. */
export type VendorDraft = { on: boolean; company: string; from: string; until: string }

/** The day of a moment, in this device's zone. */
export function dayOf(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}

/** A contract as the form shows it; for none, the one that would begin today and last a month. */
export function vendorDraft(vendor: Vendor | null, now: number): VendorDraft {
  if (!vendor) return { on: false, company: '', from: dayOf(now), until: dayOf(now + 30 * DAY) }
  return { on: true, company: vendor.company, from: dayOf(vendor.from), until: dayOf(vendor.until - 1) }
}

/** The contract that a draft means: null for none. The last day is included, so the end is the midnight after it. */
export function termOf({ on, company, from, until }: VendorDraft): Vendor | null | 'wrong' {
  if (!on) return null
  const [first, last] = [Date.parse(`${from}T00:00:00`), Date.parse(`${until}T00:00:00`)]
  if (company.trim() === '' || Number.isNaN(first) || Number.isNaN(last) || last < first) return 'wrong'
  return { company: company.trim(), from: first, until: last + DAY }
}

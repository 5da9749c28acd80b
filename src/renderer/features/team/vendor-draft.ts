import { DAY } from '#domain/durations.ts'
import type { Vendor } from '#domain/members/member.ts'

/** A contract being edited; days as `2026-08-31`, inclusive. */
export type VendorDraft = { on: boolean; company: string; from: string; until: string }

/** The day of a time, in this device's time zone. */
export function dayOf(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}

/** The form's values for a contract; for none, a contract of one month from today. */
export function vendorDraft(vendor: Vendor | null, now: number): VendorDraft {
  if (!vendor) return { on: false, company: '', from: dayOf(now), until: dayOf(now + 30 * DAY) }
  return { on: true, company: vendor.company, from: dayOf(vendor.from), until: dayOf(vendor.until - 1) }
}

/** The contract of a draft; null for none. The last day is included, so the end is the midnight after it. */
export function termOf({ on, company, from, until }: VendorDraft): Vendor | null | 'wrong' {
  if (!on) return null
  const [first, last] = [Date.parse(`${from}T00:00:00`), Date.parse(`${until}T00:00:00`)]
  if (company.trim() === '' || Number.isNaN(first) || Number.isNaN(last) || last < first) return 'wrong'
  return { company: company.trim(), from: first, until: last + DAY }
}

import type { SectionRow } from '../api/types'
import { waterClasses } from '../api/types'

/** Groups the digits of a decimal in threes without reading it as a number: no digit may change on the way. */
export function grouped(decimal: string | number): string {
  const [whole = '', fraction] = String(decimal).split('.')
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? groups : `${groups}.${fraction}`
}

/** Whether the class of the period is worse than the target; null where there is no class. */
export function exceeds(row: Pick<SectionRow, 'class' | 'targetClass'>): boolean | null {
  if (row.class === null) return null
  return waterClasses.indexOf(row.class) > waterClasses.indexOf(row.targetClass)
}

/** A share of 0 to 1 as whole percent. */
export function percent(share: number | string): string {
  return `${Math.round(Number(share) * 100)}%`
}

/** At most so many decimals, for the eye only; what was judged is printed with its own digits. */
export function rounded(decimal: string | null, digits: number): string {
  if (decimal === null) return '—'
  return Number(decimal).toFixed(digits)
}

/** Credits: the trailing zeros of four decimals go. */
export function credits(decimal: string): string {
  return grouped(decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal)
}

/** Decimals that each measurand is shown with. */
export function digitsOf(measurand: string): number {
  const three = ['w21003', 'w21011']
  const one = ['w01003', 'w01010']
  if (three.includes(measurand)) return 3
  if (one.includes(measurand)) return 1
  return measurand === 'w01014' ? 0 : 2
}

const beijing = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

/** `2026-11-21 12:00` in Beijing, whatever the zone of the browser. */
export function beijingTime(moment: string | number | Date): string {
  return beijing.format(new Date(moment))
}

export function beijingDay(moment: string | number | Date): string {
  return beijingTime(moment).slice(0, 10)
}

/** `3f0a1c5e7b9d … 468bdf`. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 12)} … ${hash.slice(-6)}`
}

/** First moment of a civil year or month in Beijing, and the first moment after it, in Unix milliseconds. */
export function spanOf(period: string): { from: number; to: number } {
  const [year = 0, month] = period.split('-').map(Number)
  const at = (y: number, m: number) => Date.UTC(y, m, 1) - beijingOffsetMs
  return month === undefined
    ? { from: at(year, 0), to: at(year + 1, 0) }
    : { from: at(year, month - 1), to: at(year, month) }
}

/** Beijing has no summer time since 1992: one offset holds for all that is measured. */
export const beijingOffsetMs = 8 * 3600 * 1000

/** The period so many steps away: years from a year, months from a month. */
export function shifted(period: string, by: number): string {
  const [year = 0, month] = period.split('-').map(Number)
  if (month === undefined) return String(year + by)
  const moved = new Date(Date.UTC(year, month - 1 + by, 1))
  return `${moved.getUTCFullYear()}-${String(moved.getUTCMonth() + 1).padStart(2, '0')}`
}

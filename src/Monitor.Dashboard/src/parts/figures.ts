import type { SectionRow } from '../api/overview'
import { waterClasses } from '../api/overview'

/** Groups the digits of a decimal in threes without reading it as a number: no digit may change on the way. */
export function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.')
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? groups : `${groups}.${fraction}`
}

/** Whether the class of the period is worse than the target; null where there is no class. */
export function exceeds(row: SectionRow): boolean | null {
  if (row.class === null) return null
  return waterClasses.indexOf(row.class) > waterClasses.indexOf(row.targetClass)
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}

const beijing = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

/** `2026-11-21 12:00` in Beijing, whatever the zone of the browser. */
export function beijingTime(moment: string | Date): string {
  return beijing.format(new Date(moment))
}

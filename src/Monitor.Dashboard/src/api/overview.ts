// The shape of GET /api/v1/overview: what the overview page shows, and nothing it would have to judge itself.
// Figures that judge are strings with exactly the digits that were compared; figures of rasters are numbers.

/** Water-quality class of GB 3838, the best first. */
export const waterClasses = ['I', 'II', 'III', 'IV', 'V', 'inferior-V'] as const
export type WaterClass = (typeof waterClasses)[number]

/** Who pays whom, or why nobody does. `undefined-in-source`: the published rule leaves this index open. */
export type Direction = 'downstream-pays' | 'upstream-pays' | 'none' | 'undefined-in-source' | 'suspended'

/** A name as people read it. Where a language is absent, the other is shown; where both are, the id. */
export interface Name {
  zh?: string
  en?: string
}

/** One row of the terms the judgement used, on the axis of the index. A null end is open. */
export interface Band {
  direction: Direction
  from: string | null
  to: string | null
}

/** The newest judgement of one section. */
export interface SectionRow {
  section: string
  name?: Name
  /** `2025` or `2025-03`, in the programme's time zone. */
  period: string
  /** Class of the period; null where no reading was valid. */
  class: WaterClass | null
  targetClass: WaterClass
  /** The ecological compensation index, lower is better; null where the period is suspended. */
  index: string | null
  direction: Direction
  /** Yuan. "0" where nobody pays; null where it is undefined or suspended. */
  amount: string | null
  status: 'draft' | 'issued'
  /** For the strip under the index; absent where the programme judges by other terms. */
  bands?: Band[]
}

/** A wetland bank's site and its newest milestone. */
export interface SiteRow {
  bank: string
  name?: Name
  /** Id of the milestone, as the programme names it; null before the first. */
  milestone: string | null
  outcome: 'pass' | 'fail' | 'inconclusive' | null
  /** Vegetation cover, 0 to 1; null without a clear scene. */
  cover: { low: number; central: number; high: number } | null
  /** Credits released so far. */
  credits: string
}

/** The state of the chain, recomputed by the server at `checkedAt`, never remembered. */
export interface LedgerState {
  entries: number
  /** Hash of the newest entry, lower-case hex; null while the ledger is empty. */
  head: string | null
  verified: boolean
  /** UTC, ISO 8601. */
  checkedAt: string
}

export interface Overview {
  /** UTC, ISO 8601: the newest reading that is in the store; null while there is none. */
  dataUntil: string | null
  /** In river order, upstream to downstream; the page never sorts them. */
  sections: SectionRow[]
  sites: SiteRow[]
  ledger: LedgerState
}

/** The service answered, but not with an overview. */
export class AnswerError extends Error {
  constructor(readonly status: number) {
    super(`HTTP ${status}`)
  }
}

/** Asks the service that the page came from. Rejects with AnswerError, or with the network's own error. */
export async function fetchOverview(signal: AbortSignal): Promise<Overview> {
  const answer = await fetch('/api/v1/overview', { signal, headers: { accept: 'application/json' } })
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false
  if (!answer.ok || !isJson) throw new AnswerError(answer.status)
  return (await answer.json()) as Overview
}

// Names for the shapes of the service's answers, which are generated from its own description: see openapi.json, npm run types.
// Figures that judge are strings with exactly the digits that were compared; figures of rasters are numbers or strings.
import type { components } from '../../generated/schema'

type Schemas = components['schemas']

/** Water-quality class of GB 3838, the best first. */
export const waterClasses = ['I', 'II', 'III', 'IV', 'V', 'inferior-V'] as const
export type WaterClass = (typeof waterClasses)[number]

/** Who pays whom, or why nobody does. `undefined-in-source`: the published rule leaves this index open. */
export type Direction = 'downstream-pays' | 'upstream-pays' | 'none' | 'undefined-in-source' | 'suspended'

export type MilestoneState = 'released' | 'approved' | 'open' | 'rejected' | 'done' | 'future'

/** The service writes closed lists of words as text: here they are words again. */
type Worded<T> = T extends readonly (infer U)[]
  ? Worded<U>[]
  : T extends object
    ? { [K in keyof T]: K extends 'class' ? WaterClass | null
        : K extends 'targetClass' ? WaterClass
        : K extends 'direction' ? Direction
        : Worded<T[K]> }
    : T

export type Overview = Worded<Schemas['Overview']>
export type SectionRow = Worded<Schemas['SectionRow']>
export type SiteRow = Worded<Schemas['SiteRow']>
export type LedgerState = Schemas['LedgerState']
export type Band = Worded<Schemas['BandSpan']>
export type Name = Schemas['BilingualName']
export type SectionItem = Worded<Schemas['SectionItem']>
export type SectionAnswer = Worded<Schemas['SectionAnswer']>
export type MonthAnswer = Worded<Schemas['MonthAnswer']>
export type MeasurandAnswer = Worded<Schemas['MeasurandAnswer']>
export type IndexTerm = Schemas['IndexTermAnswer']
export type SeriesAnswer = Schemas['SeriesAnswer']
export type ChartSeries = Schemas['ChartSeries']
export type WetlandItem = Schemas['WetlandItem']
export type WetlandAnswer = Schemas['WetlandAnswer']
export type Milestone = Schemas['MilestoneAnswer']
export type Stage = Schemas['StageAnswer']
export type Condition = Schemas['ConditionAnswer']
export type Trigger = Schemas['TriggerAnswer']
export type Report = Schemas['ReportAnswer']
export type DayReconciliation = Schemas['DayReconciliation']
export type Account = Schemas['AccountAnswer']
export type AccountLine = Schemas['AccountLineAnswer']
export type Trace = Schemas['TraceAnswer']
export type TraceStep = Schemas['TraceStepAnswer']
export type Scene = Schemas['SceneAnswer']
export type SiteScenes = Schemas['SiteScenes']
export type MapScene = Schemas['MapScene']
export type NoticeItem = Worded<Schemas['NoticeItem']>
export type NoticeAnswer = Worded<Schemas['NoticeAnswer']>
export type LedgerPage = Schemas['LedgerPage']
export type EntryItem = Schemas['EntryItem']
export type EntryAnswer = Schemas['EntryAnswer']
export type VerifyAnswer = Schemas['VerifyAnswer']
export type ReplayAnswer = Schemas['ReplayAnswer']

export type AheadAnswer = Worded<Schemas['AheadAnswer']>
export type AlternativeAnswer = Worded<Schemas['AlternativeAnswer']>

export type YearsAnswer = Worded<Schemas['YearsAnswer']>
export type BasinYearsAnswer = Schemas['BasinYearsAnswer']

export type Session = Schemas['SessionAnswer']
export type ProposalItem = Worded<Schemas['ProposalItem']>
export type ProposalAnswer = Worded<Schemas['ProposalAnswer']>
export type ProposalGrounds = Worded<Schemas['ProposalGrounds']>
export type Evidence = Schemas['EvidenceAnswer']
export type Signature = Schemas['SignatureAnswer']
export type DecisionAnswer = Schemas['DecisionAnswer']
export type AmountAnswer = Schemas['AmountAnswer']

export interface Page<T> {
  total: number
  offset: number
  items: T[]
}

/** A reading as GET /api/v1/sections/{id}/readings gives it. */
export interface ReadingRow {
  measurand: string
  time: string
  value: string
  unit: string
  status: string
  position: number
  agent: string
  flag: number
  reason: string | null
  tests: string[]
  counts: boolean
  review: { verdict: string; reason: string; person: string } | null
}

export interface ReadingsPage {
  position: number
  total: number
  offset: number
  readings: ReadingRow[]
}

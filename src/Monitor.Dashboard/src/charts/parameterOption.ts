import type { ChartSeries, Direction, MeasurandAnswer, WaterClass } from '../api/types'
import { waterClasses } from '../api/types'
import { beijingOffsetMs } from '../parts/figures'

export interface ChartWords {
  target: string
  baseline: string
  classes: Record<WaterClass, string>
  gap: (missing: number) => string
}

export interface ChartInput {
  series: ChartSeries
  figure: MeasurandAnswer | undefined
  targetClass: WaterClass
  from: number
  to: number
  narrow: boolean
  words: ChartWords
  tooltip: (time: number) => HTMLElement
}

const colours: Record<WaterClass, string> = {
  I: '#0B4076', II: '#1A62AC', III: '#12825D', IV: '#F3C63A', V: '#E27C20', 'inferior-V': '#960F28',
}
const dark: WaterClass[] = ['IV', 'V']
const ribbonShare = 0.045

/** The axis is Beijing's: instants are moved by its offset and read as UTC, whatever the zone of the browser. */
export const onAxis = (instant: number) => instant + beijingOffsetMs
export const offAxis = (axis: number) => axis - beijingOffsetMs

/** The number of a value as reported; of a bound, the bound. */
export const numberOf = (value: string) => Number(value.replace(/^[<>]/, ''))

/** From 0 to the next round value above the highest counted value and above the target limit; excluded points never move it. */
export function axisOf(series: ChartSeries, figure: MeasurandAnswer | undefined, target: number | null): [number, number] {
  const values = series.line.flatMap((point) => (point ? [numberOf(point.v)] : []))
  if (figure?.sense === 'within') {
    const [low = 6, high = 9] = figure.limits.map(Number)
    return [Math.min(low, ...values.map(Math.floor)), Math.max(high, ...values.map(Math.ceil))]
  }
  const highest = Math.max(...values, target ?? 0, Number(figure?.baseline ?? 0), 1e-6)
  const step = 10 ** Math.floor(Math.log10(highest * 1.05))
  const part = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((each) => each * step >= highest * 1.05) ?? 10
  return [Math.min(0, ...values), part * step]
}

/** Bands of the classes along the axis of values, in the order they stand from its lower end. */
export function classBands(figure: MeasurandAnswer | undefined, low: number, high: number) {
  if (!figure || (figure.sense !== 'at-most' && figure.sense !== 'at-least')) return []
  const limits = figure.limits.map(Number)
  const bands = waterClasses.map((name, i) => {
    const near = i === 0 ? null : limits[i - 1]!
    const far = i < limits.length ? limits[i]! : null
    return figure.sense === 'at-most'
      ? { name, from: near ?? low, to: far ?? high }
      : { name, from: far ?? low, to: near ?? high }
  })
  return bands
    .map((band) => ({ ...band, from: Math.max(low, band.from), to: Math.min(high, band.to) }))
    .filter((band) => band.to > band.from)
}

export function targetOf(figure: MeasurandAnswer | undefined, targetClass: WaterClass): number | null {
  const limit = figure && figure.sense !== 'within' ? figure.limits[waterClasses.indexOf(targetClass)] : undefined
  return limit === undefined ? null : Number(limit)
}

export function parameterOption(input: ChartInput) {
  const { series, figure, words } = input
  const target = targetOf(figure, input.targetClass)
  const [low, high] = axisOf(series, figure, target)
  const span = input.to - input.from
  const end = input.to + span * ribbonShare * 1.6
  const ribbon = { from: onAxis(input.to + span * ribbonShare * 0.5), to: onAxis(end) }
  const pin = (value: number) => Math.min(high, Math.max(low, value))
  const flagged = (flag: (value: number) => boolean, named: boolean) => series.flagged
    .filter((point) => flag(point.flag))
    .map((point) => {
      const value = numberOf(point.v)
      return { value: [onAxis(point.t), pin(value)], label: { show: named && (value > high || value < low), formatter: point.v } }
    })
  const lines = [
    ...(target === null ? [] : [{ yAxis: target, name: words.target, lineStyle: { color: '#10232B', width: 1.6, type: 'solid' } }]),
    ...(figure?.baseline && figure.sense !== 'within'
      ? [{ yAxis: Number(figure.baseline), name: words.baseline, lineStyle: { color: '#0F6472', width: 1.4, type: 'dotted' } }]
      : []),
    ...(figure?.sense === 'within'
      ? figure.limits.map((limit) => ({ yAxis: Number(limit), name: limit, lineStyle: { color: '#10232B', width: 1.6, type: 'solid' } }))
      : []),
  ]
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: 'IBM Plex Sans, Noto Sans CJK SC, sans-serif', fontSize: 12 },
    grid: { left: 48, right: 10, top: 30, bottom: 28 },
    tooltip: {
      trigger: 'axis', transitionDuration: 0, backgroundColor: '#fff', borderColor: '#DCE4E4', className: 'tooltip', confine: true,
      axisPointer: { type: 'line', snap: false },
      formatter: (params: unknown) => {
        const at = (params as { axisValue: number }[])[0]?.axisValue ?? 0
        return input.tooltip(offAxis(Number(at)))
      },
    },
    xAxis: {
      type: 'time', min: onAxis(input.from), max: onAxis(end), axisLine: { lineStyle: { color: '#76888E' } },
      axisLabel: {
        color: '#566A72', hideOverlap: true,
        formatter: (moment: number) => {
          if (moment > onAxis(input.to)) return ''
          const day = new Date(moment)
          const month = day.getUTCMonth() + 1
          return day.getUTCDate() === 1 ? `${day.getUTCFullYear()}-${String(month).padStart(2, '0')}` : `${month}-${day.getUTCDate()}`
        },
      },
      splitNumber: input.narrow ? 4 : 9, splitLine: { show: false },
    },
    yAxis: {
      type: 'value', min: low, max: high, axisLabel: { color: '#566A72' }, splitLine: { lineStyle: { color: '#EDF2F2' } },
    },
    series: [
      {
        type: 'line', name: 'line', connectNulls: false, showSymbol: series.line.length < 400, symbolSize: 3.6, symbol: 'circle',
        lineStyle: { color: '#0E5460', width: 1.8 }, itemStyle: { color: '#0E5460' }, z: 3,
        data: series.line.map((point) => (point ? [onAxis(point.t), numberOf(point.v)] : [null, null])),
        markLine: {
          silent: true, symbol: 'none', data: lines,
          label: { position: 'insideStartTop', formatter: '{b}', color: '#10232B', fontSize: 12, backgroundColor: 'rgba(255,255,255,0.8)' },
        },
        markArea: {
          silent: true,
          data: [
            ...series.gaps.map((gap) => [
              {
                xAxis: onAxis(gap.from), name: words.gap(gap.missing),
                itemStyle: { color: 'rgba(118,136,142,0.16)', borderColor: '#76888E', borderType: 'dashed', borderWidth: 1 },
                label: { show: (gap.to - gap.from) / span > 0.03, color: '#3E535B', position: 'insideTop' },
              },
              { xAxis: onAxis(gap.to) },
            ]),
            ...classBands(figure, low, high).map((band) => [
              {
                xAxis: ribbon.from, yAxis: band.from, name: words.classes[band.name], itemStyle: { color: colours[band.name] },
                label: {
                  show: (band.to - band.from) / (high - low) > 0.07, position: 'inside', fontWeight: 600,
                  color: dark.includes(band.name) ? '#10232B' : '#fff',
                },
              },
              { xAxis: ribbon.to, yAxis: band.to },
            ]),
          ],
        },
      },
      {
        type: 'scatter', name: 'doubtful', symbol: 'triangle', symbolSize: 11, z: 4, data: flagged((flag) => flag === 3, true),
        itemStyle: { color: '#fff', borderColor: '#8A5A00', borderWidth: 2 }, label: { position: 'bottom', color: '#8A5A00' },
      },
      {
        type: 'scatter', name: 'excluded', symbol: 'path://M0 0L10 10M10 0L0 10', symbolSize: 8, z: 4,
        data: flagged((flag) => flag !== 3, false), itemStyle: { color: 'none', borderColor: '#566A72', borderWidth: 1.6 },
        label: { position: 'bottom', color: '#566A72' },
      },
    ],
  }
}

export const directionColours: Record<Direction, string> = {
  'downstream-pays': '#0F6472', 'upstream-pays': '#7A2A66', none: '#3E535B', 'undefined-in-source': '#10232B', suspended: '#76888E',
}

import type { MapScene } from '../api/types'
import { beijingDay } from './figures'

export const layers = ['ndvi', 'cover', 'mask'] as const
export type Layer = (typeof layers)[number]
export const modes = ['swipe', 'pair', 'difference'] as const
export type Mode = (typeof modes)[number]

/** How a scene is written in an address: by its day in Beijing, or by its identity where two share the day. */
export function nameOfScene(scene: MapScene, all: MapScene[]): string {
  const day = beijingDay(scene.time)
  const isAlone = all.filter((each) => beijingDay(each.time) === day).length === 1
  return isAlone || scene.id === null ? day : scene.id
}

/** The scene that an address names; null where there is none. */
export function sceneOf(name: unknown, all: MapScene[]): MapScene | null {
  return all.find((each) => each.id === name || beijingDay(each.time) === name) ?? null
}

/**
 * The two scenes to compare: those asked for, else the first and the last that can be judged by, else any. The earlier is
 * always A.
 */
export function pairOf(a: unknown, b: unknown, all: MapScene[]): { a: MapScene | null; b: MapScene | null } {
  const usable = all.filter((each) => each.isUsable && each.id !== null)
  const first = sceneOf(a, all) ?? usable[0] ?? all[0] ?? null
  const last = sceneOf(b, all) ?? usable[usable.length - 1] ?? all[all.length - 1] ?? null
  return first && last && first.time > last.time ? { a: last, b: first } : { a: first, b: last }
}

/** The pair after a scene was chosen: before A it becomes A, else B. */
export function chosen(
  scene: MapScene,
  pair: { a: MapScene | null; b: MapScene | null },
): { a: MapScene | null; b: MapScene | null } {
  return pair.a !== null && scene.time < pair.a.time ? { a: scene, b: pair.b } : { a: pair.a, b: scene }
}

/** The scenes with pictures that lie nearest in time to one without, one on each side where there is one. */
export function nearest(scene: MapScene, all: MapScene[]): MapScene[] {
  const here = all.filter((each) => each.id !== null)
  const before = here.filter((each) => each.time < scene.time)
  const after = here.filter((each) => each.time > scene.time)
  return [...before.slice(-1), ...after.slice(0, 1)]
}

/**
 * The scene that follows B when scenes are played: the next that can be judged by, and from the last back to the first
 * after A.
 */
export function following(pair: { a: MapScene | null; b: MapScene | null }, all: MapScene[]): MapScene | null {
  const later = all.filter((each) => each.isUsable && each.id !== null && each.time > (pair.a?.time ?? 0))
  return later.find((each) => each.time > (pair.b?.time ?? 0)) ?? later[0] ?? null
}

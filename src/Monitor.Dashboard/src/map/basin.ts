import type { FeatureLike } from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import OlMap from 'ol/Map'
import { buffer } from 'ol/extent'
import { fromLonLat } from 'ol/proj'
import ScaleLine from 'ol/control/ScaleLine'
import VectorSource from 'ol/source/Vector'
import { Fill, Stroke, Style, Text } from 'ol/style'
import View from 'ol/View'
import type { Coordinate } from 'ol/coordinate'
import 'ol/ol.css'
import drawing from './basin.json'
import { gestures } from './gestures'

// A schematic of our own drawing: it says what flows into what, and nothing of where a border runs.

/** Where the sections stand on the drawing; one that it does not know is left to the board. */
const places: Record<string, Coordinate> = {
  'OJ-01': [119.335, 28.505],
  'OJ-02': [119.635, 28.345],
  'OJ-03': [119.4, 28.1],
  'OJ-04': [119.675, 28.215],
  'OJ-05': [119.985, 28.565],
  'OJ-06': [120.03, 28.3],
  'OJ-07': [119.875, 28.047],
}

/** Pixels of the map's box, from its left upper corner. */
export type Spots = Record<string, { x: number; y: number }>

export interface BasinDrawing {
  /** Writes the names again, in the language of now. */
  rename: () => void
  dispose: () => void
}

/**
 * Draws counties and rivers and tells where the sections stand, now and whenever the view moves.
 * The names come from `word`, by `counties.…` and `waters.…`.
 */
export function drawBasin(box: HTMLElement, word: (key: string) => string, moved: (spots: Spots) => void): BasinDrawing {
  const rootPixels = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const size = (pixels: number) => `${((pixels * rootPixels) / 14).toFixed(1)}px`
  const features = new GeoJSON().readFeatures(drawing, { featureProjection: 'EPSG:3857' })
  const source = new VectorSource({ features })
  const county = new Style({
    fill: new Fill({ color: '#F7F9F7' }),
    stroke: new Stroke({ color: '#B7C4C6', width: 1.2, lineDash: [6, 3, 1.5, 3] }),
  })
  const shapes = (kind: string, style: (feature: FeatureLike) => Style) =>
    new VectorLayer({ source, style: (feature) => (feature.get('kind') === kind ? style(feature) : undefined) })
  const names = new VectorLayer({
    source,
    style: (feature) => {
      const isRiver = feature.get('kind') === 'river'
      return new Style({
        geometry: new Point(fromLonLat(feature.get('label') as Coordinate)),
        text: new Text({
          text: word(`${isRiver ? 'waters' : 'counties'}.${feature.get('key')}`),
          font: isRiver ? `${size(12.5)} "Noto Serif CJK SC", serif` : `${size(13)} "Noto Sans CJK SC", sans-serif`,
          fill: new Fill({ color: isRiver ? '#1F5F77' : '#566A72' }),
          stroke: new Stroke({ color: '#fff', width: 3 }),
        }),
      })
    },
  })
  const river = (feature: FeatureLike) =>
    new Style({ stroke: new Stroke({ color: '#A9CBD6', width: Number(feature.get('width')) * 1.5, lineCap: 'round' }) })
  const map = new OlMap({
    target: box,
    layers: [shapes('county', () => county), shapes('river', river), names],
    controls: [new ScaleLine({ units: 'metric', minWidth: 60 })],
    interactions: gestures(true),
    view: new View({ center: fromLonLat([119.6, 28.2]), zoom: 8, enableRotation: false }),
  })
  // To the basin, whatever the box's size; from there two steps in.
  const fit = () => {
    const view = map.getView()
    view.setMinZoom(0)
    view.setMaxZoom(22)
    view.fit(buffer(source.getExtent()!, 3000), { size: map.getSize(), padding: [8, 8, 8, 8] })
    view.setMinZoom(view.getZoom()!)
    view.setMaxZoom(view.getZoom()! + 2)
  }
  map.on('change:size', fit)
  if (map.getSize() !== undefined) fit()
  map.on('postrender', () => {
    const spots: Spots = {}
    for (const [section, place] of Object.entries(places)) {
      const [x, y] = map.getPixelFromCoordinate(fromLonLat(place)) ?? []
      if (x !== undefined && y !== undefined) spots[section] = { x, y }
    }
    moved(spots)
  })
  return { rename: () => names.changed(), dispose: () => map.dispose() }
}

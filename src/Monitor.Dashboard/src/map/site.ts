import ScaleLine from 'ol/control/ScaleLine'
import Zoom from 'ol/control/Zoom'
import { buffer, type Extent } from 'ol/extent'
import Feature from 'ol/Feature'
import Polygon from 'ol/geom/Polygon'
import TileLayer from 'ol/layer/Tile'
import VectorLayer from 'ol/layer/Vector'
import OlMap from 'ol/Map'
import { transformExtent } from 'ol/proj'
import { getRenderPixel } from 'ol/render'
import type RenderEvent from 'ol/render/Event'
import ImageTile from 'ol/source/ImageTile'
import VectorSource from 'ol/source/Vector'
import { Stroke, Style } from 'ol/style'
import View from 'ol/View'
import 'ol/ol.css'
import { gestures } from './gestures'
import { hatchedTile } from './hatch'

/** One scene's raster: the address of its tiles with {z}, {x}, {y} to be filled in, and its box in degrees. */
export interface Raster {
  tiles: string
  bounds: number[]
}

export interface SiteMap {
  /** Shows one scene below and another, clipped, above; null for none. */
  show: (below: Raster | null, above: Raster | null) => void
  /** Where the upper scene begins, as a share of the width from the left. */
  split: (share: number) => void
  opacity: (share: number) => void
  dispose: () => void
}

// Beyond this zoom a tile's pixel is a small part of the scene's: the browser enlarges, unsmoothed.
const tileZoomMax = 18

/** A view that two maps side by side share: where one goes, the other goes. */
export function siteView(bounds: number[]): View {
  const extent = transformExtent(bounds, 'EPSG:4326', 'EPSG:3857')
  const view = new View({ enableRotation: false, maxZoom: 20, center: middle(extent), zoom: 14 })
  view.set('home', buffer(extent, (extent[2]! - extent[0]!) * 0.06))
  return view
}

/** A map of a site. `words` names the buttons. */
export function drawSite(
  box: HTMLElement,
  view: View,
  outline: number[][][],
  words: { in: string; out: string },
): SiteMap {
  const site = new Feature(new Polygon(outline).transform('EPSG:4326', 'EPSG:3857'))
  const rim = new VectorLayer({
    source: new VectorSource({ features: [site] }),
    style: [
      new Style({ stroke: new Stroke({ color: '#fff', width: 5 }) }),
      new Style({ stroke: new Stroke({ color: '#10232B', width: 2.2 }) }),
    ],
  })
  const shown: { below?: string; above?: string } = {}
  const below = new TileLayer<ImageTile>({ preload: 0 })
  const above = new TileLayer<ImageTile>({ preload: 0 })
  const map = new OlMap({
    target: box,
    layers: [below, above, rim],
    view,
    controls: [
      new ScaleLine({ units: 'metric', minWidth: 80 }),
      new Zoom({ zoomInTipLabel: words.in, zoomOutTipLabel: words.out }),
    ],
    // Arrows move the swipe.
    interactions: gestures(false),
  })
  // The box has its size already, unless it is not laid out yet.
  if (map.getSize() === undefined) map.once('change:size', () => home(map, view))
  else home(map, view)
  let from = 0.5
  // Each on its own side: a scene that is made translucent shows the page below, not the other scene.
  clip(below, map, () => [0, shown.above === undefined ? 1 : from])
  clip(above, map, () => [from, 1])
  const put = (layer: TileLayer<ImageTile>, raster: Raster | null) => {
    layer.setSource(raster === null ? null : sourceOf(raster.tiles))
    layer.setExtent(raster === null ? undefined : transformExtent(raster.bounds, 'EPSG:4326', 'EPSG:3857'))
  }
  return {
    show(one, other) {
      if (shown.below !== one?.tiles) put(below, one)
      if (shown.above !== other?.tiles) put(above, other)
      shown.below = one?.tiles
      shown.above = other?.tiles
    },
    split(share) {
      from = share
      map.render()
    },
    opacity(share) {
      below.setOpacity(share)
      above.setOpacity(share)
    },
    dispose: () => map.dispose(),
  }
}

const middle = (extent: Extent) => [(extent[0]! + extent[2]!) / 2, (extent[1]! + extent[3]!) / 2]

function home(map: OlMap, view: View) {
  view.fit(view.get('home') as Extent, { size: map.getSize(), padding: [12, 12, 12, 12] })
}

function sourceOf(tiles: string): ImageTile {
  return new ImageTile({
    interpolate: false,
    transition: 0,
    wrapX: false,
    maxZoom: tileZoomMax,
    async loader(z, x, y, { signal }) {
      const address = tiles.replace('{z}', `${z}`).replace('{x}', `${x}`).replace('{y}', `${y}`)
      const answer = await fetch(address, { signal })
      // Not blank, which would be mistaken for a scene that ends there.
      if (!answer.ok) return hatchedTile()
      return createImageBitmap(await answer.blob())
    },
  })
}

// Draws a layer between two shares of the width; restored after it, so that the layers above are whole.
function clip(layer: TileLayer<ImageTile>, map: OlMap, between: () => [number, number]) {
  layer.on('prerender', (event: RenderEvent) => {
    const context = event.context as CanvasRenderingContext2D
    const [width, height] = map.getSize() ?? [0, 0]
    const [from, to] = between()
    const [left, top] = getRenderPixel(event, [width! * from, 0])
    const [right, bottom] = getRenderPixel(event, [width! * to, height!])
    context.save()
    context.beginPath()
    context.rect(left!, top!, right! - left!, bottom! - top!)
    context.clip()
  })
  layer.on('postrender', (event: RenderEvent) => (event.context as CanvasRenderingContext2D).restore())
}

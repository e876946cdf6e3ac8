const side = 256
const period = 8
let tile: HTMLCanvasElement | undefined

/** What stands for a tile that could not be had: lines the other way round than those of a masked pixel. */
export function hatchedTile(): HTMLCanvasElement {
  if (tile !== undefined) return tile
  tile = document.createElement('canvas')
  tile.width = tile.height = side
  const context = tile.getContext('2d')!
  context.fillStyle = '#F6F8F8'
  context.fillRect(0, 0, side, side)
  context.strokeStyle = '#A8182B'
  context.lineWidth = 1
  context.beginPath()
  for (let at = -side; at < side; at += period * 2) {
    context.moveTo(at, 0)
    context.lineTo(at + side, side)
  }
  context.stroke()
  return tile
}

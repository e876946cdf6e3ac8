import type Collection from 'ol/Collection'
import { platformModifierKeyOnly } from 'ol/events/condition'
import { defaults, DragPan, type Interaction, MouseWheelZoom } from 'ol/interaction'

/**
 * What a map in a page may take for itself: no rotation; the wheel only with Ctrl or ⌘, a finger only with a second one,
 * so that whoever scrolls the page is not caught on its way.
 */
export function gestures(keyboard: boolean): Collection<Interaction> {
  return defaults({
    altShiftDragRotate: false,
    pinchRotate: false,
    mouseWheelZoom: false,
    dragPan: false,
    keyboard,
  }).extend([
    new MouseWheelZoom({ condition: platformModifierKeyOnly }),
    new DragPan({
      condition(event) {
        const isTouch = (event.originalEvent as PointerEvent).pointerType === 'touch'
        return !isTouch || (this as DragPan).getPointerCount() === 2
      },
    }),
  ])
}

import { onUnmounted, ref, type Ref } from 'vue'

/** Whether a media query holds, now and after each change of the window. */
export function useMedia(query: string): Ref<boolean> {
  const list = window.matchMedia(query)
  const holds = ref(list.matches)
  const change = () => (holds.value = list.matches)
  list.addEventListener('change', change)
  onUnmounted(() => list.removeEventListener('change', change))
  return holds
}

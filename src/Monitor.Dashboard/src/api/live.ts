import { ref } from 'vue'

/** Where record and ledger stand, as one text: it changes when anything new is stored or sealed. */
export const liveState = ref('')
/** Whether the service's line is open; null before the first word. */
export const isLive = ref<boolean | null>(null)

let source: EventSource | undefined
let isFirst = true

/** Opens the line. The browser opens it again by itself after a break. */
export function listen() {
  source?.close()
  source = new EventSource('/api/v1/events')
  source.addEventListener('state', (event) => {
    isLive.value = true
    // The first word only says where things stand: what is on the page was asked for just now.
    if (isFirst) known = event.data as string
    isFirst = false
    if (event.data === known) return
    known = event.data as string
    liveState.value = known
  })
  source.addEventListener('open', () => (isLive.value = true))
  source.addEventListener('error', () => (isLive.value = false))
}

let known = ''

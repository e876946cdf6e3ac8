import { onUnmounted, ref, shallowRef, watch, type Ref } from 'vue'
import { liveState } from './live'

/** The service answered, but not with what was asked for. */
export class AnswerError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly field: string | null = null,
  ) {
    super(`HTTP ${status}`)
  }
}

/** Asks the service that the page came from. Rejects with AnswerError, or with the network's own error. */
export async function ask<T>(address: string, signal?: AbortSignal): Promise<T> {
  return taken<T>(await fetch(address, { signal, headers: { accept: 'application/json' } }))
}

/** Asks the service to change something. Rejects as `ask` does. */
export async function send<T>(method: string, address: string, body?: unknown, token?: string): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (token) headers['x-monitor-token'] = token
  return taken<T>(await fetch(address, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }))
}

async function taken<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false
  if (answer.ok && isJson) return (await answer.json()) as T
  const problem = isJson ? ((await answer.json()) as { detail?: string; field?: string | null }) : {}
  throw new AnswerError(answer.status, problem.detail ?? '', problem.field ?? null)
}

export interface Failure {
  error: unknown
  since: Date
}

export interface Asked<T> {
  answer: Ref<T | null>
  /** The last answer stays on the page, with its age: stale figures must never look fresh. */
  readAt: Ref<Date | null>
  failure: Ref<Failure | null>
  /** Whether another answer is on its way; the old one is dimmed meanwhile. */
  turning: Ref<boolean>
  read: () => Promise<void>
}

/**
 * Keeps the answer to an address: asks again when the address changes, and whenever the service says that its record or
 * ledger moved.
 * `live: false` for answers that are made anew at a price, as verification.
 */
export function useAnswer<T>(address: () => string | null, options: { live?: boolean } = {}): Asked<T> {
  const answer = shallowRef<T | null>(null)
  const readAt = ref<Date | null>(null)
  const failure = ref<Failure | null>(null)
  const turning = ref(false)
  let going: AbortController | undefined

  async function read() {
    going?.abort()
    const mine = new AbortController()
    going = mine
    const asked = address()
    if (asked === null) return
    turning.value = true
    try {
      const got = await ask<T>(asked, mine.signal)
      if (mine.signal.aborted) return
      answer.value = got
      readAt.value = new Date()
      failure.value = null
    } catch (error) {
      if (mine.signal.aborted) return
      failure.value = { error, since: failure.value?.since ?? new Date() }
    } finally {
      if (going === mine) turning.value = false
    }
  }

  watch(address, () => void read(), { immediate: true })
  if (options.live !== false) watch(liveState, () => void read())
  onUnmounted(() => going?.abort())
  return { answer, readAt, failure, turning, read }
}

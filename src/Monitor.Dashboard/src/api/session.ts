import { computed, ref, shallowRef } from 'vue'
import { ask, AnswerError, send } from './client'
import type { Session } from './types'

const address = '/api/v1/session'
const minute = 60_000

/** Who is signed in; null for a viewer. */
export const session = shallowRef<Session | null>(null)
/** Somebody was signed in on this page, and the session is over: the page stays, as a viewer's. */
export const isOver = ref(false)
/** Why the service did not say who is signed in; null where it did. */
export const sessionFailure = shallowRef<unknown>(null)
/** What an answer that depends on the asker depends on. */
export const asker = computed(() => session.value?.key ?? '')

let toldAt = 0

/** Asks who is signed in. */
export async function readSession() {
  try {
    take(await ask<Session | null>(address))
    sessionFailure.value = null
  } catch (error) {
    // Shown in the top bar; whoever was signed in stays shown as such, and the service decides at the next act.
    sessionFailure.value = error
  }
}

export async function signIn(person: string, password: string) {
  take(await send<Session>('POST', address, { person, password }))
  isOver.value = false
}

export async function signOut() {
  const token = session.value?.token
  if (token) await send('DELETE', address, undefined, token)
  session.value = null
  isOver.value = false
}

/** Sends a change in the name of whoever is signed in. */
export async function act<T>(method: 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
  try {
    return await send<T>(method, path, body, session.value?.token)
  } catch (error) {
    if (error instanceof AnswerError && error.status === 401) take(null)
    throw error
  }
}

/** Tells the service at most once a minute that a person is at the page, and asks once a minute whether the session lasts. */
export function watchSession() {
  void readSession()
  window.setInterval(() => session.value && void readSession(), minute)
  for (const sign of ['pointerdown', 'keydown']) window.addEventListener(sign, () => void stillHere(), { passive: true })
}

async function stillHere() {
  if (!session.value || Date.now() - toldAt < minute) return
  toldAt = Date.now()
  try {
    take(await act<Session>('PUT', address))
  } catch (error) {
    // Over, which `act` has noted; or the network, which the next reading tells.
    if (!(error instanceof AnswerError)) sessionFailure.value = error
  }
}

function take(next: Session | null) {
  if (session.value && !next) isOver.value = true
  if (next && !session.value) toldAt = Date.now()
  session.value = next
}

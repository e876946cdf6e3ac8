import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import type { Name } from '../api/overview'
import { en } from './en'
import { zh } from './zh'

export type Language = 'zh' | 'en'

// All state of the page is in its address, so that a link opens what its sender saw.
const asked = new URLSearchParams(location.search).get('lang')

export const i18n = createI18n({
  legacy: false,
  locale: asked === 'en' ? 'en' : 'zh',
  fallbackLocale: 'zh',
  messages: { zh, en },
})

export const language = computed(() => i18n.global.locale.value as Language)

export function speak(next: Language) {
  i18n.global.locale.value = next
  const address = new URL(location.href)
  if (next === 'zh') address.searchParams.delete('lang')
  else address.searchParams.set('lang', next)
  history.replaceState(null, '', address)
}

export function nameOf(name: Name | undefined, id: string): string {
  const first = language.value === 'zh' ? name?.zh : name?.en
  return first ?? name?.zh ?? name?.en ?? id
}

import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import type { Name } from '../api/types'
import { router } from '../router'
import { en } from './en'
import { zh } from './zh'

export type Language = 'zh' | 'en'

const asked = new URLSearchParams(location.search).get('lang')

export const i18n = createI18n({
  legacy: false,
  locale: asked === 'en' ? 'en' : 'zh',
  fallbackLocale: 'zh',
  messages: { zh, en },
})

export const language = computed(() => i18n.global.locale.value as Language)

// The language is part of the address, and every link carries it on.
router.beforeEach((to) => {
  const wanted = language.value === 'en' ? 'en' : undefined
  if (to.query.lang === wanted) return true
  return { ...to, query: { ...to.query, lang: wanted }, replace: true }
})

export function speak(next: Language) {
  i18n.global.locale.value = next
  const { query, hash } = router.currentRoute.value
  void router.replace({ query: { ...query, lang: next === 'en' ? 'en' : undefined }, hash })
}

export function nameOf(name: Name | undefined, id: string): string {
  const first = language.value === 'zh' ? name?.zh : name?.en
  return first ?? name?.zh ?? name?.en ?? id
}

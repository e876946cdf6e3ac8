import { ref } from 'vue'

/** The period a page shows while its address names none: the one that was judged last. */
export const defaultPeriod = ref<string | null>(null)

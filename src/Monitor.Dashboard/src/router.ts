import { createRouter, createWebHistory } from 'vue-router'
import OverviewPage from './pages/OverviewPage.vue'

// All state of the page is in its address, so that a link opens what its sender saw.
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'overview', component: OverviewPage },
    { path: '/sections/:id?', name: 'sections', component: () => import('./pages/SectionPage.vue'), meta: { period: true } },
    { path: '/wetlands/:id?', name: 'wetlands', component: () => import('./pages/WetlandPage.vue') },
    { path: '/proposals', name: 'proposals', component: () => import('./pages/ProposalsPage.vue') },
    { path: '/proposals/:entry(\\d+)', name: 'proposal', component: () => import('./pages/ProposalPage.vue') },
    { path: '/notices', name: 'notices', component: () => import('./pages/NoticesPage.vue') },
    { path: '/notices/:entry(\\d+)', name: 'notice', component: () => import('./pages/NoticePage.vue') },
    { path: '/ledger/:entry(\\d+)?', name: 'ledger', component: () => import('./pages/LedgerPage.vue') },
    { path: '/:rest(.*)*', name: 'lost', component: () => import('./pages/LostPage.vue') },
  ],
  // A change of language, parameter or period keeps its place; another page begins at its top.
  scrollBehavior: (to, from, saved) => (to.path === from.path ? undefined : (saved ?? { top: 0 })),
})

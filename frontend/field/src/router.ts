import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { canUnlock, knownSession, persons } from './composables/session'
import { nav, tasks, titles } from './strings'
import SignInPage from './views/SignInPage.vue'
import TasksPage from './views/TasksPage.vue'

const CASE = '/cases/:id'
/** `isOpen`: holds nothing of a household, so it stands without a PIN. */
const routes: RouteRecordRaw[] = [
  { path: '/', name: 'tasks', component: TasksPage, meta: { title: tasks.title } },
  { path: '/login', name: 'login', component: SignInPage, meta: { title: titles.login, isOpen: true } },
  { path: '/people', name: 'people', component: () => import('./views/PeoplePage.vue'), meta: { title: titles.people, isOpen: true } },
  { path: '/forgot', name: 'forgot', component: () => import('./views/ForgotPage.vue'), meta: { title: titles.forgot, isOpen: true } },
  { path: '/check', name: 'check', component: () => import('./views/CheckPage.vue'), meta: { title: titles.check, isOpen: true } },
  { path: '/bind', name: 'bind', component: () => import('./views/BindPage.vue'), meta: { title: titles.bind } },
  { path: '/pin', name: 'pin', component: () => import('./views/ChangePinPage.vue'), meta: { title: titles.pin } },
  { path: '/rescue', name: 'rescue', component: () => import('./views/RescuePage.vue'), meta: { title: titles.rescue } },
  { path: '/recovered', name: 'recovered', component: () => import('./views/RecoveredPage.vue'), meta: { title: titles.recovered } },
  { path: '/outbox', name: 'outbox', component: () => import('./views/OutboxPage.vue'), meta: { title: nav.outbox } },
  { path: '/discover', name: 'discover', component: () => import('./views/DiscoverPage.vue'), meta: { title: nav.discover } },
  { path: '/policy', name: 'policy', component: () => import('./views/PolicyPage.vue'), meta: { title: nav.policy } },
  { path: '/me', name: 'me', component: () => import('./views/MePage.vue'), meta: { title: nav.me } },
  { path: CASE, name: 'case', component: () => import('./views/CasePage.vue'), meta: { title: titles.form } },
  { path: `${CASE}/sections/:section`, name: 'section', component: () => import('./views/SectionPage.vue'), meta: { title: titles.toc } },
  { path: `${CASE}/hints`, name: 'hints', component: () => import('./views/HintsPage.vue'), meta: { title: titles.hints } },
  { path: `${CASE}/finish`, name: 'finish', component: () => import('./views/FinishPage.vue'), meta: { title: titles.finish } },
  { path: `${CASE}/observe`, name: 'observe', component: () => import('./views/ObservePage.vue'), meta: { title: titles.observe } },
  { path: `${CASE}/attempt`, name: 'attempt', component: () => import('./views/AttemptPage.vue'), meta: { title: titles.attempt } },
  { path: `${CASE}/explain`, name: 'explain', component: () => import('./views/ExplainPage.vue'), meta: { title: titles.explain } },
  { path: `${CASE}/urgent`, name: 'urgent', component: () => import('./views/UrgentPage.vue'), meta: { title: titles.urgent } },
  { path: '/:rest(.*)*', redirect: '/' },
]

export const router = createRouter({
  history: createWebHistory('/field/'),
  routes,
  scrollBehavior: (to, from, kept) => kept ?? (to.path === from.path ? undefined : { top: 0 }),
})

/** What the coordinator's QR code opens: /field/#/bind?code=123456. */
const CODE_LINK = /^#\/bind\?(?:.*&)?code=(\d{6})\b/

router.beforeEach(async (to) => {
  const code = CODE_LINK.exec(to.hash)?.[1]
  if (code) return { name: 'bind', query: { code }, hash: '', replace: true }
  if (to.meta.isOpen) {
    // A store that cannot be read must not keep the self-test closed.
    await knownSession().catch(() => null)
    return true
  }
  if ((await knownSession()) || (to.name !== 'bind' && persons.value?.some(canUnlock))) return true
  if (to.name === 'bind') return { name: 'login', query: to.query }
  return { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
})

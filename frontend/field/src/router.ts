import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { knownSession } from './composables/session'
import { attempt, finish, form, nav, observe, outbox, page, policy, signIn, tasks, urgent } from './strings'
import TasksPage from './views/TasksPage.vue'

const CASE = '/cases/:id'
const routes: RouteRecordRaw[] = [
  { path: '/', name: 'tasks', component: TasksPage, meta: { title: tasks.title } },
  { path: '/login', name: 'login', component: () => import('./views/SignInPage.vue'), meta: { title: signIn.submit, isOpen: true } },
  { path: '/outbox', name: 'outbox', component: () => import('./views/OutboxPage.vue'), meta: { title: outbox.title } },
  { path: '/policy', name: 'policy', component: () => import('./views/PolicyPage.vue'), meta: { title: policy.title } },
  { path: '/me', name: 'me', component: () => import('./views/MePage.vue'), meta: { title: nav.me } },
  { path: CASE, name: 'case', component: () => import('./views/CasePage.vue'), meta: { title: page.form } },
  { path: `${CASE}/sections/:section`, name: 'section', component: () => import('./views/SectionPage.vue'), meta: { title: form.toc } },
  { path: `${CASE}/finish`, name: 'finish', component: () => import('./views/FinishPage.vue'), meta: { title: finish.title } },
  { path: `${CASE}/observe`, name: 'observe', component: () => import('./views/ObservePage.vue'), meta: { title: observe.title } },
  { path: `${CASE}/attempt`, name: 'attempt', component: () => import('./views/AttemptPage.vue'), meta: { title: attempt.title } },
  { path: `${CASE}/urgent`, name: 'urgent', component: () => import('./views/UrgentPage.vue'), meta: { title: urgent.title } },
  { path: '/:rest(.*)*', redirect: '/' },
]

export const router = createRouter({
  history: createWebHistory('/field/'),
  routes,
  scrollBehavior: (to, from, kept) => kept ?? (to.path === from.path ? undefined : { top: 0 }),
})

router.beforeEach(async (to) => {
  if (to.meta.isOpen) return true
  return (await knownSession()) ? true : { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
})

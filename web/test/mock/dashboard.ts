/** What /api/dashboard answers: a card of each shape, one that failed, and the first steps. */
const at = '2026-03-01T10:00:00Z';
const figure = (label: string, value: number, to: string, tone = 'neutral') => ({ label, value, to, tone, detail: '' });
const card = (id: string, title: string, shown: unknown, rest: Record<string, unknown> = {}) => ({ id, plugin: id.split('.')[0], title, size: 'm', to: null, shown, error: null, ...rest });

const STEPS = {
  kind: 'checklist',
  steps: [
    { title: 'Let a second person in', done: true, to: '/s/users/invitations', detail: '' },
    { title: 'Keep a credential', done: false, to: '/s/credentials/new', detail: 'Its values are sealed.' },
  ],
};
const POINTS = [{ label: '28 Feb', to: '/s/audit?since=2026-02-28T00:00:00Z' }, { label: '01 Mar', to: null }];

export function dashboardOf(withSteps: boolean, projects: number): unknown {
  return {
    at,
    request_id: '0199-dash',
    cards: [
      ...(withSteps ? [card('dashboard.first_steps', 'First steps', STEPS, { size: 'l' })] : []),
      card('dashboard.health', 'Health', { kind: 'list', items: [{ title: 'redis', to: '/settings/plugins', detail: 'does not answer', tone: 'warn', at: null }], empty: '' }),
      card('runs.failed', 'Failed runs', { kind: 'list', items: [], empty: 'No run has failed.' }, { to: '/s/runs?state=failed' }),
      card('dashboard.sections', 'At a glance', { kind: 'figures', items: [figure('Projects', projects, '/s/projects'), { ...figure('Late', 0, '', 'bad'), value: null, to: null }] }),
      card('audit.activity', 'Activity', { kind: 'chart', unit: 'events', points: POINTS, series: [{ name: 'Done', values: [3, 0], tone: 'info' }, { name: 'Denied', values: [1, 0], tone: 'bad' }] }),
      card('orders.late', 'Late orders', null, { error: 'It did not answer in time.' }),
    ],
  };
}

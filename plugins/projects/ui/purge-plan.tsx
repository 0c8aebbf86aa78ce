/** What a purge would do and what is in its way; then the slug is typed. */
import { Banner, Button, ProblemCard, Skeleton, problemWords, useData, useHost, useRefresh } from '@foundation/sdk/react';

import { t } from './t';
import type { Plan, Project } from './types';

type PurgePlanProps = { project: Project; onGone: () => void };

export function PurgePlan({ project, onGone }: PurgePlanProps) {
  const { api, ui } = useHost();
  const refresh = useRefresh();
  const path = `/${project.id}/purge`;
  const { value: plan, error, reload } = useData<Plan>(path);
  const { id, name, slug } = project;

  const handlePurge = async () => {
    if (!(await ui.confirm({ title: t('purge.title', { name }), body: t('purge.sure'), danger: true, type: slug, ok: t('purge') }))) return;
    try {
      await api.send('POST', path, { slug }, { ifMatch: `"${plan?.version}"` });
    } catch (failure) {
      const words = problemWords(failure);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
      return;
    }
    onGone();
    await refresh(`/${id}`);
    ui.toast({ text: t('purged', { name }), kind: 'good' });
  };
  if (error && !plan) return <ProblemCard error={error} onRetry={reload} />;
  if (!plan) return <Skeleton rows={2} />;
  return (
    <section className="pr-danger" data-worst="" aria-labelledby="purge">
      <h3 id="purge">{t('purge')}</h3>
      <p>{t('purge.body')}</p>
      <ul className="pr-plan">
        <li>{t('purge.members', { n: plan.members })}</li>
        <li>{plan.credentials.length === 0 ? t('purge.credentials.none') : t('purge.credentials', { list: plan.credentials.map((one) => one.name).join(', ') })}</li>
        {plan.schedules > 0 && <li>{t('purge.schedules', { n: plan.schedules })}</li>}
        <li>{t('purge.stays')}</li>
      </ul>
      {plan.blocked.map((why) => <Banner key={why} tone="warn">{t(`purge.blocked.${why}`, { n: plan.open_runs ?? 0 })}</Banner>)}
      <Button variant="danger" icon="trash-2" disabled={plan.blocked.length > 0} onClick={() => void handlePurge()}>{t('purge')}</Button>
    </section>
  );
}

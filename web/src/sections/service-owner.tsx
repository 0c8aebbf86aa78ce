/** Who answers for a service account; another name and another owner are given here. */
import type { UserView } from '@/api/wire';
import { t } from '@/i18n/t';
import type { JsonSchema } from '@/sdk/types';
import { Button } from '@/ui/button';
import { useData, useRefresh } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { problemWords } from '@/ui/problem-words';

type ServiceOwnerProps = { service: UserView };
type Values = { name: string; owner_id: string };

const nameOf = (user: UserView) => user.name || user.email;

function schemaOf(): JsonSchema {
  return {
    type: 'object',
    required: ['name', 'owner_id'],
    properties: {
      name: { type: 'string', title: t('users.name'), minLength: 1, maxLength: 200 },
      owner_id: { type: 'string', title: t('services.owner'), description: t('services.owner.hint'), 'x-ui': { widget: 'ref', ref: '/api/users?kind=user' } },
    },
  };
}

export function ServiceOwner({ service }: ServiceOwnerProps) {
  const { api, ui, can, route } = useHost();
  const refresh = useRefresh();
  const { value: owner } = useData<UserView>(service.owner_id && `/users/${service.owner_id}`);
  const ask = async () => {
    const changed = await ui.form<Values>({
      title: t('resource.edit', { name: service.name }),
      submit: t('save'),
      schema: schemaOf(),
      value: { name: service.name, owner_id: service.owner_id ?? '' },
      onSubmit: async (values) => {
        await api.send('PATCH', `/service-accounts/${service.id}`, values, { ifMatch: `"${service.version}"` });
      },
    });
    await refresh();
    if (changed) ui.toast({ text: t('resource.saved', { name: changed.name }), kind: 'good' });
  };
  const handleEdit = () => void ask().catch((error: unknown) => {
    const { title, body } = problemWords(error);
    ui.toast({ text: `${title}. ${body}`, kind: 'bad' });
  });
  return (
    <span className="f-owner">
      {owner ? <a className="f-link" href={route.href(owner.id)}>{nameOf(owner)}</a> : t('services.owner.none')}
      {can('accounts:user:write') && <Button aria-label={t('resource.edit', { name: service.name })} onClick={handleEdit}>{t('edit')}</Button>}
    </span>
  );
}

/** Make a service account: something that uses the API by token, with a role and an owner. */
import { newKey } from '@/api/new-key';
import { t } from '@/i18n/t';
import type { JsonSchema } from '@/sdk/types';
import { Button } from '@/ui/button';
import { useRefresh } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { useMatrix } from './use-matrix';

type Values = { name: string; role?: string };

export function NewService() {
  const { api, ui, route } = useHost();
  const refresh = useRefresh();
  const { value: matrix } = useMatrix();
  const handleNew = async () => {
    const roles = (matrix?.roles ?? []).map((role) => ({ const: role.name, title: role.title }));
    const schema: JsonSchema = {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string', title: t('users.name'), description: t('services.name.hint'), minLength: 1, maxLength: 200 },
        role: { type: 'string', title: t('users.role'), oneOf: roles },
      },
    };
    const idempotencyKey = newKey();
    let id = '';
    const done = await ui.form<Values>({
      title: t('services.new'),
      submit: t('services.create'),
      schema,
      onSubmit: async (values) => {
        id = (await api.send<{ id: string }>('POST', '/service-accounts', values, { idempotencyKey })).id;
        await refresh();
      },
    });
    if (!done) return;
    ui.toast({ text: t('resource.created', { name: done.name }), kind: 'good' });
    route.go(`services/${id}`);
  };
  return <Button variant="primary" icon="plus" onClick={() => void handleNew()}>{t('services.new')}</Button>;
}

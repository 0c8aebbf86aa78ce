/** A new credential: its kind first, then the form of that kind. */
import { useState } from 'react';

import type { FormSpec } from '@foundation/sdk';
import { Checkbox, Drawer, Icon, ProblemCard, SchemaForm, Skeleton, newKey, useHost, useLeaveGuard, usePlace, useRefresh } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential, Kind, TestResult } from './types';
import { useKinds } from './use-kinds';

type CreateCredentialProps = { kind: string; onClose: () => void };
type KindPickerProps = { kinds: Kind[] };
type CreateFormProps = { kind: Kind; onClose: () => void };

const ICONS: Record<string, string> = { basic: 'user', bearer: 'tag', api_key_header: 'key-round', oauth2_client: 'workflow', postgres: 'database', mysql: 'database', s3: 'inbox', smtp: 'globe', ssh_key: 'terminal', kv: 'list' };

function KindPicker({ kinds }: KindPickerProps) {
  const { route } = useHost();
  const { query } = usePlace();
  return (
    <section aria-labelledby="pick">
      <h3 id="pick">{t('pick')}</h3>
      <div className="f-choices">
        {kinds.map((kind) => (
          <a key={kind.kind} className="f-choice" href={route.href(`new/${kind.kind}`, query)}>
            <span className="f-name"><Icon name={ICONS[kind.kind] ?? 'key-round'} /> {kind.title}</span>
            <span className="f-meta">{kind.schema.description}</span>
          </a>
        ))}
      </div>
    </section>
  );
}

/** What every credential has, around the values of its kind. */
function formOf(kind: Kind): FormSpec {
  return {
    submit: t('create'),
    schema: {
      type: 'object',
      required: ['name', 'slug', 'values'],
      properties: {
        name: { type: 'string', title: t('name'), minLength: 1, maxLength: 200 },
        slug: { type: 'string', title: t('slug'), description: t('slug.hint'), pattern: '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$' },
        description: { type: 'string', title: t('description'), default: '', maxLength: 4000, 'x-ui': { widget: 'textarea' } },
        values: { ...kind.schema, type: 'object', title: kind.title },
      },
    },
  };
}

function CreateForm({ kind, onClose }: CreateFormProps) {
  const { api, route, ui } = useHost();
  const { query } = usePlace();
  const refresh = useRefresh();
  const guard = useLeaveGuard();
  const [idempotencyKey] = useState(newKey);
  const [first, setFirst] = useState(false);
  /** Whether to go on: the test was not asked for, said yes, or is overruled. */
  const tested = async (values: unknown): Promise<boolean> => {
    if (!first) return true;
    const { result, mend } = await api.send<TestResult>('POST', '/test', { kind: kind.kind, values });
    return result === 'ok' || ui.confirm({ title: t(`test.${result}`, { mend }), body: t('test.anyway'), ok: t('create') });
  };
  const handleSubmit = async (values: Record<string, unknown>) => {
    if (!(await tested(values['values']))) return;
    const made = await api.send<Credential>('POST', '', { ...values, kind: kind.kind }, { idempotencyKey });
    guard(false);
    await refresh();
    ui.toast({ text: t('created.toast', { name: made.name }), kind: 'good' });
    route.go(made.id, { query, replace: true });
  };
  return (
    <>
      <p><a className="f-link" href={route.href('new', query)}>{t('pick.back')}</a></p>
      <Checkbox label={t('test.first')} checked={first} onChange={(event) => setFirst(event.target.checked)} />
      <SchemaForm spec={formOf(kind)} onSubmit={handleSubmit} onCancel={onClose} onDirty={guard} />
    </>
  );
}

export function CreateCredential({ kind, onClose }: CreateCredentialProps) {
  const { route } = useHost();
  const { query } = usePlace();
  const { kinds, error, pending, reload } = useKinds();
  const chosen = kinds.find((one) => one.kind === kind);
  return (
    <Drawer title={t('new')} closeHref={route.href('', query)} onClose={onClose}>
      {pending && <Skeleton rows={4} />}
      {error && kinds.length === 0 && <ProblemCard error={error} onRetry={reload} />}
      {chosen && <CreateForm key={chosen.kind} kind={chosen} onClose={onClose} />}
      {!chosen && kinds.length > 0 && <KindPicker kinds={kinds} />}
    </Drawer>
  );
}

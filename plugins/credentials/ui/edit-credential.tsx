/** What a credential says of itself; values are replaced elsewhere. */
import { ChangeForm } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential } from './types';

type EditCredentialProps = { credential: Credential; etag: string | null; onDone: () => void };

/** The form's words as the server takes them: a day ends with its last second, nothing is null. */
function changeOf(values: Record<string, unknown>): Record<string, unknown> {
  const { expires_at: day, rotate_every: days = null, tags = [], description = '', notes = '', ...rest } = values;
  return { ...rest, description, notes, tags, rotate_every: days, expires_at: typeof day === 'string' && day !== '' ? `${day}T23:59:59Z` : null };
}

/** What the form shows of a credential. */
const rowOf = ({ name, description, tags, notes, reveal, expires_at, block_expired, rotate_every }: Credential) => ({
  name, description, tags, notes, reveal, block_expired, expires_at: expires_at?.slice(0, 10), rotate_every: rotate_every ?? undefined,
});

export function EditCredential({ credential, etag, onDone }: EditCredentialProps) {
  return (
    <ChangeForm
      spec={{
        submit: t('save'),
        schema: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string', title: t('name'), minLength: 1, maxLength: 200 },
            description: { type: 'string', title: t('description'), default: '', maxLength: 4000, 'x-ui': { widget: 'textarea' } },
            tags: { type: 'array', title: t('tags'), description: t('tags.hint'), items: { type: 'string', pattern: '^[a-z0-9][a-z0-9_.-]{0,39}$' } },
            notes: { type: 'string', title: t('notes'), default: '', maxLength: 4000, 'x-ui': { widget: 'textarea' } },
            expires_at: { type: 'string', title: t('expires'), format: 'date' },
            block_expired: { type: 'boolean', title: t('block_expired'), default: false },
            rotate_every: { type: 'integer', title: t('rotate_every'), minimum: 1, maximum: 3660 },
            reveal: { type: 'string', title: t('reveal.policy'), default: 'allowed', oneOf: [{ const: 'allowed', title: t('reveal.allowed') }, { const: 'never', title: t('reveal.never.short') }] },
          },
        },
      }}
      path={`/${credential.id}`}
      value={credential}
      etag={etag ?? `"${credential.version}"`}
      rowOf={rowOf}
      bodyOf={changeOf}
      saved={({ name = credential.name }) => t('saved', { name: String(name) })}
      onDone={onDone}
    />
  );
}

/** Finds somebody by name or e-mail and makes them a member. */
import { type SyntheticEvent, useState } from 'react';

import { Button, Field, FormProblem, Select, TextInput, newKey, useData, useHost, useRefresh } from '@foundation/sdk/react';

import { roleOf, roleOptions } from './roles';
import { t } from './t';
import type { Candidate, Project, Role } from './types';

type AddMemberProps = { project: Project };

export function AddMember({ project }: AddMemberProps) {
  const { api, ui } = useHost();
  const refresh = useRefresh();
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [missing, setMissing] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const { value, pending } = useData<{ items: Candidate[] }>(`/${project.id}/candidates`, { q });
  const people = value?.items ?? [];
  const person = people.find((one) => one.id === chosen);

  const handleSubmit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setMissing(!person);
    if (!person) return;
    setFailure(null);
    try {
      await api.send('POST', `/${project.id}/members`, { user_id: person.id, role }, { idempotencyKey: newKey() });
    } catch (problem) {
      setFailure(problem);
      return;
    }
    setQ('');
    setChosen('');
    await refresh();
    ui.toast({ text: t('member.added', { name: person.name }), kind: 'good' });
  };
  return (
    <form className="f-form pr-add" noValidate aria-labelledby="add" onSubmit={(event) => void handleSubmit(event)}>
      <h4 id="add">{t('member.add')}</h4>
      {failure !== null && <FormProblem error={failure} />}
      <Field label={t('member.find')} hint={t('member.find.hint')}>
        {(ids) => <TextInput {...ids} value={q} maxLength={200} autoComplete="off" onChange={(event) => setQ(event.target.value)} />}
      </Field>
      <div className="pr-pair">
        <Field label={t('member.who')} error={missing ? t('member.choose') : undefined}>
          {(ids) => <Select {...ids} value={person ? chosen : ''} empty={pending ? t('loading') : people.length === 0 ? t('member.nobody') : t('choose')} options={people.map((one) => ({ value: one.id, label: one.email === '' || one.email === one.name ? one.name : `${one.name} (${one.email})` }))} onChange={(event) => setChosen(event.target.value)} />}
        </Field>
        <Field label={t('member.as')}>
          {(ids) => <Select {...ids} value={role} options={roleOptions()} onChange={(event) => setRole(roleOf(event.target.value))} />}
        </Field>
      </div>
      <p className="f-hint">{t(`role.${role}.can`)}</p>
      <div className="f-form-actions"><Button type="submit" icon="plus">{t('member.add')}</Button></div>
    </form>
  );
}

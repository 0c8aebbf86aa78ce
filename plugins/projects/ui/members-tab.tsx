/** Who is what in a project; its owners change that. */
import { Badge, Icon, Menu, type MenuItem, ProblemCard, Select, Skeleton, useData, useHost } from '@foundation/sdk/react';

import { AddMember } from './add-member';
import { roleOf, roleOptions } from './roles';
import { t } from './t';
import type { Member, Project, Role } from './types';
import { useAct } from './use-act';

type MembersTabProps = { project: Project; onLeft: () => void };
type RowProps = { project: Project; member: Member; onLeft: () => void };

function MemberRow({ project, member, onLeft }: RowProps) {
  const { api, me, ui } = useHost();
  const act = useAct();
  const { id, user_id: user, name, version } = member;
  const path = `/${project.id}/members/${id}`;
  const isMe = user === me.id;
  const manages = project.may.includes('members');
  const changes = manages && !member.answers && project.status === 'active';

  const handleRole = (role: Role) => void act(async () => {
    await api.send('PATCH', path, { role }, { ifMatch: `"${version}"` });
    return { text: t('member.changed', { name, role: t(`role.${role}`) }) };
  });
  const handleOwner = () => void act(async () => {
    await api.send('PUT', `/${project.id}/owner`, { user_id: user }, { ifMatch: `"${project.version}"` });
    return { text: t('member.owns', { name }) };
  });
  const handleRemove = async () => {
    const title = isMe ? t('member.leave.title', { project: project.name }) : t('member.remove.title', { name });
    if (!(await ui.confirm({ title, body: t(isMe ? 'member.leave.body' : 'member.remove.body'), danger: true, ok: t(isMe ? 'member.leave' : 'member.remove') }))) return;
    const done = await act(async () => {
      await api.send('DELETE', path, undefined, { ifMatch: `"${version}"` });
      return { text: t('member.removed', { name }) };
    });
    if (done && isMe && !manages) onLeft();
  };
  const items: MenuItem[] = [
    ...(changes ? [{ id: 'owner', label: t('member.own'), icon: 'user', onSelect: handleOwner }] : []),
    ...((manages || isMe) && !member.answers ? [{ id: 'remove', label: t(isMe ? 'member.leave' : 'member.remove'), icon: 'x', danger: true, onSelect: () => void handleRemove() }] : []),
  ];
  return (
    <li className="pr-member">
      <span className="f-two">
        <span className="f-name f-clip" title={name}>{name}{isMe && <span className="f-meta"> {t('member.you')}</span>}</span>
        <span className="f-meta f-clip">{member.kind === 'service' ? t('member.service') : member.email}</span>
      </span>
      {member.answers && <Badge tone="info">{t('member.answers')}</Badge>}
      {!member.enabled && <Badge tone="warn">{t('member.disabled')}</Badge>}
      {changes
        ? <Select aria-label={t('member.role', { name })} value={member.role} options={roleOptions()} onChange={(event) => handleRole(roleOf(event.target.value))} />
        : <span className="f-meta">{t(`role.${member.role}`)}</span>}
      {items.length > 0 ? <Menu label={t('member.menu', { name })} trigger={<Icon name="ellipsis" />} items={items} /> : <span />}
    </li>
  );
}

export function MembersTab({ project, onLeft }: MembersTabProps) {
  const { value, error, reload } = useData<{ items: Member[] }>(`/${project.id}/members`);
  if (error && !value) return <ProblemCard error={error} onRetry={reload} />;
  if (!value) return <Skeleton rows={3} />;
  const adds = project.may.includes('members') && project.status === 'active';
  return (
    <section aria-labelledby="members">
      <h3 id="members">{t('tab.members')}</h3>
      <p className="f-meta">{t('members.about')}</p>
      <ul className="pr-members">
        {value.items.map((member) => <MemberRow key={member.id} project={project} member={member} onLeft={onLeft} />)}
      </ul>
      {value.items.length === 0 && <p className="f-meta">{t('members.none')}</p>}
      {adds && <AddMember project={project} />}
    </section>
  );
}

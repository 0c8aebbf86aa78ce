/** Sessions, tokens, invitations and roles as the API tells them. */
import type { Answer, Call } from './api.ts';
import { PERMISSIONS, id } from './data.ts';

type Handler = (call: Call, params: string[]) => Answer;
export type Route = [string, RegExp, Handler];

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const items = (found: unknown[]): Answer => ({ status: 200, body: { items: found, next: null } });
const TITLES: Record<string, string> = { 'projects:project:read': 'See projects', 'projects:project:write': 'Manage projects', 'credentials:secret:reveal': 'Reveal secrets' };
const SENSITIVE = ['credentials:secret:reveal', 'accounts:user:write', 'accounts:role:manage'];
const READS = PERMISSIONS.filter((name) => name.endsWith(':read') && !name.startsWith('a') && !name.startsWith('s'));
const HOLDS: Record<string, string[]> = { viewer: READS, operator: [...READS, 'projects:project:write', 'credentials:credential:write', 'projects:credential:attach'], admin: PERMISSIONS, auditor: ['audit:event:read'] };

const permission = (name: string) => ({ name, title: TITLES[name] ?? name, description: `What ${name} allows`, sensitive: SENSITIVE.includes(name) });

/** The routes of identity over a world of their own. */
export function identityRoutes(): Route[] {
  let sessions = [
    { public_id: id(701), is_current: false, created_at: ago(3000), last_seen_at: ago(60), ends_at: ago(-4000), auth_time: ago(3000), address: '192.0.2.7', browser: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15', acr: '', amr: ['pwd'], mfa: false },
    { public_id: id(702), is_current: true, created_at: ago(30), last_seen_at: ago(0), ends_at: ago(-9000), auth_time: ago(30), address: '2001:db8::1', browser: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', acr: '', amr: ['pwd', 'otp'], mfa: true },
  ];
  let tokens = [{ id: id(801), name: 'Backup script', prefix: 'fnd_pat_k3Xq', scopes: ['projects:project:read'], networks: [], created_at: ago(9000), expires_at: ago(-90_000), last_used_at: ago(12), last_used_address: '192.0.2.9', state: 'active' }];
  let proposals = [{ plugin: 'etl', plugin_title: 'ETL', permission: 'etl:flow:read', title: 'See flows', description: '', sensitive: false, role: 'viewer', state: 'open' }];
  let invitations = [{ id: id(901), email: 'nora@example.org', role: 'viewer', state: 'open', created_by: id(1), created_at: ago(60), expires_at: ago(-9000), accepted_by: null }];
  const roles = [...['viewer', 'operator', 'admin'].map((name) => ({ name, title: name.charAt(0).toUpperCase() + name.slice(1), description: '', is_builtin: true, permissions: HOLDS[name] ?? [], members: 1, version: null as number | null })), { name: 'auditor', title: 'Auditor', description: 'Reads the trail.', is_builtin: false, permissions: HOLDS['auditor'] ?? [], members: 2, version: 1 as number | null }];
  const plugins = [...new Set(PERMISSIONS.map((name) => name.split(':')[0] ?? ''))];
  const end = (gone: string | undefined): Answer => { sessions = sessions.filter((one) => one.public_id !== gone); return { status: 204 }; };
  const others = (): Answer => { const ended = sessions.filter((one) => !one.is_current).length; sessions = sessions.filter((one) => one.is_current); return { status: 200, body: { ended } }; };
  const create = ({ body }: Call): Answer => {
    const made = { id: id(802), name: String(body['name']), prefix: 'fnd_pat_0000', scopes: body['scopes'] as string[], networks: [], created_at: ago(0), expires_at: String(body['expires_at']), last_used_at: null, last_used_address: null, state: 'active' } as unknown as (typeof tokens)[number];
    tokens = [made, ...tokens];
    return { status: 201, body: { ...made, token: 'fnd_pat_0000000000000000000000000000000000000000000abcdef' } };
  };
  return [
    ['GET', /^\/api\/me\/permissions$/, () => items(PERMISSIONS.map(permission))],
    ['GET', /^\/api\/me\/notices$/, () => items([
      { kind: 'token_ends', id: id(801), name: 'Backup script', owner: 'Ada Admin', address: '', at: ago(-9000) },
      { kind: 'session_ended', id: id(703), name: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', owner: '', address: '192.0.2.8', at: ago(40) },
    ])],
    ['GET', /^\/api\/roles\/proposals$/, () => items(proposals)],
    ['POST', /^\/api\/roles\/proposals$/, ({ body }) => {
      const granted = (body['decisions'] as { granted: boolean }[])[0]?.granted;
      proposals = proposals.map((one) => ({ ...one, state: granted ? 'granted' : 'refused' }));
      return items(proposals);
    }],
    ['GET', /^\/api\/me\/sessions$/, () => items(sessions)],
    ['DELETE', /^\/api\/me\/sessions\/([^/]+)$/, (_call, [gone]) => end(gone)],
    ['POST', /^\/api\/me\/sessions\/end-others$/, others],
    ['GET', /^\/api\/users\/[^/]+\/sessions$/, () => items(sessions.filter((one) => !one.is_current))],
    ['DELETE', /^\/api\/users\/[^/]+\/sessions\/([^/]+)$/, (_call, [gone]) => end(gone)],
    ['POST', /^\/api\/users\/[^/]+\/sessions\/end-all$/, others],
    ['POST', /^\/api\/users\/end-all-sessions$/, others],
    ['GET', /^\/api\/(?:me|users\/[^/]+)\/tokens$/, () => items(tokens)],
    ['POST', /^\/api\/(?:me|users\/[^/]+)\/tokens$/, create],
    ['DELETE', /^\/api\/(?:me|users\/[^/]+)\/tokens\/([^/]+)$/, (_call, [gone]) => { tokens = tokens.map((one) => (one.id === gone ? { ...one, state: 'revoked' } : one)); return { status: 204 }; }],
    ['GET', /^\/api\/invitations$/, () => items(invitations)],
    ['POST', /^\/api\/invitations$/, ({ body }) => {
      const made = { id: id(902), email: String(body['email']), role: typeof body['role'] === 'string' ? body['role'] : 'viewer', state: 'open', created_by: id(1), created_at: ago(0), expires_at: ago(-9000), accepted_by: null };
      invitations = [made, ...invitations];
      return { status: 201, body: { ...made, link: 'http://localhost/login#invite=inv-token' } };
    }],
    ['DELETE', /^\/api\/invitations\/([^/]+)$/, (_call, [gone]) => { invitations = invitations.map((one) => (one.id === gone ? { ...one, state: 'revoked' } : one)); return { status: 204 }; }],
    ['GET', /^\/api\/roles\/matrix$/, () => ({ status: 200, body: {
      roles: roles.map(({ name, title, is_builtin }) => ({ name, title, is_builtin })),
      plugins: plugins.map((plugin) => ({ id: plugin, title: plugin, permissions: PERMISSIONS.filter((name) => name.startsWith(`${plugin}:`)).map((name) => ({ ...permission(name), roles: roles.filter((role) => role.permissions.includes(name)).map((role) => role.name) })) })),
    } })],
    ['POST', /^\/api\/roles\/preview$/, ({ body }) => {
      const before = roles.find((role) => role.name === body['name'])?.permissions ?? [];
      const after = body['permissions'] as string[];
      return { status: 200, body: { permissions: after, gains: after.filter((one) => !before.includes(one)), loses: before.filter((one) => !after.includes(one)), people: before.length > 0 ? 2 : 0 } };
    }],
    ['POST', /^\/api\/roles$/, ({ body }) => ({ status: 201, body: { ...body, is_builtin: false, members: 0, version: 1 } })],
    ['GET', /^\/api\/roles\/([^/]+)$/, (_call, [name]) => { const role = roles.find((one) => one.name === name); return role ? { status: 200, body: role, headers: { etag: '"1"' } } : { status: 404, body: { status: 404, code: 'not_found', title: 'not_found', type: 'about:blank' }, headers: { 'content-type': 'application/problem+json' } }; }],
    ['PATCH', /^\/api\/roles\/([^/]+)$/, ({ body }, [name]) => ({ status: 200, body: { ...roles.find((one) => one.name === name), ...body, version: 2 } })],
    ['DELETE', /^\/api\/roles\/([^/]+)$/, () => ({ status: 204 })],
  ];
}

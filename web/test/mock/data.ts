/** Rows for the mock: a few of each, with the awkward ones among them. */
import type { ResourceSpec, Section, Shell } from '../../src/sdk/types.ts';

const LONG = 'A project whose name somebody wrote out in full, with the client, the region, the year and a remark about the remark, so that it fills two hundred characters and shows whether the row stays whole or breaks';
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
export const id = (n: number) => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const PERMISSIONS = [
  'accounts:role:manage', 'accounts:user:read', 'accounts:user:write', 'audit:event:read', 'audit:trail:export', 'credentials:credential:read', 'credentials:credential:write',
  'credentials:secret:reveal', 'credentials:grant:manage', 'runs:schedule:write', 'system:key:read', 'projects:project:read', 'projects:project:write', 'projects:credential:attach', 'system:plugin:read', 'system:plugin:rearm',
];

const CREDENTIALS: ResourceSpec = {
  name: 'credential', plural: 'credentials', path: '/{id}/credentials', key: 'id', titleField: 'name', search: false, pageSize: 50,
  columns: [{ field: 'name', label: 'Name', width: 'fill' }, { field: 'slug', label: 'Slug', format: 'code', copy: true }, { field: 'kind', label: 'Kind' }],
  create: { schema: { type: 'object', required: ['credential_id'], properties: { credential_id: { type: 'string', title: 'Credential', format: 'uuid', 'x-ui': { widget: 'ref', ref: '/api/creds' } } } } },
  actions: [{ id: 'detach', title: 'Detach', scope: 'item', method: 'DELETE', path: '/{id}', permission: 'projects:credential:attach', danger: true, confirm: { level: 'ask', body: 'The project can no longer use this credential.' } }],
  empty: { title: 'No credential is attached to this project', body: '' },
};
const STATUS = { badge: { active: 'good', archived: 'neutral' } } as const;
export const PROJECT: ResourceSpec = {
  name: 'project', plural: 'projects', path: '', key: 'id', titleField: 'name', search: true, pageSize: 50, defaultSort: 'name',
  columns: [
    { field: 'name', label: 'Name', sortable: true, width: 'fill' }, { field: 'slug', label: 'Slug', format: 'code', copy: true },
    { field: 'status', label: 'Status', format: STATUS }, { field: 'created_at', label: 'Created', sortable: true, format: 'datetime', hideBelow: 'md' },
  ],
  filters: [{ field: 'status', label: 'Status', type: 'enum', options: [{ value: 'active', label: 'Active' }, { value: 'archived', label: 'Archived' }] }],
  detail: {
    groups: [{ title: '', fields: [{ field: 'description', label: 'Description' }, { field: 'slug', label: 'Slug', format: 'code', copy: true }, { field: 'status', label: 'Status', format: STATUS }, { field: 'created_at', label: 'Created', format: 'datetime' }, { field: 'updated_at', label: 'Changed', format: 'datetime' }] }],
    tabs: [{ title: 'Credentials', resource: CREDENTIALS }],
  },
  create: { schema: { type: 'object', required: ['name', 'slug'], properties: {
    name: { type: 'string', title: 'Name', minLength: 1, maxLength: 200 },
    slug: { type: 'string', title: 'Slug', description: 'Short, in lower case; it stays', pattern: '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$' },
    description: { type: 'string', title: 'Description', default: '', maxLength: 4000, 'x-ui': { widget: 'textarea' } },
  } } },
  edit: { schema: { type: 'object', properties: { name: { type: 'string', title: 'Name', minLength: 1, maxLength: 200 }, description: { type: 'string', title: 'Description', maxLength: 4000, 'x-ui': { widget: 'textarea' } } } } },
  actions: [
    { id: 'archive', title: 'Archive project', scope: 'item', method: 'POST', path: '/{id}/archive', permission: 'projects:project:write', danger: true, confirm: { level: 'ask', body: 'An archived project keeps its data and changes no more until it is restored.' }, when: { status: 'active' } },
    { id: 'restore', title: 'Restore project', scope: 'item', method: 'POST', path: '/{id}/restore', permission: 'projects:project:write', when: { status: 'archived' } },
  ],
  empty: { title: 'No project yet', body: '' },
};

const section = (part: Pick<Section, 'id' | 'title' | 'icon' | 'ui'> & Partial<Section>): Section => ({ plugin: part.id, api: `/api/${part.id}`, group: 'main', weight: 0, ...part });
export type PageFiles = { entry: string; styles: string[]; integrity: Record<string, string> };

export function shellOf(pages: Record<string, PageFiles>, can = PERMISSIONS): Shell {
  const module = (plugin: string) => ({ kind: 'module' as const, uiApi: 1, export: 'default', preload: [], shared: { react: '^19' }, ...(pages[plugin] ?? { entry: `/api/ext/${plugin}/0/main.js`, styles: [], integrity: {} }) });
  const stub = (name: string, title: string, icon: string, body: string) => section({ id: name, title, icon, plugin: `${name}_stub`, group: 'data', ui: { kind: 'placeholder', body, install: `pip install foundation-${name}` } });
  return {
    product: { name: 'Foundation', version: '0.1.0', build: 'mock', environment: 'development' },
    uiApi: { min: 1, max: 1 },
    shared: { react: '19.3.1' },
    me: { id: id(1), name: 'Ada Admin', email: 'ada@example.org', can, locale: 'en', timeZone: 'UTC' },
    sections: [
      section({ id: 'dashboard', title: 'Dashboard', icon: 'layout-dashboard', ui: { kind: 'builtin', page: 'dashboard' } }),
      section({ id: 'credentials', title: 'Credentials', icon: 'key-round', api: '/api/creds', ui: module('credentials') }),
      section({ id: 'projects', title: 'Projects', icon: 'folder-kanban', ui: pages['projects'] ? module('projects') : { kind: 'resource', resource: PROJECT } }), // a resource, for whoever has no page for it
      stub('etl', 'ETL', 'workflow', 'Extracts, transforms and loads data between systems, on a schedule or on demand.'),
      stub('recos', 'Recos', 'scale', 'Compares what two systems say about the same thing, and lists where they differ.'),
      stub('collect', 'Collect', 'inbox', 'Collects files and messages from outside and hands them on.'),
      section({ id: 'audit', title: 'Audit', icon: 'scroll-text', group: 'admin', ui: module('audit') }),
      section({ id: 'runs', title: 'Runs', icon: 'terminal', group: 'main', plugin: 'runs', ui: { kind: 'builtin', page: 'runs' } }),
      section({ id: 'users', title: 'Users', icon: 'users', group: 'admin', plugin: 'accounts', ui: { kind: 'builtin', page: 'users' } }),
      section({ id: 'hello_react', title: 'Hello React', icon: 'zap', group: 'extra', api: '/api/hello-react', ui: module('hello_react') }),
      section({ id: 'broken', title: 'Broken', icon: 'puzzle', group: 'extra', ui: { kind: 'fault', state: 'needs_migration', reason: 'The database is at revision 3b1f60c2, the plugin needs 7c40d1e9.', mend: 'foundation db upgrade', owner: 'Data team' } }),
      section({ id: 'settings', title: 'Settings', icon: 'settings', group: 'admin', plugin: 'system', ui: { kind: 'builtin', page: 'settings' } }),
      section({ id: 'plugins', title: 'Plugins', icon: 'puzzle', group: 'admin', plugin: 'system', ui: { kind: 'builtin', page: 'plugins' } }),
    ],
  };
}

const known = [
  { id: id(21), slug: 'crm-db', name: 'CRM database', kind: 'postgres', description: 'Read replica, used by the nightly jobs.', fields: {
    host: { set: true, secret: false, value: 'db.crm.example.org', version: 1, updated_at: ago(9000) }, port: { set: true, secret: false, value: '5432', version: 1, updated_at: ago(9000) },
    database: { set: true, secret: false, value: 'crm', version: 1, updated_at: ago(9000) }, username: { set: true, secret: false, value: 'reader', version: 1, updated_at: ago(9000) },
    password: { set: true, secret: true, value: null, version: 2, updated_at: ago(400) } },
  used_by: [{ plugin: 'projects', ref: id(41), title: 'Customer migration' }], version: 2, created_at: ago(9000), updated_at: ago(400) },
  { id: id(22), slug: 'mail-token', name: 'Mail gateway token', kind: 'bearer', description: '', fields: { token: { set: true, secret: true, value: null, version: 1, updated_at: ago(50) } }, used_by: [], version: 1, created_at: ago(50), updated_at: ago(50) },
  { id: id(23), slug: 'deploy-key', name: 'Deploy key', kind: 'ssh_key', description: '', fields: { username: { set: true, secret: false, value: 'git', version: 1, updated_at: ago(3) }, private_key: { set: true, secret: true, value: null, version: 1, updated_at: ago(3) }, passphrase: { set: false, secret: true, value: null, version: null, updated_at: null } }, used_by: [], version: 1, created_at: ago(3), updated_at: ago(3) },
];
/** What every credential says beside its own part. */
export const plainCredential = {
  granted: [], values_version: 1, tags: [], notes: '', reveal: 'allowed', expires_at: null, block_expired: false, rotate_every: null,
  rotate_by: null, due: null, deleted_at: null, kept_until: null,
};
export const credentials = known.map((one) => ({ ...plainCredential, ...one }));

const secret = { type: 'string', writeOnly: true, 'x-ui': { widget: 'secret' } };
export const kinds = [
  { kind: 'basic', title: 'User name and password', schema: { type: 'object', description: 'A user name and a password.', required: ['username', 'password'], properties: { username: { type: 'string', title: 'User name', minLength: 1 }, password: { ...secret, title: 'Password' } } } },
  { kind: 'bearer', title: 'Bearer token', schema: { type: 'object', description: 'A token sent as Authorization: Bearer.', required: ['token'], properties: { token: { ...secret, title: 'Token' } } } },
  { kind: 'postgres', title: 'PostgreSQL', schema: { type: 'object', description: 'How to reach a PostgreSQL database.', required: ['host', 'database', 'username', 'password'], properties: { host: { type: 'string', title: 'Host' }, port: { type: 'string', title: 'Port', default: '5432' }, database: { type: 'string', title: 'Database' }, username: { type: 'string', title: 'User name' }, password: { ...secret, title: 'Password' } } } },
  { kind: 'ssh_key', title: 'SSH key', schema: { type: 'object', description: 'A private key for SSH.', required: ['username', 'private_key'], properties: { username: { type: 'string', title: 'User name' }, private_key: { ...secret, title: 'Private key', 'x-ui': { widget: 'secret', multiline: true } }, passphrase: { ...secret, title: 'Passphrase' } } } },
  { kind: 'kv', title: 'Names and values', schema: { type: 'object', description: 'Any names, each with a secret value.', additionalProperties: { type: 'string', writeOnly: true }, properties: {} } },
];

export const projects = [
  { id: id(41), slug: 'customer-migration', name: 'Customer migration', description: 'Moves the customers of the old CRM.', status: 'active', owner_id: id(1), version: 3, created_at: ago(8000), updated_at: ago(100) },
  { id: id(42), slug: 'year-end', name: 'Year end', description: '', status: 'archived', owner_id: null, version: 5, created_at: ago(60000), updated_at: ago(20000) },
  { id: id(43), slug: 'long', name: LONG, description: LONG, status: 'active', owner_id: null, version: 1, created_at: ago(12), updated_at: ago(12) },
];

export const users = [
  { id: id(1), kind: 'user', name: 'Ada Admin', email: 'ada@example.org', enabled: true, role: 'admin', roles: ['admin'], role_source: 'local', issuer: 'https://id.example.org', owner_id: null, mfa: true, last_seen_at: ago(0), created_at: ago(9999), updated_at: ago(9999), version: 1 },
  { id: id(2), kind: 'user', name: 'Otto Operator', email: 'otto@example.org', enabled: true, role: 'operator', roles: ['operator'], role_source: 'local', issuer: 'https://id.example.org', owner_id: null, mfa: false, last_seen_at: ago(90), created_at: ago(9999), updated_at: ago(9999), version: 1 },
  { id: id(3), kind: 'user', name: 'Vera Viewer', email: 'vera@example.org', enabled: false, role: null, roles: [], role_source: null, issuer: 'https://id.example.org', owner_id: null, mfa: null, last_seen_at: null, created_at: ago(9999), updated_at: ago(9999), version: 1 },
  { id: id(4), kind: 'service', name: 'Nightly export', email: '', enabled: true, role: 'viewer', roles: ['viewer'], role_source: 'local', issuer: '', owner_id: id(1), mfa: null, last_seen_at: ago(400), created_at: ago(9999), updated_at: ago(9999), version: 1 },
];

const KINDS_OF_EVENT = [
  ['credentials.secret.revealed', 'Secret revealed', 'credentials', 'success'], ['projects.credential.attached', 'Credential attached', 'projects', 'success'],
  ['credentials.credential.created', 'Credential created', 'credentials', 'success'], ['projects.project.created', 'Project created', 'projects', 'success'],
  ['accounts.signin.succeeded', 'Signed in', 'accounts', 'success'], ['accounts.signin.failed', 'Sign-in failed', 'accounts', 'failure'],
] as const;
export const eventTypes = KINDS_OF_EVENT.map(([name, title, plugin]) => ({ name, version: 1, title, plugin, severity: 'notice' }));
export const events = Array.from({ length: 120 }, (_, n) => {
  const [type, title, plugin, outcome] = KINDS_OF_EVENT[n % KINDS_OF_EVENT.length] ?? KINDS_OF_EVENT[0];
  const nobody = type === 'accounts.signin.failed';
  return {
    id: id(1000 - n), occurred_at: ago(n * 37 + 2), type, title, plugin, severity: 'notice',
    actor: nobody ? { type: 'anonymous', id: null, name: '' } : { type: 'user', id: id(1), name: 'Ada Admin' },
    target: plugin === 'accounts' ? null : { type: plugin === 'projects' ? 'project' : 'credential', id: id(plugin === 'projects' ? 41 : 21), title: plugin === 'projects' ? 'Customer migration' : 'CRM database' },
    outcome, reason: type === 'credentials.secret.revealed' ? 'INC-4411: check the replica' : null, request_id: `0199${n}`,
    detail: type === 'credentials.secret.revealed' ? { field: 'password', version: 2 } : {},
    project_id: null, erased: false,
  };
});

export const standing = { epoch: 1, size: 300, note: 'foundation/audit/x/e1', signed_at: ago(1), waiting: 0, waiting_since: null as string | null, broken: null as string | null };

export const plugins = [
  { id: 'credentials', title: 'Credentials', dist: 'foundation-credentials', version: '0.1.0', builtin: false, required: false, state: 'started', reason: null, mend: null, trace: null, since: null, owner: 'Foundation', docs: null, sections: ['credentials'], prefixes: ['creds'], permissions: PERMISSIONS.slice(3, 6), events: [], public: [], refused: [], start_ms: 12 },
  { id: 'broken', title: 'Broken', dist: 'foundation-broken', version: '0.3.1', builtin: false, required: true, state: 'needs_migration', reason: 'The database is at revision 3b1f60c2, the plugin needs 7c40d1e9.', mend: 'foundation db upgrade', trace: null, since: null, owner: 'Data team', docs: null, sections: ['broken'], prefixes: [], permissions: [], events: [], public: [], refused: [], start_ms: 4 },
  { id: 'lodash_page', title: 'Lodash page', dist: 'foundation-lodash', version: '1.0.0', builtin: false, required: false, state: 'failed', reason: "ImportError: cannot import name 'x'", mend: 'foundation plugin check lodash_page', trace: 'Traceback (most recent call last):\n  File "plugin.py", line 3, in <module>', since: null, owner: null, docs: null, sections: [], prefixes: [], permissions: [], events: [], public: [], refused: [{ part: 'page', reason: 'it imports lodash, which the shell does not share' }], start_ms: 1 },
];

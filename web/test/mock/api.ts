/** The API as the shell meets it, in memory: for tests at the fetch edge and for looking at pages. */
import { credentials, plainCredential, events, eventTypes, kinds, type PageFiles, plugins, projects, standing, shellOf, users } from './data.ts';
import { dashboardOf } from './dashboard.ts';
import { identityRoutes } from './identity.ts';

export type Call = { method: string; path: string; query: URLSearchParams; body: Record<string, unknown>; headers: Headers };
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
type Row = Record<string, unknown> & { id: string };
type Handler = (call: Call, params: string[]) => Answer;
export type MockOptions = { pages?: Record<string, PageFiles>; signedIn?: boolean; noRole?: boolean };

const ok = (body: unknown, status = 200): Answer => ({ status, body });
export function problem(status: number, code: string, extra: Record<string, unknown> = {}): Answer {
  return { status, body: { type: 'about:blank', title: code, status, code, request_id: '0199aa', ...extra }, headers: { 'content-type': 'application/problem+json' } };
}

function tagged(row: Row | undefined): Answer {
  return row ? { ...ok(row), headers: { etag: `"${String(row['version'])}"` } } : problem(404, 'not_found');
}

function page(rows: Row[], { query }: Call, matches: (row: Row) => boolean = () => true): Answer {
  const limit = Number(query.get('limit') ?? 50);
  const start = Number(query.get('cursor') ?? 0);
  const found = rows.filter(matches);
  return ok({ items: found.slice(start, start + limit), next: start + limit < found.length ? String(start + limit) : null });
}

const has = (row: Row, query: URLSearchParams, name: string) => !query.get(name) || row[name] === query.get(name);
const says = (row: Row, query: URLSearchParams) => `${String(row['name'])} ${String(row['email'] ?? row['slug'])}`.toLowerCase().includes((query.get('q') ?? '').toLowerCase());
const now = () => new Date().toISOString();

/** A fresh world: what one test does, another does not see. */
export function createMock({ pages = {}, signedIn = true, noRole = false }: MockOptions = {}) {
  const world = { creds: structuredClone(credentials) as Row[], projects: structuredClone(projects) as Row[], users: structuredClone(users) as Row[], filters: [] as Row[], attached: new Map<string, string[]>(), granted: new Map<string, string[]>(), parts: [{ name: 'vault', ok: true, required: true, detail: null as string | null }], session: signedIn, noRole, steps: true, fresh: true, standing: { ...standing }, sent: [] as Call[] };
  let serial = 9000;
  const create = (rows: Row[], part: Record<string, unknown>): Row => {
    const row = { id: `01990000-0000-7000-8000-${String(serial++).padStart(12, '0')}`, version: 1, created_at: now(), updated_at: now(), ...part };
    rows.unshift(row);
    return row;
  };
  const change = (rows: Row[], id: string | undefined, call: Call, part: (row: Row) => Record<string, unknown>): Answer => {
    const row = rows.find((one) => one.id === id);
    if (!row) return problem(404, 'not_found');
    const expected = call.headers.get('if-match');
    if (expected !== null && expected !== `"${String(row['version'])}"`) return problem(412, 'version_changed');
    Object.assign(row, part(row), { version: Number(row['version']) + 1, updated_at: now() });
    return tagged(row);
  };
  const taken = (rows: Row[], call: Call) => rows.some((row) => row['slug'] === call.body['slug']);
  const refuseSlug = ({ body }: Call) => problem(409, 'conflict', { detail: 'this slug is taken', slug: body['slug'] });

  const routes: [string, RegExp, Handler][] = [
    ['GET', /^\/api\/shell$/, () => ok(shellOf(pages, world.noRole ? [] : undefined))],
    ['GET', /^\/api\/auth\/me$/, () => ok({ id: world.users[0]?.id, name: 'Ada Admin', email: 'ada@example.org', roles: world.noRole ? [] : ['admin'], can: [], bootstrap: world.noRole, session: { public_id: 'x', auth_time: now(), expires_at: new Date(Date.now() + 6e8).toISOString() } })],
    ['POST', /^\/api\/auth\/logout$/, () => { world.session = false; return ok({ redirect: '/' }); }],
    ['POST', /^\/api\/auth\/(?:login|step-up)$/, ({ body }) => { world.session = true; world.fresh = true; return ok({ redirect: String(body['next']) }); }],
    ['POST', /^\/api\/auth\/bootstrap$/, ({ body }) => {
      if (body['code'] !== 'right-code') return problem(403, 'bootstrap_refused');
      world.noRole = false;
      return ok({ role: 'admin' });
    }],
    ...identityRoutes(),
    ['GET', /^\/api\/users\/([^/]+)$/, (_call, [one]) => tagged(world.users.find((row) => row.id === one))],
    ['POST', /^\/api\/service-accounts$/, ({ body }) => ok(create(world.users, { kind: 'service', email: '', enabled: true, role: null, role_source: null, issuer: '', owner_id: null, last_seen_at: null, ...body }), 201)],
    ['PATCH', /^\/api\/service-accounts\/([^/]+)$/, (call, [id]) => change(world.users, id, call, () => call.body)],
    ['GET', /^\/api\/dashboard$/, () => ok(dashboardOf(world.steps, world.projects.length))],
    ['DELETE', /^\/api\/dashboard\/first-steps$/, () => { world.steps = false; return { status: 204 }; }],
    ['PUT', /^\/api\/dashboard\/first-steps$/, () => { world.steps = true; return { status: 204 }; }],
    ['GET', /^\/api\/plugins$/, () => ok({ items: plugins })],
    ['GET', /^\/api\/hello-react\/greeting$/, () => ok({ text: 'Hello, Ada Admin', said_at: now() })],
    ['GET', /^\/api\/users$/, (call) => page(world.users, call, (row) => says(row, call.query) && has(row, call.query, 'kind') && (call.query.get('mfa') !== 'no' || row['mfa'] === false))],
    ['DELETE', /^\/api\/users\/([^/]+)$/, (_call, [gone]) => { world.users = world.users.filter((row) => row.id !== gone); return { status: 204 }; }],
    ['PATCH', /^\/api\/users\/([^/]+)$/, (call, [id]) => change(world.users, id, call, () => call.body)],
    ['GET', /^\/api\/creds$/, (call) => page(world.creds, call, (row) => says(row, call.query) && has(row, call.query, 'kind'))],
    ['GET', /^\/api\/creds\/kinds$/, () => ok({ items: kinds })],
    ['POST', /^\/api\/creds$/, (call) => {
      if (taken(world.creds, call)) return refuseSlug(call);
      const values = Object.keys(call.body['values'] as object); // the page sends an object
      const fields = Object.fromEntries(values.map((name) => [name, { set: true, secret: true, value: null, version: 1, updated_at: now() }]));
      const { values: _values, ...rest } = call.body;
      return ok(create(world.creds, { ...plainCredential, description: '', ...rest, fields, used_by: [] }), 201);
    }],
    ['GET', /^\/api\/creds\/([^/]+)$/, (_call, [id]) => tagged(world.creds.find((row) => row.id === id))],
    ['PATCH', /^\/api\/creds\/([^/]+)$/, (call, [id]) => change(world.creds, id, call, () => call.body)],
    ['PUT', /^\/api\/creds\/([^/]+)\/values$/, (call, [id]) => change(world.creds, id, call, () => ({}))],
    ['POST', /^\/api\/creds\/([^/]+)\/reveal$/, () => (world.fresh ? ok({ value: 'correct horse battery staple' }) : problem(401, 'step_up_required'))],
    ['GET', /^\/api\/creds\/([^/]+)\/versions$/, () => ok({ items: [2, 1].map((version) => ({ version, made_at: now(), made_by: 'Ada Admin', restored_from: null, fields: ['password'], holds: version === 2 })) })],
    ['POST', /^\/api\/creds\/([^/]+)\/restore$/, (call, [id]) => change(world.creds, id, call, () => ({ values_version: 3 }))],
    ['POST', /^\/api\/creds\/([^/]+)\/undelete$/, (call, [id]) => change(world.creds, id, call, () => ({ deleted_at: null }))],
    ['GET', /^\/api\/creds\/([^/]+)\/grants$/, (_call, [id]) => ok({ items: (world.granted.get(id ?? '') ?? []).map((plugin) => ({ plugin, granted_at: now(), granted_by: 'Ada Admin' })) })],
    ['POST', /^\/api\/creds\/([^/]+)\/grants$/, ({ body }, [id]) => { world.granted.set(id ?? '', [String(body['plugin'])]); return ok({}, 201); }],
    ['DELETE', /^\/api\/creds\/([^/]+)\/grants\/([^/]+)$/, (_call, [id]) => { world.granted.delete(id ?? ''); return { status: 204 }; }],
    ['POST', /^\/api\/creds\/(?:[^/]+\/)?test$/, () => ok({ result: 'refused', milliseconds: 12 })],
    ['GET', /^\/api\/health$/, () => ok({ live: true, ready: true, version: '0.1.0', parts: world.parts })],
    ['GET', /^\/api\/keys$/, () => ok({ keys: [{ kid: 'first', fingerprint: '0a1b2c3d4e5f6071', state: 'active', values: 7, created_at: now() }], processes: [{ name: 'host:1', kids: ['first'], active: 'first' }] })],
    ['DELETE', /^\/api\/creds\/([^/]+)$/, (_call, [id]) => {
      const row = world.creds.find((one) => one.id === id);
      if (Array.isArray(row?.['used_by']) && row['used_by'].length > 0) return problem(409, 'conflict', { detail: 'this credential is in use' });
      world.creds = world.creds.filter((one) => one.id !== id);
      return { status: 204 };
    }],
    ['GET', /^\/api\/projects$/, (call) => page(world.projects, call, (row) => says(row, call.query) && has(row, call.query, 'status'))],
    ['POST', /^\/api\/projects$/, (call) => (taken(world.projects, call) ? refuseSlug(call) : ok(create(world.projects, { description: '', status: 'active', owner_id: null, ...call.body }), 201))],
    ['GET', /^\/api\/projects\/([^/]+)$/, (_call, [id]) => tagged(world.projects.find((row) => row.id === id))],
    ['PATCH', /^\/api\/projects\/([^/]+)$/, (call, [id]) => change(world.projects, id, call, () => call.body)],
    ['POST', /^\/api\/projects\/([^/]+)\/(archive|restore)$/, (call, [id, verb]) => change(world.projects, id, call, () => ({ status: verb === 'archive' ? 'archived' : 'active' }))],
    ['GET', /^\/api\/projects\/([^/]+)\/credentials$/, (call, [id]) => page(world.creds.filter((row) => world.attached.get(id ?? '')?.includes(row.id)), call)],
    ['POST', /^\/api\/projects\/([^/]+)\/credentials$/, ({ body }, [id]) => { world.attached.set(id ?? '', [...(world.attached.get(id ?? '') ?? []), String(body['credential_id'])]); return { status: 204 }; }],
    ['DELETE', /^\/api\/projects\/([^/]+)\/credentials\/([^/]+)$/, (_call, [id, other]) => { world.attached.set(id ?? '', (world.attached.get(id ?? '') ?? []).filter((one) => one !== other)); return { status: 204 }; }],
    ['GET', /^\/api\/audit$/, (call) => page(events, call, (row) => String(row['type']).startsWith(call.query.get('type') ?? '') && has(row, call.query, 'outcome') && String(row['occurred_at']) >= (call.query.get('since') ?? '') && String(row['occurred_at']) < (call.query.get('until') ?? '9'))],
    ['GET', /^\/api\/audit\/count$/, () => ok({ count: 300, more: false })],
    ['POST', /^\/api\/audit\/exports$/, () => ok({ run_id: 'export-1' }, 201)],
    ['GET', /^\/api\/runs\/export-1$/, () => ok({ state: 'succeeded', created_at: '2026-03-01T10:00:00Z', progress: { done: 300, total: 300 }, result: { value: { events: 300, complete: true } }, artefacts: [1, 2].map((n) => ({ id: `part-${n}`, attempt: 1, name: `audit.csv.gz.000${n}`, media_type: 'application/gzip' })) })],
    ['GET', /^\/api\/runs\/export-1\/artefacts\/part-\d$/, () => ok({ content: 'eA==' })],
    ['GET', /^\/api\/audit\/filters$/, () => ok({ items: world.filters })],
    ['POST', /^\/api\/audit\/filters$/, ({ body }) => ok(create(world.filters, body), 201)],
    ['DELETE', /^\/api\/audit\/filters\/([^/]+)$/, (_call, [id]) => { world.filters = world.filters.filter((row) => row.id !== id); return { status: 204 }; }],
    ['GET', /^\/api\/audit\/types$/, () => ok({ items: eventTypes })],
    ['GET', /^\/api\/audit\/checkpoint$/, () => ok(world.standing)],
    ['GET', /^\/api\/audit\/events\/([^/]+)\/proof$/, (_call, [id]) => ok({ event_id: id, leaf_index: 7, size: 300, holds: true, text: 'c2sp.org/tlog-proof@v1' })],
    ['POST', /^\/api\/audit\/export$/, ({ body }) => ok({ name: `audit.${String(body['form'])}`, media_type: 'text/plain', content: 'x', events: 3, complete: true })],
    ['GET', /^\/api\/audit\/([^/]+)$/, (_call, [id]) => { const found = events.find((event) => event.id === id); return found ? ok(found) : problem(404, 'not_found'); }],
  ];

  function handle(call: Call): Answer {
    world.sent.push(call);
    if (!world.session && !/\/auth\/(?:login|step-up)$/.test(call.path)) return problem(401, 'unauthenticated');
    for (const [method, pattern, handler] of routes) {
      const match = pattern.exec(call.path);
      if (match && method === call.method) return handler(call, match.slice(1));
    }
    return problem(404, 'not_found');
  }
  return { world, handle };
}

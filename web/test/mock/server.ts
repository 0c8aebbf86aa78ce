/** Serves the built shell and pages with their real policy, over the mock API: `node test/mock/server.ts [port]`. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type IncomingMessage, createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';

import { findPages } from '../../page-preset.ts';
import { createMock } from './api.ts';
import type { PageFiles } from './data.ts';

const web = resolve(import.meta.dirname, '../..');
const dist = join(web, 'dist');
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const folders = new Map<string, string>();
const pages: Record<string, PageFiles> = {};

for (const { id, out } of findPages([resolve(web, '../plugins'), resolve(web, '../examples')])) {
  folders.set(id, out);
  const url = (name: string) => `/api/ext/${id}/mock/${name}`;
  const hash = (name: string) => `sha256-${createHash('sha256').update(readFileSync(join(out, name))).digest('base64')}`;
  const files = ['main.js', 'main.css'].filter((name) => existsSync(join(out, name)));
  pages[id] = { entry: url('main.js'), styles: files.includes('main.css') ? [url('main.css')] : [], integrity: Object.fromEntries(files.map((name) => [url(name), hash(name)])) };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer); // node's own stream of buffers
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>); // the pages send objects
}

const mock = createMock({ pages, signedIn: process.env['MOCK_SIGNED_OUT'] === undefined });
const server = createServer((request, response) => {
  void (async () => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const plugin = /^\/api\/ext\/([^/]+)\/mock\/([\w.-]+)$/.exec(url.pathname);
    const asset = url.pathname.startsWith('/assets/') || url.pathname === '/theme.js' || url.pathname === '/early.js' || url.pathname === '/icon.svg';
    const file = plugin ? join(folders.get(plugin[1] ?? '') ?? '', plugin[2] ?? '') : asset ? join(dist, url.pathname) : '';
    if (file !== '') {
      response.writeHead(existsSync(file) ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain', 'x-content-type-options': 'nosniff' });
      response.end(existsSync(file) ? readFileSync(file) : '');
      return;
    }
    if (!url.pathname.startsWith('/api/')) {
      response.writeHead(200, { 'content-type': TYPES['.html'], 'content-security-policy': readFileSync(join(dist, 'csp.txt'), 'utf8').trim(), 'cross-origin-opener-policy': 'same-origin' });
      response.end(readFileSync(join(dist, 'index.html')));
      return;
    }
    if (url.pathname === '/api/mock/stale') mock.world.fresh = false;
    const answer = mock.handle({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body: await bodyOf(request), headers: new Headers(request.headers as Record<string, string>) });
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  })();
});
const port = Number(process.argv[2] ?? 4100);
server.listen(port, '127.0.0.1', () => console.info(`http://localhost:${port}`));

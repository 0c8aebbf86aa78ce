/**
 * The one way out of a sandboxed page: messages over a port of its own.
 *
 * The page says `{foundation: 1, hello: true}` to its parent. The shell answers with
 * `{foundation: 1, welcome}` and a MessagePort; from then on the page sends `{id, call, args}` and gets
 * `{id, value}` or `{id, error}`, and hears `{event, value}`. It reaches the routes of its own section only.
 */
import { isProblem } from '@/api/problem';
import type { Host } from '@/sdk/types';

export const PROTOCOL = 1;

type Call = (args: readonly unknown[]) => unknown;
type Failure = { message: string; status?: number; problem?: unknown };
export type Bridge = { close(): void };
type BridgeParts = { host: Host; frame: HTMLIFrameElement; window: Window; onHeight: (height: number) => void; onHello: () => void };

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
const LONGEST_TEXT = 2000;

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : '');
const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {});

/** A path below the section's routes, however it is written: "/../creds" and "/%2e%2e/creds" are neither. */
export function ownPath(value: unknown): string {
  const path = text(value);
  const base = 'http://section/base';
  const { pathname, origin } = new URL(base + path, base);
  if (origin !== 'http://section' || !(pathname === '/base' || pathname.startsWith('/base/')) || /[\\#]/.test(path)) throw new Error('a frame reaches only what is below its own section');
  return path;
}

function queryOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(record(value)).flatMap(([name, one]) => (one === undefined || one === null ? [] : [[name, String(one as string | number | boolean)]])));
}

function methodOf(value: unknown): (typeof METHODS)[number] {
  const method = METHODS.find((one) => one === value);
  if (method === undefined) throw new Error(`the method is one of ${METHODS.join(', ')}`);
  return method;
}

/** All that a frame may ask for. */
function callsOf({ host, onHeight }: BridgeParts): Record<string, Call> {
  const kindOf = (value: unknown) => (value === 'good' || value === 'bad' ? value : 'info');
  return {
    'api.get': ([path, query]) => host.api.get(ownPath(path), queryOf(query)),
    'api.load': ([path]) => host.api.load(ownPath(path)),
    'api.send': ([method, path, body, options]) => {
      const { idempotencyKey, ifMatch } = record(options);
      return host.api.send(methodOf(method), ownPath(path), body, {
        ...(typeof idempotencyKey === 'string' ? { idempotencyKey } : {}),
        ...(typeof ifMatch === 'string' ? { ifMatch } : {}),
      });
    },
    'route.go': ([path, options]) => host.route.go(ownPath(`/${text(path).replace(/^\//, '')}`), { replace: record(options)['replace'] === true, query: queryOf(record(options)['query']) }),
    'ui.title': ([parts]) => host.ui.title(Array.isArray(parts) ? parts.map(text) : []),
    'ui.toast': ([toast]) => host.ui.toast({ text: text(record(toast)['text']), kind: kindOf(record(toast)['kind']) }),
    'ui.confirm': ([question]) => {
      const { title, body, danger, ok } = record(question);
      return host.ui.confirm({ title: text(title), body: text(body), danger: danger === true, ...(typeof ok === 'string' ? { ok: text(ok) } : {}) });
    },
    'ui.copy': ([value]) => host.ui.copy(typeof value === 'string' ? value : ''),
    'ui.height': ([pixels]) => onHeight(typeof pixels === 'number' ? pixels : 0),
    log: ([level, message, data]) => host.log(level === 'error' || level === 'warn' ? level : 'info', text(message), data),
  };
}

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return isProblem(error) ? { message, status: error.status, problem: error.problem } : { message };
}

/** What the page is told first: who looks, where it is, and how things look; rights only of its own plugin. */
function welcomeOf(host: Host) {
  const { id, name, can, locale, timeZone } = host.me;
  return {
    uiApi: host.uiApi,
    version: host.version,
    section: host.section,
    me: { id, name, locale, timeZone, can: can.filter((right) => right.startsWith(`${host.section.plugin}:`)) },
    env: host.env.value,
    place: host.route.value,
  };
}

export function openBridge(parts: BridgeParts): Bridge {
  const { host, frame, window, onHello } = parts;
  const calls = callsOf(parts);
  let port: MessagePort | null = null;
  const tell = (message: unknown) => port?.postMessage(message);

  const answer = async (data: unknown) => {
    const { id, call, args } = record(data);
    if (typeof id !== 'number' || typeof call !== 'string') return;
    try {
      const run = Object.hasOwn(calls, call) ? calls[call] : undefined;
      if (run === undefined) throw new Error(`there is no call ${call}`);
      const value: unknown = await run(Array.isArray(args) ? args : []);
      tell({ id, value });
    } catch (error) {
      tell({ id, error: failureOf(error) });
    }
  };
  const handleMessage = (event: MessageEvent) => {
    const { foundation, hello } = record(event.data);
    if (event.source !== frame.contentWindow || foundation !== PROTOCOL || hello !== true) return;
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({ data }) => void answer(data);
    // The frame has no origin that could be named; the source was compared instead.
    frame.contentWindow?.postMessage({ foundation: PROTOCOL, welcome: welcomeOf(host) }, '*', [channel.port2]);
    onHello();
  };
  window.addEventListener('message', handleMessage);
  const stops = [
    host.env.subscribe((value) => tell({ event: 'env', value })),
    host.route.subscribe((value) => tell({ event: 'place', value })),
    () => window.removeEventListener('message', handleMessage),
    () => port?.close(),
  ];
  return {
    close() {
      for (const stop of stops) stop();
    },
  };
}

/** What a sandboxed page may ask for, and what it is refused. */
import { expect, test, vi } from 'vitest';

import { openBridge, ownPath } from '@/plugin/frame-bridge';
import { hostOf } from '@test/world';

type Welcomed = { welcome: Record<string, unknown>; port: MessagePort };
type Said = { id?: number; value?: unknown; error?: { message: string }; event?: string };

/** A frame that said hello: what it was told, and how it asks. */
async function greeted() {
  const { host, mock } = hostOf('projects');
  let resolve: (welcomed: Welcomed) => void = () => undefined;
  const welcomed = new Promise<Welcomed>((done) => { resolve = done; });
  const source = { postMessage: (data: { welcome: Record<string, unknown> }, _origin: string, [port]: MessagePort[]) => { if (port) resolve({ welcome: data.welcome, port }); } };
  const frame = { contentWindow: source } as unknown as HTMLIFrameElement; // only what the bridge uses
  const onHello = vi.fn();
  const bridge = openBridge({ host, frame, window, onHeight: () => undefined, onHello });
  const say = (data: unknown, from: unknown = source) => window.dispatchEvent(Object.assign(new Event('message'), { data, source: from }));
  say({ foundation: 1, hello: true }, { postMessage: () => undefined });
  expect(onHello).not.toHaveBeenCalled();
  say({ foundation: 1, hello: true });
  const { welcome, port } = await welcomed;
  const ask = (call: string, ...args: unknown[]) => new Promise<Said>((resolve) => {
    port.onmessage = ({ data }: MessageEvent<Said>) => resolve(data);
    port.postMessage({ id: 1, call, args });
  });
  return { welcome, ask, mock, bridge, onHello };
}

test('a frame is welcomed once it says hello, and is told only the rights of its own plugin', async () => {
  const { welcome, onHello, bridge } = await greeted();
  expect(onHello).toHaveBeenCalledOnce();
  expect((welcome['me'] as { can: string[] }).can).toEqual(['projects:project:read', 'projects:project:write', 'projects:credential:attach']);
  bridge.close();
});

test('a frame reads its own routes', async () => {
  const { ask, bridge } = await greeted();
  const { value } = await ask('api.get', '', { limit: 5 });
  expect((value as { items: unknown[] }).items).toHaveLength(3);
  bridge.close();
});

test.each([['api.get', '/../creds'], ['api.get', '/%2e%2e/creds'], ['route.go', '/../users'], ['api.core', '/creds'], ['constructor', '']])('a frame is refused %s %s', async (call, path) => {
  const { ask, mock, bridge } = await greeted();
  const { error } = await ask(call, path);
  expect(error?.message).toMatch(/below its own section|no call/);
  expect(mock.world.sent).toEqual([]);
  bridge.close();
});

test('a refusal of the server reaches the frame as a problem', async () => {
  const { ask, bridge } = await greeted();
  expect((await ask('api.get', '/nowhere')).error).toMatchObject({ status: 404 });
  bridge.close();
});

test.each(['', '/', '/1/lines?q=a', '/a/../b'])('%j is a path of the section', (path) => {
  expect(ownPath(path)).toBe(path);
});

test.each(['x', '/../x', '/a/../../x', '\\..\\x', '/.\t./x', '/x#y', '@evil'])('%j is none', (path) => {
  expect(() => ownPath(path)).toThrow('below its own section');
});

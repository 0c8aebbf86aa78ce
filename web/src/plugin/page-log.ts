/** What a page says, in the console and in the server's log: few lines, short, and never failing itself. */
import type { Client } from '@/api/client';
import type { Host } from '@/sdk/types';

type Log = Host['log'];

const LONGEST = { message: 1000, data: 4000 };
const MOST_A_MINUTE = 20; // below what the server admits, so that a loop here asks nothing of it

/** An error's stack tells where; anything else is written as JSON where that can be done. */
function textOf(data: unknown): string {
  if (data instanceof Error) return data.stack ?? `${data.name}: ${data.message}`;
  try {
    const json = JSON.stringify(data) as string | undefined; // a function has none
    return typeof data === 'string' ? data : (json ?? '');
  } catch {
    return String(data);
  }
}

export function createLog(client: Client, plugin: string, now: () => number = Date.now): Log {
  let sent: number[] = [];
  return (level, message, data) => {
    const write = { info: console.info, warn: console.warn, error: console.error }[level];
    write(`[${plugin}] ${message}`, ...(data === undefined ? [] : [data]));
    sent = sent.filter((then) => now() - then < 60_000);
    if (sent.length >= MOST_A_MINUTE) return;
    sent.push(now());
    const body = { level, message: (message || '(nothing)').slice(0, LONGEST.message), data: data === undefined ? '' : textOf(data).slice(0, LONGEST.data) };
    client.request('POST', `/api/plugins/${plugin}/log`, { body, renew: false }).catch(() => undefined); // the console has it
  };
}

/** Errors of a page after it was mounted: no boundary sees them, but the address of the script tells whose they are. */
import type { Client } from '@/api/client';
import { createLog } from './page-log';

/** The plugin whose file is named first in a stack or an address. */
export function blamed(text: string): string | null {
  return /\/api\/ext\/([a-z][a-z0-9_]*)\//.exec(text)?.[1] ?? null;
}

export function watchLateErrors(window: Window, client: Client): () => void {
  const logs = new Map<string, ReturnType<typeof createLog>>();
  const tell = (where: string, message: string, error: unknown) => {
    const plugin = blamed(error instanceof Error ? `${where} ${error.stack ?? ''}` : where);
    if (plugin === null) return;
    const log = logs.get(plugin) ?? createLog(client, plugin);
    logs.set(plugin, log);
    log('error', message, error);
  };
  const handleError = (event: ErrorEvent) => tell(event.filename, `an error outside its page: ${event.message}`, event.error);
  const handleRejection = (event: PromiseRejectionEvent) => tell('', 'a promise nobody caught', event.reason);
  window.addEventListener('error', handleError);
  window.addEventListener('unhandledrejection', handleRejection);
  return () => {
    window.removeEventListener('error', handleError);
    window.removeEventListener('unhandledrejection', handleRejection);
  };
}

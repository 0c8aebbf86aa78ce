/** An export that runs by itself: how far it is, and its file once it is done. */
import { useEffect, useState } from 'react';

import { Button, Icon, problemWords, useHost } from '@foundation/sdk/react';

import { bytesOf, save } from './save';
import { t } from './t';

const EVERY_MS = 1500;
type Part = { id: string; attempt: number; name: string; media_type: string };
type Run = { state: string; created_at: string; progress: { done: number; total: number | null } | null; result: { value: { events: number; complete: boolean } } | null; artefacts: Part[] };
type ExportRunProps = { id: string; onClose: () => void };

const OVER = ['succeeded', 'failed', 'cancelled', 'lost'];

/** The run as it is now, asked for again until it has ended. */
function useRun(id: string): { run: Run | undefined; error: unknown } {
  const { api } = useHost();
  const [run, setRun] = useState<Run>();
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const look = async () => {
      try {
        const found = await api.core<Run>(`/runs/${encodeURIComponent(id)}`);
        if (isGone) return;
        setRun(found);
        if (!OVER.includes(found.state)) timer = setTimeout(() => void look(), EVERY_MS);
      } catch (refused) {
        if (!isGone) setError(refused);
      }
    };
    void look();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [api, id]);
  return { run, error };
}

/** The parts of each file by its name: one file, or one for each life of the tree. */
function byFile(parts: Part[]): Map<string, Part[]> {
  const files = new Map<string, Part[]>();
  for (const part of parts) {
    const name = part.name.replace(/\.\d+$/, '');
    files.set(name, [...(files.get(name) ?? []), part]);
  }
  return files;
}

export function ExportRun({ id, onClose }: ExportRunProps) {
  const { api, fmt, ui } = useHost();
  const { run, error } = useRun(id);
  const [fetched, setFetched] = useState<number>();
  const newest = Math.max(0, ...(run?.artefacts ?? []).map((part) => part.attempt));
  const parts = (run?.artefacts ?? []).filter((part) => part.attempt === newest).sort((a, b) => a.name.localeCompare(b.name));
  const handleDownload = async () => {
    try {
      let count = 0;
      const day = run?.created_at.slice(0, 16).replace(/[T:]/g, '-') ?? '';
      for (const [name, own] of byFile(parts)) {
        const content: BlobPart[] = [];
        for (const part of own) {
          setFetched(count++);
          const got = await api.core<{ content: string }>(`/runs/${encodeURIComponent(id)}/artefacts/${part.id}`);
          content.push(new Blob([bytesOf(got.content)])); // a blob may leave the memory
        }
        save(name.replace(/^audit/, `audit-${day}`), content, 'application/gzip');
      }
    } catch (refused) {
      const words = problemWords(refused);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
    } finally {
      setFetched(undefined);
    }
  };
  const { done, total } = run?.progress ?? { done: 0, total: null };
  return (
    <div className="au-export" role="status">
      <Icon name="download" size={14} />
      {error !== null && <span>{t('run.gone')}</span>}
      {error === null && (!run || !OVER.includes(run.state)) && (
        <>
          <span>{t(run?.state === 'running' ? 'run.running' : 'run.waits', { done: fmt.number(done) })}</span>
          {total !== null && total > 0 && <progress max={total} value={done} aria-label={t('run.progress')} />}
        </>
      )}
      {run?.state === 'succeeded' && (
        <>
          <span>{t(run.result?.value.complete ? 'run.done' : 'run.part', { count: fmt.number(run.result?.value.events ?? 0) })}</span>
          {parts.length > 0 && <Button variant="primary" busy={fetched !== undefined} onClick={() => void handleDownload()}>{t('run.download')}</Button>}
          {fetched !== undefined && parts.length > 1 && <progress max={parts.length} value={fetched} aria-label={t('run.progress')} />}
        </>
      )}
      {run && OVER.includes(run.state) && run.state !== 'succeeded' && <span>{t('run.failed', { state: run.state })}</span>}
      <a className="f-link" href={`/s/runs/${encodeURIComponent(id)}`}>{t('run.see')}</a>
      <Button variant="ghost" icon="x" onClick={onClose}>{t('run.close')}</Button>
    </div>
  );
}

/** What can be done with the rows somebody chose, and how many those are. */
import { t } from '@/i18n/t';
import type { ResourceSpec } from '@/sdk/types';
import { Button } from '@/ui/button';
import { useHost } from '@/ui/host-context';
import { type Row, readField, textOf } from './row';
import { actionsOf, isOffered } from './use-actions';
import { useRunner } from './use-runner';

type BulkBarProps = { spec: ResourceSpec; rows: readonly Row[]; chosen: ReadonlySet<string>; onChoose: (keys: ReadonlySet<string>) => void };

export function BulkBar({ spec, rows, chosen, onChoose }: BulkBarProps) {
  const run = useRunner(spec);
  const host = useHost();
  const keyOf = (row: Row) => textOf(readField(row, spec.key));
  const picked = rows.filter((row) => chosen.has(keyOf(row)));
  if (picked.length === 0) return null;
  return (
    <div className="f-bulk" role="region" aria-label={t('bulk.label')}>
      <span className="f-num" role="status">{t('bulk.chosen', { n: picked.length })}</span>
      {actionsOf(spec, 'bulk', host).map((action) => {
        const fitting = picked.filter((row) => isOffered(action, row));
        const handleRun = async () => {
          const done = new Set((await run(action, fitting)).map(keyOf));
          onChoose(new Set([...chosen].filter((key) => !done.has(key))));
        };
        return (
          <Button key={action.id} disabled={fitting.length === 0} title={fitting.length === 0 ? t('bulk.none_fits') : undefined} onClick={() => void handleRun()}>
            {fitting.length === picked.length ? action.title : t('bulk.some', { action: action.title, n: fitting.length })}
          </Button>
        );
      })}
      {picked.length < rows.length && <Button variant="ghost" onClick={() => onChoose(new Set(rows.map(keyOf)))}>{t('bulk.all', { n: rows.length })}</Button>}
      <Button variant="ghost" icon="x" onClick={() => onChoose(new Set())}>{t('bulk.clear')}</Button>
    </div>
  );
}

/** How a list is looked at: which columns, and all of it as a file that follows the filters. */
import { t } from '@/i18n/t';
import type { Page, Query, ResourceSpec } from '@/sdk/types';
import { Button } from '@/ui/button';
import { useHost } from '@/ui/host-context';
import { Icon } from '@/ui/icon';
import { Menu } from '@/ui/menu';
import { problemWords } from '@/ui/problem-words';
import { useState } from 'react';
import { toCsv } from './csv';
import { type Row, humanise } from './row';

type ViewOptionsProps = { spec: ResourceSpec; query: Query; hidden: ReadonlySet<string>; onToggle: (field: string) => void };

const MOST_ROWS = 10_000;
const PAGE = 200;

function save(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function ViewOptions({ spec, query, hidden, onToggle }: ViewOptionsProps) {
  const { api, ui } = useHost();
  const [busy, setBusy] = useState(false);
  const choosable = spec.columns.filter((column) => column.field !== spec.titleField);
  const handleExport = async () => {
    setBusy(true);
    try {
      const rows: Row[] = [];
      let cursor: string | undefined;
      do {
        const page: Page<Row> = await api.get<Page<Row>>(spec.path, { ...query, limit: PAGE, cursor });
        rows.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined && rows.length < MOST_ROWS);
      save(`${spec.plural}.csv`, toCsv(spec.columns, rows));
      ui.toast({ text: t(cursor === undefined ? 'view.exported' : 'view.cut', { n: rows.length }), kind: 'good' });
    } catch (error) {
      const { title, body } = problemWords(error);
      ui.toast({ text: `${title}. ${body}`, kind: 'bad' });
    }
    setBusy(false);
  };
  return (
    <div className="f-toolbar-end">
      {choosable.length > 1 && (
        <Menu
          label={t('view.columns')}
          trigger={<Icon name="columns" />}
          items={choosable.map((column) => ({ id: column.field, label: column.label || humanise(column.field), icon: 'blank', checked: !hidden.has(column.field), multiple: true, onSelect: () => onToggle(column.field) }))}
        />
      )}
      <Button variant="ghost" icon="download" busy={busy} aria-label={t('view.export')} title={t('view.export')} onClick={() => void handleExport()} />
    </div>
  );
}

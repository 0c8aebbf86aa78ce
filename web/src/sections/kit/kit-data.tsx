/** Tables, details, badges and times. */
import { useState } from 'react';

import { Badge, Status } from '@/ui/badge';
import { CommandLine } from '@/ui/command-line';
import { CopyButton } from '@/ui/copy-button';
import { DataTable, type TableColumn } from '@/ui/data-table';
import { DetailsList } from '@/ui/details-list';
import { Icon } from '@/ui/icon';
import { ICONS } from '@/ui/icons';
import { PanelTabs } from '@/ui/panel-tabs';
import { Time } from '@/ui/time';
import { Part } from './part';

type Row = { id: string; name: string; state: 'good' | 'warn' | 'bad' | 'info'; size: number };

const WHEN = '2026-01-31T09:00:00Z';
const TONES = ['neutral', 'good', 'warn', 'bad', 'info'] as const;
const ROWS: Row[] = [
  { id: 'a', name: 'Warehouse', state: 'good', size: 1204 },
  { id: 'b', name: 'A name of two hundred characters, as somebody will surely give one day '.repeat(3), state: 'warn', size: 88 },
  { id: 'c', name: 'اسم من اليمين إلى اليسار', state: 'bad', size: 12_400_000 },
];

function columns(): TableColumn<Row>[] {
  return [
    { key: 'name', label: 'Name', width: 'fill', sort: { direction: 'ascending', onSort: () => undefined }, render: (row) => <a className="f-name f-clip" data-row-link="" href="#kit-table" title={row.name}>{row.name}</a> },
    { key: 'state', label: 'State', width: 's', render: (row) => <Status tone={row.state}>{row.state}</Status> },
    { key: 'size', label: 'Size', width: 's', align: 'end', hideBelow: 'sm', render: (row) => <span className="f-num">{row.size.toLocaleString('en')}</span> },
    { key: 'when', label: 'Seen', width: 'm', hideBelow: 'md', render: () => <Time iso={WHEN} /> },
  ];
}

export function KitData() {
  const [tab, setTab] = useState('one');
  return (
    <>
      <Part name="Badge and status" about="Never colour alone: a dot has its word.">
        <div className="f-toolbar">{TONES.map((tone) => <Badge key={tone} tone={tone}>{tone}</Badge>)}</div>
        <div className="f-toolbar">{TONES.map((tone) => <Status key={tone} tone={tone}>{tone}</Status>)}</div>
      </Part>
      <Part name="Table" about="A row opens its detail; only the table scrolls sideways.">
        <DataTable label="Warehouses" columns={columns()} rows={ROWS} rowKey={(row) => row.id} selected="a" list={{ stale: false, hasMore: true, loadingMore: false, more: () => undefined }} />
        <DataTable label="Stale warehouses" columns={columns()} rows={ROWS.slice(0, 1)} rowKey={(row) => row.id} list={{ stale: true, hasMore: false, loadingMore: false, more: () => undefined }} />
      </Part>
      <Part name="Details and tabs">
        <PanelTabs label="Parts" tabs={[{ id: 'one', label: 'Overview' }, { id: 'two', label: 'History' }]} current={tab} onChange={setTab}>
          <DetailsList entries={[{ key: 'slug', label: 'Slug', value: <><code className="f-code">warehouse</code><CopyButton text="warehouse" what="Slug" /></> }, { key: 'when', label: 'Created', value: <Time iso={WHEN} absolute /> }]} />
        </PanelTabs>
        <CommandLine command="pip install foundation-inventory" />
      </Part>
      <Part name="Icons" about="The closed list; a section may name any of them.">
        <ul className="f-kit-icons">{Object.keys(ICONS).map((name) => <li key={name}><Icon name={name} /> <code>{name}</code></li>)}</ul>
      </Part>
    </>
  );
}

/** A table between two answers. */
import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';

import { DataTable } from '@/ui/data-table';

test('old rows stay and are marked while new ones load', () => {
  const list = { stale: true, hasMore: false, loadingMore: false, more: () => undefined };
  render(<DataTable label="Things" columns={[{ key: 'a', label: 'A', render: (row: string) => row }]} rows={['one']} rowKey={(row) => row} list={list} />);
  expect(screen.getByRole('cell', { name: 'one' }).closest('[aria-busy=true]')).not.toBeNull();
});

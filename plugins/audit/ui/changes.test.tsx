/** What of a detail tells a change, whichever way a plugin writes it. */
import { expect, test } from 'vitest';

import { changesOf, shown } from './changes';

test.each([
  [{ before: { name: 'a', size: 1 }, after: { name: 'b' }, why: 'x' }, [{ field: 'name', before: 'a', after: 'b' }, { field: 'size', before: 1, after: undefined }], { why: 'x' }],
  [{ before: ['viewer'], after: ['admin'] }, [{ field: '', before: ['viewer'], after: ['admin'] }], {}],
  [{ name: { before: 'a', after: 'b' }, slug: 's' }, [{ field: 'name', before: 'a', after: 'b' }], { slug: 's' }],
  [{ changes: { name: { before: 'a', after: 'b' } } }, [{ field: 'name', before: 'a', after: 'b' }], {}],
  [{ slug: 's', changed: ['name'], empty: {} }, [], { slug: 's', changed: ['name'], empty: {} }],
])('%j', (detail, changes, rest) => {
  expect(changesOf(detail)).toEqual({ changes, rest });
});

test('a value is shown as text', () => {
  expect([shown('a'), shown(null), shown(''), shown(3), shown(['a', 'b'])]).toEqual(['a', '–', '–', '3', 'a, b']);
});

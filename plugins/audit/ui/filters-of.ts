/** The filters in the address, as the routes take them. */
import { dayOf, momentsOf } from './range';

type Query = Readonly<Record<string, string>>;
export type Filters = Record<string, string | undefined>;

/** What narrows the list; *now* is when the page was opened, which "the last hour" is of. */
export function filtersOf(query: Query, now: number): Filters {
  const { actor, type, target, outcome, plugin, severity, project, request } = query;
  return { actor, type, target, outcome, plugin, severity, project, request, ...momentsOf(query, now) };
}

/** The same, from the day on to which one jumped: back in time, or on from it with the oldest first. */
export function filtersFrom(query: Query, now: number): Filters {
  const filters = filtersOf(query, now);
  const day = dayOf(query['at']);
  if (day === undefined) return filters;
  if (query['order'] === 'oldest') return { ...filters, since: day.start };
  return { ...filters, until: day.end };
}

/** Plain words for a refusal: what happened, then what to do. */
import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';

export type Words = { title: string; body: string; requestId: string | undefined; wait: number | undefined };

const KNOWN = [0, 401, 403, 404, 409, 412, 413, 422, 429, 499, 503] as const;

export function problemWords(error: unknown): Words {
  if (!isProblem(error)) {
    return { title: t('problem.page.title'), body: error instanceof Error ? error.message : t('problem.page.body'), requestId: undefined, wait: undefined };
  }
  const { problem, status } = error;
  const known = KNOWN.find((code) => code === status);
  const wait = typeof problem['retry_after'] === 'number' && problem['retry_after'] > 0 ? problem['retry_after'] : undefined;
  const usual = known === undefined ? t('problem.500.body') : t(`problem.${known}.body`);
  const body = status === 429 && wait !== undefined ? waitWords(wait) : usual;
  const said = status >= 400 && status < 500 && status !== 429 && problem.detail ? sentence(problem.detail) : '';
  return {
    title: known === undefined ? t('problem.500.title') : t(`problem.${known}.title`),
    body: said === '' ? body : said,
    requestId: problem.request_id,
    wait,
  };
}

/** A wait as people count it: seconds, minutes, hours. */
function waitWords(seconds: number): string {
  if (seconds < 120) return t('problem.429.seconds', { n: seconds });
  if (seconds < 7200) return t('problem.429.minutes', { n: Math.ceil(seconds / 60) });
  return t('problem.429.hours', { n: Math.ceil(seconds / 3600) });
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}

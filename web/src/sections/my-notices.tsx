/** What somebody ought to know of their own: tokens that end soon, or sessions that one more sign-in ended. */
import type { NoticeItem } from '@/api/identity-wire';
import { t } from '@/i18n/t';
import type { Page } from '@/sdk/types';
import { Banner } from '@/ui/banner';
import { useData } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { Time } from '@/ui/time';
import { browserName } from './browser-name';

type MyNoticesProps = { kind: NoticeItem['kind'] };
type LineProps = { notice: NoticeItem };

function Line({ notice }: LineProps) {
  const { me } = useHost();
  if (notice.kind === 'session_ended') {
    const browser = browserName(notice.name) ?? t('sessions.unknown');
    return <>{t('notices.session', { browser, address: notice.address })} <Time iso={notice.at} /></>;
  }
  const name = notice.owner === me.name ? notice.name : t('notices.of', { name: notice.name, owner: notice.owner });
  return <>{t('notices.token', { name })} <Time iso={notice.at} /></>;
}

export function MyNotices({ kind }: MyNoticesProps) {
  const { value } = useData<Page<NoticeItem>>('/me/notices');
  const mine = (value?.items ?? []).filter((notice) => notice.kind === kind);
  return <>{mine.map((notice) => <Banner key={notice.id} tone={kind === 'token_ends' ? 'warn' : 'info'}><Line notice={notice} /></Banner>)}</>;
}

/** Lines above the page for what holds everywhere: safe mode, a newer version, a connection that is not safe. */
import { useState } from 'react';

import { t } from '@/i18n/t';
import { useApp } from '@/plugin/app';
import type { Shell } from '@/sdk/types';
import { Banner } from '@/ui/banner';

type NoticesProps = { shell: Shell };

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export function isPlain({ protocol, hostname }: Pick<Location, 'protocol' | 'hostname'>): boolean {
  return protocol === 'http:' && !LOOPBACK.has(hostname);
}

export function Notices({ shell }: NoticesProps) {
  const { safe } = useApp();
  const [build] = useState(shell.product.build); // the one this page was started with
  return (
    <>
      {safe && <Banner tone="warn">{t('safe.banner')} <a className="f-link" href="/" data-reload="">{t('safe.leave')}</a></Banner>}
      {isPlain(window.location) && <Banner tone="warn">{t('plain.banner')}</Banner>}
      {shell.product.build !== build && (
        <div role="status">
          <Banner tone="info">{t('update.banner')} <a className="f-link" href={window.location.href} data-reload="">{t('update.reload')}</a></Banner>
        </div>
      )}
    </>
  );
}

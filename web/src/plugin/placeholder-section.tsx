/** Says what will be here, that it is not installed, and how to install it. */
import { t } from '@/i18n/t';
import type { PlaceholderUi, Section } from '@/sdk/types';
import { Badge } from '@/ui/badge';
import { CommandLine } from '@/ui/command-line';
import { PageHeader } from '@/ui/page-header';

type PlaceholderSectionProps = { section: Section; ui: PlaceholderUi };

export function PlaceholderSection({ section, ui }: PlaceholderSectionProps) {
  return (
    <>
      <PageHeader title={section.title} />
      <div className="f-prose">
        <p><Badge>{t('placeholder.badge')}</Badge></p>
        <p>{ui.body}</p>
        {ui.install && (
          <>
            <p>{t('placeholder.install')}</p>
            <CommandLine command={ui.install} />
            <p className="f-meta">{t('placeholder.after')}</p>
          </>
        )}
        {ui.docs && <p><a className="f-link" href={ui.docs}>{t('placeholder.docs')}</a></p>}
      </div>
    </>
  );
}

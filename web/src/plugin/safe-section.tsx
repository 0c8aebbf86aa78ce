/** What stands in a plugin's place while no plugin code is loaded. */
import { t } from '@/i18n/t';
import type { Section } from '@/sdk/types';
import { Empty } from '@/ui/empty';
import { PageHeader } from '@/ui/page-header';

type SafeSectionProps = { section: Section };

export function SafeSection({ section }: SafeSectionProps) {
  return (
    <>
      <PageHeader title={section.title} />
      <Empty title={t('safe.section')} body={t('safe.body', { plugin: section.plugin })} />
    </>
  );
}

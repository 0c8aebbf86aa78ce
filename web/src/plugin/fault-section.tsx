/** A section whose plugin does not work: its state, the reason, and the command that mends it. */
import { t } from '@/i18n/t';
import type { FaultUi, Section } from '@/sdk/types';
import { PageHeader } from '@/ui/page-header';
import { CommandLine } from '@/ui/command-line';
import { PluginState } from '@/ui/plugin-state';

type FaultSectionProps = { section: Section; ui: FaultUi };

export function FaultSection({ section, ui }: FaultSectionProps) {
  return (
    <>
      <PageHeader title={section.title} />
      <div className="f-card f-fault">
        <p><PluginState state={ui.state} /></p>
        <p className="f-problem-title">{t('fault.title', { plugin: section.plugin })}</p>
        {ui.reason && <p>{ui.reason}</p>}
        {ui.mend && (
          <>
            <p className="f-meta">{t('fault.mend')}</p>
            <CommandLine command={ui.mend} />
          </>
        )}
        {ui.owner && <p className="f-meta">{t('fault.owner', { owner: ui.owner })}</p>}
      </div>
    </>
  );
}

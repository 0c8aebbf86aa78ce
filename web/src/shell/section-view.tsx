/** Draws one section by the kind of page the server gave it. */
import { useEffect, useMemo, useState } from 'react';

import { t } from '@/i18n/t';
import { type App, useApp } from '@/plugin/app';
import { FaultSection } from '@/plugin/fault-section';
import { FrameSection } from '@/plugin/frame-section';
import { createHost } from '@/plugin/host';
import { ModuleSection } from '@/plugin/module-section';
import { PlaceholderSection } from '@/plugin/placeholder-section';
import { SafeSection } from '@/plugin/safe-section';
import type { Host, Section, Shell } from '@/sdk/types';
import { Empty } from '@/ui/empty';
import { ErrorBoundary } from '@/ui/error-boundary';
import { HostContext } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import { BUILTIN, ResourcePage } from './pages';
import { useShell } from './use-shell';

type SectionViewProps = { section: Section };
type KindProps = { section: Section; host: Host; safe: boolean };

/** A host for as long as the section is shown; its signal ends with it. */
function useSectionHost(app: App, shell: Shell, section: Section): Host {
  const [controller] = useState(() => new AbortController());
  useEffect(() => () => controller.abort(), [controller]);
  return useMemo(() => createHost({ app, shell, section, signal: controller.signal }), [app, shell, section, controller]);
}

function Kind({ section, host, safe }: KindProps) {
  const { ui } = section;
  switch (ui.kind) {
    case 'builtin': {
      const Page = BUILTIN[ui.page];
      return Page ? <Page /> : <Empty title={t('section.unknown', { page: ui.page })} />;
    }
    case 'resource': return <ResourcePage spec={ui.resource} title={section.title} runsOf={section.runs ? section.plugin : undefined} />;
    case 'module': return safe ? <SafeSection section={section} /> : <ModuleSection section={section} ui={ui} host={host} />;
    case 'frame': return safe ? <SafeSection section={section} /> : <FrameSection section={section} ui={ui} host={host} />;
    case 'placeholder': return <PlaceholderSection section={section} ui={ui} />;
    case 'fault': return <FaultSection section={section} ui={ui} />;
    default: {
      const never: never = ui;
      return <>{never}</>;
    }
  }
}

export function SectionView({ section }: SectionViewProps) {
  const app = useApp();
  const host = useSectionHost(app, useShell(), section);
  return (
    <HostContext value={host}>
      <ErrorBoundary
        fallback={(error, retry) => <ProblemCard error={error} title={t('section.failed', { title: section.title })} onRetry={retry} />}
        onError={(error) => host.log('error', 'the section failed while drawing', error)}
      >
        <Kind section={section} host={host} safe={app.safe} />
      </ErrorBoundary>
    </HostContext>
  );
}

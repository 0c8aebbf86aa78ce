/** @foundation/sdk/react: a page as a component, hooks over its host, and the kit. */
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';

import { ErrorBoundary } from '@/ui/error-boundary';
import { HostContext } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import { createQueryClient } from '@/ui/query-client';
import { type PluginModule, UI_API } from './types';

export { newKey } from '@/api/new-key';
export { isProblem } from '@/api/problem';
export { ChangeForm } from '@/resource/change-form';
export { LatestRuns } from '@/resource/latest-runs';
export { ResourcePage } from '@/resource/resource-page';
export { SchemaForm } from '@/resource/schema-form';
export { useLeaveGuard } from '@/resource/use-leave-guard';
export { Badge, Status } from '@/ui/badge';
export { Banner } from '@/ui/banner';
export { Button } from '@/ui/button';
export { CommandLine } from '@/ui/command-line';
export { Checkbox, Select, TextArea, TextInput } from '@/ui/controls';
export { CopyButton } from '@/ui/copy-button';
export { useData, useDeclared, useDraw, useList, useRefresh } from '@/ui/data';
export { DataTable, type TableColumn } from '@/ui/data-table';
export { DetailsList } from '@/ui/details-list';
export { Dialog } from '@/ui/dialog';
export { Empty } from '@/ui/empty';
export { ErrorBoundary } from '@/ui/error-boundary';
export { Field } from '@/ui/field';
export { FormProblem } from '@/ui/form-problem';
export { useFollow, useLiveState } from '@/ui/use-follow';
export { useHost, usePlace } from '@/ui/host-context';
export { Icon } from '@/ui/icon';
export { Menu, type MenuItem } from '@/ui/menu';
export { ObjectHistory } from '@/ui/object-history';
export { PageHeader } from '@/ui/page-header';
export { ProblemCard } from '@/ui/problem-card';
export { problemWords } from '@/ui/problem-words';
export { SearchInput } from '@/ui/search-input';
export { Segments } from '@/ui/segments';
export { Setting } from '@/ui/setting';
export { Skeleton } from '@/ui/skeleton';
export { Drawer, SplitPage } from '@/ui/split-page';
export { Time } from '@/ui/time';

/** Make a page from a component; what it has read stays known while the tab is open. */
export function reactPage(Page: ComponentType): PluginModule {
  let client: QueryClient | undefined;
  return {
    uiApi: UI_API,
    mount(root, host) {
      client ??= createQueryClient();
      const inner = createRoot(root);
      inner.render(
        <HostContext value={host}>
          <QueryClientProvider client={client}>
            <ErrorBoundary
              fallback={(error, retry) => <ProblemCard error={error} onRetry={retry} />}
              onError={(error) => host.log('error', 'the page failed while drawing', error)}
            >
              <Page />
            </ErrorBoundary>
          </QueryClientProvider>
        </HostContext>,
      );
      return () => inner.unmount();
    },
  };
}

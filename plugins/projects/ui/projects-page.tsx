/** The whole section: the list, and beside it what the address names. */
import { SplitPage, useHost, usePlace } from '@foundation/sdk/react';

import { CreateProject } from './create-project';
import { ProjectDetail } from './project-detail';
import { ProjectList } from './project-list';

export function ProjectsPage() {
  const { route } = useHost();
  const { path, query } = usePlace();
  const [first = '', view = ''] = path.split('/');
  const handleClose = () => route.go('', { query });
  const drawer = first === 'new' ? <CreateProject onClose={handleClose} /> : first !== '' && <ProjectDetail key={first} id={first} view={view} onClose={handleClose} />;
  return (
    <SplitPage drawer={drawer}>
      <ProjectList selected={first} />
    </SplitPage>
  );
}

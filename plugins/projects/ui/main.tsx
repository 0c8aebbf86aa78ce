/** The page of projects, as the shell mounts it. */
import './main.css';

import { reactPage } from '@foundation/sdk/react';

import { ProjectsPage } from './projects-page';

export default reactPage(ProjectsPage);

/** The page of the audit trail, as the shell mounts it. */
import './main.css';

import { reactPage } from '@foundation/sdk/react';

import { AuditPage } from './audit-page';

export default reactPage(AuditPage);

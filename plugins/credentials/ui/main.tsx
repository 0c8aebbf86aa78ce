/** The page of credentials, as the shell mounts it. */
import './main.css';

import { reactPage } from '@foundation/sdk/react';

import { CredentialsPage } from './credentials-page';

export default reactPage(CredentialsPage);

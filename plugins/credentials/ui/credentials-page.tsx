/** The whole section: the list, and beside it what the address names. */
import { SplitPage, useHost, usePlace } from '@foundation/sdk/react';

import { CreateCredential } from './create-credential';
import { CredentialDetail } from './credential-detail';
import { CredentialList } from './credential-list';
import { ImportDrawer } from './import-drawer';
import { KeysDrawer } from './keys-drawer';

export function CredentialsPage() {
  const { route } = useHost();
  const { path, query } = usePlace();
  const [first = '', second = ''] = path.split('/');
  const handleClose = () => route.go('', { query });
  const drawer = first === 'new'
    ? <CreateCredential kind={second} onClose={handleClose} />
    : first === 'import' ? <ImportDrawer onClose={handleClose} />
    : first === 'keys' ? <KeysDrawer onClose={handleClose} />
    : first !== '' && <CredentialDetail key={first} id={first} view={second} onClose={handleClose} />;
  return (
    <SplitPage drawer={drawer}>
      <CredentialList selected={first} />
    </SplitPage>
  );
}

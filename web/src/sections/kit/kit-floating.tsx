/** What floats: menus, dialogs, messages, and the same through host.ui. */
import { Button } from '@/ui/button';
import { useHost } from '@/ui/host-context';
import { Icon } from '@/ui/icon';
import { Menu } from '@/ui/menu';
import { Part } from './part';

const nothing = () => undefined;
const later = () => Promise.resolve();

export function KitFloating() {
  const { ui } = useHost();
  return (
    <>
      <Part name="Menu">
        <div className="f-toolbar">
          <Menu label="Actions" trigger={<Icon name="ellipsis" />} items={[{ id: 'edit', label: 'Edit', icon: 'pencil', onSelect: nothing }, { id: 'delete', label: 'Delete', icon: 'trash-2', danger: true, onSelect: nothing }]} />
          <Menu label="Theme" trigger={<Icon name="sun" />} items={[{ id: 'a', label: 'Light', icon: 'sun', checked: true, onSelect: nothing }, { id: 'b', label: 'Dark', icon: 'moon', checked: false, onSelect: nothing }]} />
          <Menu label="Columns" trigger={<Icon name="columns" />} items={[{ id: 'a', label: 'Slug', icon: 'blank', checked: true, multiple: true, onSelect: nothing }, { id: 'b', label: 'Created', icon: 'blank', checked: false, multiple: true, onSelect: nothing }]} />
        </div>
      </Part>
      <Part name="host.ui" about="The same for every tier, also without React.">
        <div className="f-toolbar">
          <Button onClick={() => ui.toast({ text: 'Saved Warehouse', kind: 'good' })}>Toast</Button>
          <Button onClick={() => ui.toast({ text: 'Archived Warehouse', kind: 'good', undo: later })}>Toast with undo</Button>
          <Button onClick={() => ui.toast({ text: 'It could not be saved.', kind: 'bad' })}>Toast of an error</Button>
          <Button onClick={() => void ui.confirm({ title: 'Archive Warehouse?', body: 'It keeps its data.', ok: 'Archive' })}>Confirm</Button>
          <Button onClick={() => void ui.confirm({ title: 'Delete Warehouse?', body: 'This cannot be undone.', danger: true, type: 'Warehouse', ok: 'Delete' })}>Confirm by typing</Button>
          <Button onClick={() => void ui.form({ title: 'Invite somebody', schema: { type: 'object', required: ['email'], properties: { email: { type: 'string', title: 'E-mail', format: 'email' } } }, submit: 'Create invitation', onSubmit: later })}>Form</Button>
          <Button onClick={() => void ui.copy('Warehouse')}>Copy</Button>
        </div>
      </Part>
    </>
  );
}

/** Buttons, fields and forms in each state. */
import { useState } from 'react';

import { SchemaForm } from '@/resource/schema-form';
import type { FormSpec } from '@/sdk/types';
import { Button } from '@/ui/button';
import { Checkbox, Select, TextArea, TextInput } from '@/ui/controls';
import { Field } from '@/ui/field';
import { SearchInput } from '@/ui/search-input';
import { Segments } from '@/ui/segments';
import { Setting } from '@/ui/setting';
import { Part } from './part';

const FORM: FormSpec = {
  schema: {
    type: 'object',
    required: ['name', 'address', 'port', 'kind'],
    properties: {
      name: { type: 'string', title: 'Name', minLength: 2 },
      address: { type: 'string', title: 'Address', format: 'uri' },
      port: { type: 'integer', title: 'Port', minimum: 1, maximum: 65535 },
      kind: { type: 'string', title: 'Kind', enum: ['one', 'two'] },
      notes: { type: 'string', title: 'Notes', 'x-ui': { widget: 'textarea' } },
    },
  },
  submit: 'Create warehouse',
};

function Buttons() {
  return (
    <Part name="Button" about="One primary at most in a view; busy keeps the label and the width.">
      <div className="f-toolbar">
        {(['primary', 'secondary', 'ghost', 'danger'] as const).map((variant) => <Button key={variant} variant={variant}>Rotate secret</Button>)}
        <Button icon="plus">With icon</Button>
        <Button icon="copy" aria-label="Icon alone" />
        <Button variant="primary" busy>Saving</Button>
        <Button busy>Loading</Button>
        <Button disabled title="The reason it cannot be used">Disabled</Button>
      </div>
    </Part>
  );
}

function Fields() {
  const [choice, setChoice] = useState<'one' | 'two'>('one');
  return (
    <Part name="Field" about="The label is always visible; hint and error belong to the control.">
      <div className="f-form">
        <Field label="Name" required>{(ids) => <TextInput {...ids} defaultValue="Warehouse" />}</Field>
        <Field label="Address" hint="With its scheme." optional>{(ids) => <TextInput {...ids} mono placeholder="https://example.org" />}</Field>
        <Field label="Slug" error="This slug is taken.">{(ids) => <TextInput {...ids} defaultValue="warehouse" />}</Field>
        <Field label="Kind">{(ids) => <Select {...ids} empty="Choose" options={[{ value: 'a', label: 'User name and password' }]} />}</Field>
        <Field label="Notes">{(ids) => <TextArea {...ids} />}</Field>
        <Field label="Off">{(ids) => <TextInput {...ids} disabled value="Cannot be changed" readOnly />}</Field>
        <Checkbox label="Nobody uses it after that day" defaultChecked />
        <label className="f-check"><input type="checkbox" role="switch" defaultChecked /> <span>Switch</span></label>
        <Segments label="Theme" name="kit-segments" value={choice} options={[{ value: 'one', label: 'Light' }, { value: 'two', label: 'Dark' }]} onChange={setChoice} />
        <SearchInput label="Search credentials" value="" onSearch={() => undefined} />
        <div><Setting label="Setting" hint="What it does."><Select aria-label="Setting" options={[{ value: 'a', label: 'A' }]} /></Setting></div>
      </div>
    </Part>
  );
}

export function KitControls() {
  return (
    <>
      <Buttons />
      <Fields />
      <Part name="Schema form" about="From a JSON Schema: send it empty to see every error and their sum.">
        <SchemaForm spec={FORM} onSubmit={() => Promise.resolve()} />
      </Part>
    </>
  );
}

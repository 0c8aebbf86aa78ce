/** Each changed field with its value before and after. */
import { type Change, shown } from './changes';
import { t } from './t';

type ChangeTableProps = { changes: Change[] };

export function ChangeTable({ changes }: ChangeTableProps) {
  return (
    <table className="au-changes">
      <thead>
        <tr><th scope="col">{t('change.field')}</th><th scope="col">{t('change.before')}</th><th scope="col">{t('change.after')}</th></tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{field || t('change.value')}</th>
            <td><del>{shown(before)}</del></td>
            <td><ins>{shown(after)}</ins></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

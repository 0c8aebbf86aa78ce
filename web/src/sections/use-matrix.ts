/** Which role holds which permission, and what changes when somebody gets another role. */
import type { Matrix, PermissionItem } from '@/api/identity-wire';
import { useDeclared } from '@/ui/data';

export type RoleDifference = { gains: PermissionItem[]; loses: PermissionItem[] };

export function useMatrix() {
  return useDeclared<Matrix>('/roles/matrix');
}

/** What changes between two roles; null is no role. */
export function differenceOf(matrix: Matrix, before: string | null, after: string | null): RoleDifference {
  const all = matrix.plugins.flatMap((plugin) => plugin.permissions);
  const holds = (role: string | null, roles: string[]) => role !== null && roles.includes(role);
  return {
    gains: all.filter(({ roles }) => holds(after, roles) && !holds(before, roles)),
    loses: all.filter(({ roles }) => holds(before, roles) && !holds(after, roles)),
  };
}

/** A role's title as people read it; an unknown one is named by its name. */
export function roleTitle(matrix: Matrix | undefined, name: string): string {
  return matrix?.roles.find((role) => role.name === name)?.title ?? name;
}

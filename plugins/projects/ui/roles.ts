/** What somebody can be in a project, from least to most. */
import { t } from './t';
import type { Role } from './types';

export const ROLES: readonly Role[] = ['viewer', 'editor', 'owner'];

export const roleOptions = () => ROLES.map((value) => ({ value, label: t(`role.${value}`) }));

/** The role that a choice means. */
export const roleOf = (value: string): Role => ROLES.find((role) => role === value) ?? 'viewer';

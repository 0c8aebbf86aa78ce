/** What the routes of people, sessions, roles and tokens answer. */
export type SessionItem = {
  public_id: string;
  is_current: boolean;
  created_at: string;
  last_seen_at: string;
  ends_at: string;
  auth_time: string;
  address: string | null;
  browser: string | null;
  acr: string;
  amr: string[];
  mfa: boolean;
};
export type NoticeItem = {
  kind: 'token_ends' | 'session_ended';
  id: string;
  name: string;
  owner: string;
  address: string;
  at: string;
};
export type ProposalItem = {
  plugin: string;
  plugin_title: string;
  permission: string;
  title: string;
  description: string;
  sensitive: boolean;
  role: string;
  state: 'open' | 'granted' | 'refused';
};
export type TokenItem = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  networks: string[];
  created_at: string;
  expires_at: string;
  last_used_at: string | null;
  last_used_address: string | null;
  state: 'active' | 'expired' | 'revoked';
};
export type NewToken = TokenItem & { token: string };
export type Invitation = {
  id: string;
  email: string;
  role: string | null;
  state: 'open' | 'accepted' | 'expired' | 'revoked';
  created_at: string;
  expires_at: string;
};
export type NewInvitation = Invitation & { link: string };
export type RoleItem = {
  name: string;
  title: string;
  description: string;
  is_builtin: boolean;
  permissions: string[];
  members: number;
  version: number | null;
};
export type PermissionItem = { name: string; title: string; description: string; sensitive: boolean };
export type RoleHead = { name: string; title: string; is_builtin: boolean };
export type Matrix = {
  roles: RoleHead[];
  plugins: { id: string; title: string; permissions: (PermissionItem & { roles: string[] })[] }[];
};
export type RolePreview = { permissions: string[]; gains: string[]; loses: string[]; people: number };

/** What /api/projects answers. */
export type Role = 'viewer' | 'editor' | 'owner';
export type May = 'edit' | 'attach' | 'archive' | 'members' | 'purge';
export type Person = { id: string; name: string; email: string };
export type Project = {
  id: string;
  slug: string;
  name: string;
  description: string;
  status: 'active' | 'archived';
  tags: string[];
  owner_id: string | null;
  owner: Person | null;
  role: Role | null;
  may: May[];
  version: number;
  created_at: string;
  updated_at: string;
};
export type Facets = { tags: { tag: string; projects: number }[]; owners: { id: string; name: string; projects: number }[] };
export type Member = { id: string; user_id: string; name: string; email: string; kind: string; enabled: boolean; role: Role; answers: boolean; version: number };
export type Candidate = { id: string; name: string; email: string; kind: string };
export type Credential = { id: string; slug: string; name: string; kind: string };
export type Plan = { slug: string; version: number; members: number; credentials: Credential[]; open_runs: number | null; schedules: number; blocked: ('active' | 'runs' | 'credentials_away')[] };

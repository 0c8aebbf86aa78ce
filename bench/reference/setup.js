// Creates the reference stack's tables in DATABASE_URL and one signed-in session in REDIS_URL.
// Prints the session cookie's value. Running it again starts from empty tables.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import pg from "pg";

const PROJECTS = Number(process.env.PROJECTS ?? 500);
const WEEK_S = 7 * 24 * 3600;

const db = new pg.Client(process.env.DATABASE_URL);
const redis = new Redis(process.env.REDIS_URL);
await db.connect();
await db.query(`
  drop schema if exists reference cascade;
  create schema reference;
  create table reference.users (id uuid primary key, email text not null unique, role text not null);
  create table reference.projects (
    id uuid primary key, slug text not null unique, name text not null, description text not null default '',
    status text not null default 'active', owner_id uuid not null references reference.users(id),
    version int not null default 1, created_at timestamptz not null default now(),
    updated_at timestamptz not null default now());
  create index on reference.projects (created_at desc, id desc);
  create table reference.audit_log (
    id bigint generated always as identity primary key, occurred_at timestamptz not null default now(),
    actor_id uuid not null, event text not null, target_id uuid not null, request_id text not null,
    detail jsonb not null);
  create index on reference.audit_log (occurred_at desc, id desc);
  create index on reference.audit_log (target_id);
`);
const user = randomUUID();
await db.query("insert into reference.users values ($1, 'ada@example.org', 'admin')", [user]);
await db.query(
  `insert into reference.projects (id, slug, name, description, owner_id)
   select gen_random_uuid(), 'project-' || n, 'Project ' || n, $2, $1 from generate_series(1, $3::int) n`,
  [user, "A campaign of the usual kind, with a sentence or two that says what it is for.", PROJECTS],
);
const cookie = randomBytes(32).toString("base64url");
const key = `reference:session:${createHash("sha256").update(cookie).digest("hex")}`;
const permissions = ["projects:project:read", "projects:project:write"];
await redis.set(key, JSON.stringify({ user, role: "admin", permissions }), "EX", WEEK_S);
process.stdout.write(`${cookie}\n`);
await db.end();
redis.disconnect();

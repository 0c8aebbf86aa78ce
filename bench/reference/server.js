// The API of the picture on Fastify: WORKERS processes on PORT, as a careful Node team would write it.
// The session is looked up in Redis, the permission checked, PostgreSQL read or written, JSON drawn by
// schema, one pino line a request.
//   GET  /                        the page of the web app, from memory
//   GET  /api/auth/me             who is signed in
//   GET  /api/projects?limit=20   the newest projects of whoever is signed in
//   POST /api/projects            creates one; the audit row rides in the same transaction
//   GET  /api/health
import cluster from "node:cluster";
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import cookies from "@fastify/cookie";
import Fastify from "fastify";
import { Redis } from "ioredis";
import pg from "pg";

const WORKERS = Number(process.env.WORKERS ?? 3);
const PORT = Number(process.env.PORT ?? 3100);

if (cluster.isPrimary) {
  let stopping = false;
  for (let i = 0; i < WORKERS; i++) cluster.fork();
  cluster.on("exit", () => stopping || cluster.fork());
  const stop = () => {
    stopping = true;
    for (const worker of Object.values(cluster.workers)) worker.process.kill("SIGKILL");
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
} else {
  const app = Fastify({ logger: true, genReqId: () => randomUUID(), bodyLimit: 1 << 20 });
  // As many connections as one of Foundation's workers; unused ones are given back, since both stacks
  // share a PostgreSQL that has sixty.
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8, idleTimeoutMillis: 200 });
  const redis = new Redis(process.env.REDIS_URL);
  await app.register(cookies);

  const signedIn = async (request, reply) => {
    const value = request.cookies.session;
    const hash = value && createHash("sha256").update(value).digest("hex");
    const found = value && (await redis.get(`reference:session:${hash}`));
    if (!found) return reply.code(401).send({ title: "Sign in first", status: 401 });
    request.person = JSON.parse(found);
  };
  const needs = (permission) => async (request, reply) => {
    const refused = await signedIn(request, reply);
    if (refused) return refused;
    if (request.person.permissions.includes(permission)) return undefined;
    return reply.code(403).send({ title: "Not allowed", status: 403 });
  };

  const texts = (...names) => Object.fromEntries(names.map((name) => [name, { type: "string" }]));
  const project = {
    type: "object",
    properties: {
      ...texts("id", "slug", "name", "description", "status", "owner_id", "created_at", "updated_at"),
      version: { type: "integer" },
    },
  };

  const page = readFileSync(process.env.PAGE);
  const tag = `"${createHash("sha256").update(page).digest("hex").slice(0, 32)}"`;
  app.get("/", async (request, reply) => {
    reply.header("etag", tag).header("cache-control", "no-cache").type("text/html; charset=utf-8");
    return request.headers["if-none-match"] === tag ? reply.code(304).send() : page;
  });

  app.get("/api/auth/me", {
    onRequest: signedIn,
    schema: {
      response: {
        200: {
          type: "object",
          properties: { ...texts("id", "role"), can: { type: "array", items: { type: "string" } } },
        },
      },
    },
  }, async ({ person }) => ({ id: person.user, role: person.role, can: person.permissions }));

  app.get("/api/projects", {
    onRequest: needs("projects:project:read"),
    schema: {
      querystring: {
        type: "object",
        properties: { limit: { type: "integer", minimum: 1, maximum: 200, default: 20 } },
      },
      response: {
        200: {
          type: "object",
          properties: { items: { type: "array", items: project }, next: { type: ["string", "null"] } },
        },
      },
    },
  }, async (request) => {
    const { limit } = request.query;
    const { rows } = await pool.query({
      name: "newest",
      text: `select id, slug, name, description, status, owner_id, version, created_at, updated_at
             from reference.projects order by created_at desc, id desc limit $1`,
      values: [limit + 1],
    });
    if (rows.length <= limit) return { items: rows, next: null };
    rows.pop();
    const last = rows.at(-1);
    const next = Buffer.from(`${last.created_at.toISOString()}|${last.id}`).toString("base64url");
    return { items: rows, next };
  });

  app.post("/api/projects", {
    onRequest: needs("projects:project:write"),
    schema: {
      body: {
        type: "object",
        required: ["slug", "name"],
        additionalProperties: false,
        properties: {
          slug: { type: "string", pattern: "^[a-z0-9-]{1,63}$" },
          name: { type: "string", minLength: 1, maxLength: 200 },
          description: { type: "string", maxLength: 4000 },
        },
      },
      response: { 201: project },
    },
  }, async (request, reply) => {
    const { slug, name, description = "" } = request.body;
    const client = await pool.connect();
    try {
      await client.query("begin");
      const { rows: [row] } = await client.query({
        name: "create",
        text: `insert into reference.projects (id, slug, name, description, owner_id)
               values ($1, $2, $3, $4, $5) returning *`,
        values: [randomUUID(), slug, name, description, request.person.user],
      });
      await client.query({
        name: "audit",
        text: `insert into reference.audit_log (actor_id, event, target_id, request_id, detail)
               values ($1, 'projects.project.created', $2, $3, $4)`,
        values: [request.person.user, row.id, request.id, JSON.stringify({ slug, name })],
      });
      await client.query("commit");
      return reply.code(201).send(row);
    } catch (error) {
      await client.query("rollback");
      if (error.code === "23505") return reply.code(409).send({ title: "That slug is taken", status: 409 });
      throw error;
    } finally {
      client.release();
    }
  });

  app.get("/api/health", async () => {
    await Promise.all([pool.query("select 1"), redis.ping()]);
    return { status: "ok" };
  });

  await app.listen({ port: PORT, host: "127.0.0.1" });
}

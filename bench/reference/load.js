// Asks servers, one load at a time: a line of JSON in says whom and how, a line out what came of it.
//   {"url", "seconds", "connections", "headers", "reads": path, "writes": path, "writing": 0..1}
// *writing* is the part of the requests that create something; each has a name of its own.
// Times are kept as they are measured: autocannon's own histogram rounds to milliseconds.
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import autocannon from "autocannon";

/** Returns what makes the next request: reads and writes mixed evenly, as *asked*. */
function mixed(asked) {
  const run = randomBytes(6).toString("hex");
  const headers = { ...asked.headers, "content-type": "application/json" };
  let turn = 0;
  return (request) => {
    turn += 1;
    // The n-th request writes where n times the part passes a whole number.
    const writes = Math.floor(turn * asked.writing) > Math.floor((turn - 1) * asked.writing);
    if (!writes) return { ...request, method: "GET", path: asked.reads, body: undefined };
    const name = `bench-${run}-${turn}`;
    return { ...request, method: "POST", path: asked.writes, headers, body: JSON.stringify({ slug: name, name }) };
  };
}

async function load(asked) {
  const times = [];
  let failed = 0;
  const request = { method: "GET", path: asked.reads, headers: asked.headers };
  const instance = autocannon({
    url: asked.url,
    connections: asked.connections,
    duration: asked.seconds,
    sampleInt: 50,
    timeout: 20,
    requests: [asked.writing > 0 ? { ...request, setupRequest: mixed(asked) } : request],
  });
  const began = performance.now();
  instance.on("response", (_client, status, _bytes, ms) => {
    if (status >= 200 && status <= 299) times.push(ms);
    else failed += 1;
  });
  const result = await instance;
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? null;
  return { answered: times.length, failed: failed + result.errors, seconds, p50_ms: at(0.5), p99_ms: at(0.99) };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await load(JSON.parse(line)))}\n`);
}

import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { keepApp, type KeptApp } from "../../../harness/target/process/keep-app.ts";
import { deadOrigin } from "../transport/serve.ts";

/** An app that says its process, ends when it is told to, and answers first where it is told so. */
const SCRIPT = `require("node:http").createServer((request, response) => {
  if (request.url === "/crash") return process.exit(7);
  response.end(String(process.pid));
  if (request.url === "/later") response.on("close", () => process.exit(8));
}).listen(process.env.PORT, "127.0.0.1"); console.log("up");`;

let origin: string;
let app: KeptApp;

beforeAll(async () => {
  origin = await deadOrigin();
  const run = [process.execPath, "--input-type=commonjs", "-e", SCRIPT];
  const command = { run, ready: origin, timeoutSeconds: 10, env: { PORT: new URL(origin).port } };
  app = await keepApp("portal", command, { environment: {} });
});

afterAll(async () => await app[Symbol.asyncDispose]());

async function ask(path: string): Promise<string> {
  return await (await fetch(`${origin}${path}`, { headers: { connection: "close" } })).text();
}

async function isUp(): Promise<boolean> {
  return await ask("/").then(
    () => true,
    () => false,
  );
}

test("what is seen while the app falls over is nothing, whatever it looks like", async () => {
  const first = await app.during("a", () => ask("/"));
  const refused = app.during("b", async () => {
    await ask("/crash").catch(() => undefined);
    while (await isUp());
    return await new Promise<string>(() => undefined);
  });
  await expect(refused).rejects.toMatchObject({
    code: "ERR_TARGET_UNREACHABLE",
    message: "during this case, portal ended with exit code 7\nIt wrote:\n  up",
  });
  const second = await app.during("c", async (start) => `${start} ${await ask("/")}`);
  expect(second).toMatch(/^1 \d+$/);
  expect(second).not.toBe(`1 ${first}`);
});

test("an end between two cases is told by the next one, and the app is up again after it", async () => {
  const pid = z.coerce.number().parse(await app.during("d", () => ask("/later")));
  while (isAlive(pid)) await isUp();
  while (await isUp());
  await expect(app.during("e", () => ask("/"))).rejects.toMatchObject({
    message: "before this case, after d, portal ended with exit code 8\nIt wrote:\n  up",
  });
  expect(await app.during("f", (start) => Promise.resolve(start))).toBe(2);
});

test("one that always falls over is given up", async () => {
  for (let times = 0; times < 9; times += 1) {
    await expect(app.during("g", () => ask("/crash"))).rejects.toThrow("during this case, portal ended");
  }
  await expect(app.during("h", () => ask("/"))).rejects.toThrow(
    "portal was started again 10 times and is not started any more; at last it ended with exit code 7",
  );
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type RunningApp, startApp } from "../../../harness/target/process/start-app.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { deadOrigin, serve } from "../transport/serve.ts";

function command(script: string, ready: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    run: [process.execPath, "--input-type=commonjs", "-e", script],
    ready,
    timeoutSeconds: 10,
    ...more,
  };
}

const TELL_PID = `require("node:http").createServer((_, r) => r.end(String(process.pid))).listen(process.env.PORT, "127.0.0.1");`;
const LISTEN = `require("node:http").createServer((_, r) => r.end(process.env.WORD)).listen(process.env.PORT, "127.0.0.1");`;

async function start(
  script: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<[string, RunningApp]> {
  const ready = await deadOrigin();
  const env = { PORT: new URL(ready).port, WORD: "own" };
  return [
    ready,
    await startApp("app", command(script, ready, { env, ...more }), { environment: { WORD: "given" } }),
  ];
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    () => true,
    () => false,
  );
}

test("an app is up once it is started, with what its file says, and gone afterwards", async () => {
  const [origin, app] = await start(LISTEN);
  expect(await (await fetch(origin)).text()).toBe("own");
  await app[Symbol.asyncDispose]();
  expect(await answers(origin)).toBe(false);
});

test("what the app started ends with it", async () => {
  const nested = `require("node:child_process").spawn(process.execPath, ["--input-type=commonjs", "-e", ${JSON.stringify(LISTEN)}], { stdio: "inherit" }); setInterval(() => {}, 1000);`;
  const [origin, app] = await start(nested);
  expect(await answers(origin)).toBe(true);
  await app[Symbol.asyncDispose]();
  expect(await answers(origin)).toBe(false);
});

test("an app that was stopped goes on to end in order", async () => {
  await using folder = await temporaryFolder();
  const ended = join(folder.path, "ended");
  const orderly = `process.on("SIGTERM", () => { require("node:fs").writeFileSync(${JSON.stringify(ended)}, "in order"); process.exit(); });`;
  const [origin, app] = await start(`${orderly} ${TELL_PID}`);
  process.kill(Number(await (await fetch(origin)).text()), "SIGSTOP");
  await app[Symbol.asyncDispose]();
  expect(await readFile(ended, "utf8")).toBe("in order");
});

test.each([
  {
    name: "an app that ends",
    script: "console.error('no licence'); process.exit(3)",
    more: {},
    says: /^app did not come up: it ended with exit code 3\nIt wrote:\n {2}no licence$/,
  },
  {
    name: "an app that fails deep within",
    script:
      "Error.stackTraceLimit = 50; const dive = (deep) => { if (deep === 0) throw new Error('no licence'); dive(deep - 1); }; dive(40)",
    more: {},
    says: /it ended with exit code 1\nIt wrote:\n(?: {2}.*\n)* {2}Error: no licence/,
  },
  {
    name: "an app that never answers",
    script: "console.log('thinking'); setInterval(() => {}, 1000)",
    more: { timeoutSeconds: 1 },
    says: /did not answer within 1 s\nIt wrote:\n {2}thinking$/,
  },
  {
    name: "a program that is not there",
    script: "",
    more: { run: ["no-such-program"] },
    says: /no-such-program cannot be started: .*ENOENT/,
  },
])("$name is told with what it wrote", async ({ script, more, says }) => {
  const outcome = start(script, more);
  await expect(outcome).rejects.toMatchObject({ code: "ERR_TARGET_UNREACHABLE" });
  await expect(outcome).rejects.toThrow(says);
});

test("where something answers already, nothing is started", async () => {
  await using server = await serve((_request, response) => response.end());
  await expect(startApp("app", command(LISTEN, server.origin), { environment: {} })).rejects.toMatchObject({
    message: `app did not come up: something answers at ${server.origin} already, before it was started`,
  });
});

test("a program that left the group and holds the output open keeps nobody from ending", async () => {
  // It lives for as long as this test lets it wait for an answer.
  const asked = Promise.withResolvers<void>();
  await using server = await serve(() => asked.resolve());
  const waits = `fetch("${server.origin}").catch(() => {})`;
  const leaver = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(waits)}], { stdio: "inherit", detached: true }).unref();`;
  const [origin, app] = await start(`${leaver} ${LISTEN}`);
  await asked.promise;
  await app[Symbol.asyncDispose]();
  expect(await answers(origin)).toBe(false);
});

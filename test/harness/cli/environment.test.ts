import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { environmentProblem } from "../../../harness/cli/environment-problem.ts";
import { keepLoopbackFromProxies } from "../../../harness/cli/no-proxy.ts";
import { waitForUrl } from "../../../harness/cli/wait-for-url.ts";
import { configSchema } from "../../../harness/cli/config/config-schema.ts";
import { targetSettings } from "../../../harness/cli/run/target-settings.ts";
import { HarnessError } from "../../../harness/errors.ts";
import { startTargets } from "../../../harness/run/start-targets.ts";
import { loadBundled } from "../../../harness/scenario/load.ts";
import { startMfaHarness } from "../../support/command-line.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { deadOrigin, serve } from "../transport/serve.ts";

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: told by Node`), { code });
}

function unreadable(code: string): HarnessError {
  return new HarnessError("ERR_FILE_UNREADABLE", "cannot read a.yaml", "", { cause: failure(code) });
}

test.each([
  { error: failure("ENOSPC"), says: "the disk is full" },
  { error: failure("EMFILE"), says: "EMFILE" },
  { error: new TypeError("fetch failed", { cause: failure("EMFILE") }), says: "EMFILE" },
  { error: new AggregateError([failure("ENFILE")]), says: "ENFILE" },
  { error: failure("EADDRNOTAVAIL"), says: "127.0.0.1" },
  { error: failure("EAFNOSUPPORT"), says: "no IPv4" },
  { error: failure("ERR_ASSERTION"), says: undefined },
  { error: "a text", says: undefined },
  { error: unreadable("EMFILE"), says: "cannot read a.yaml: this process has too few file handles (EMFILE)" },
  { error: unreadable("EROFS"), says: "cannot read a.yaml: the file system" },
  { error: unreadable("ENOENT"), says: undefined },
  { error: unreadable("EADDRNOTAVAIL"), says: undefined }, // what was tried names the address
  { error: new HarnessError("ERR_USAGE", "ENOSPC", "", { cause: failure("ENOSPC") }), says: undefined },
])("$error is the machine's: $says", ({ error, says }) => {
  const problem = environmentProblem(error);
  if (says === undefined) expect(problem).toBeUndefined();
  else expect([problem?.code, problem?.message]).toEqual(["ERR_ENVIRONMENT", expect.stringContaining(says)]);
});

test.each([
  { before: {}, after: "localhost,127.0.0.1,[::1],::1" },
  { before: { NO_PROXY: "corp.example" }, after: "corp.example,localhost,127.0.0.1,[::1],::1" },
  {
    before: { no_proxy: "corp.example, 10.0.0.0/8" },
    after: "corp.example,10.0.0.0/8,localhost,127.0.0.1,[::1],::1",
  },
  { before: { no_proxy: "a", NO_PROXY: "b" }, after: "a,b,localhost,127.0.0.1,[::1],::1" },
  { before: { NO_PROXY: "" }, after: "localhost,127.0.0.1,[::1],::1" },
  { before: { NO_PROXY: "*" }, after: "*" },
  { before: { no_proxy: " * " }, after: "*" },
])("$before: loopback is at no proxy, and what was not is not", ({ before, after }) => {
  const environment: NodeJS.ProcessEnv = { ...before };
  keepLoopbackFromProxies(environment);
  keepLoopbackFromProxies(environment);
  // Go and Ruby look at one name first, curl and Node.js at the other.
  expect([environment["NO_PROXY"], environment["no_proxy"]]).toEqual([after, after]);
});

const API = `scenarios: [s]
reporters: [list]
targets:
  api: { kind: api, channels: [oidc], url: "URL" }
`;

const SCENARIO = `id: one
title: one
why: for this test
references: [PSR-034]
emission: { channel: oidc, profile: password-and-otp }
transport: [direct]
expect: { verdict: compliant, decision: accept }
`;

test("a proxy that the environment names never hears of loopback", async () => {
  let connections = 0;
  const proxy = createServer((socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  await using api = await serve((_request, response) => response.end());
  const config = API.replace("URL", api.origin);
  await using folder = await temporaryFolder({ "s/one.yaml": SCENARIO, "mfa-harness.yaml": config });
  const address = proxy.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const names = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
  const env = { NODE_USE_ENV_PROXY: "1", ...Object.fromEntries(names.map((name) => [name, url])) };
  const child = startMfaHarness(["run"], folder.path, env);
  child.stdout.resume();
  await once(child, "close");
  proxy.close();
  expect([child.exitCode, connections]).toEqual([0, 0]);
});

test("the external URL is waited for until it leads to the IdP", async () => {
  let asked = 0;
  await using proxy = await serve((_request, response) => {
    asked += 1;
    response.writeHead(asked < 3 ? 502 : 200).end();
  });
  await waitForUrl({ origin: proxy.origin, port: 1 }, AbortSignal.timeout(60_000));
  expect(asked).toBe(3);
});

test("targets are opened once the external URL leads to the IdP", async () => {
  let asked = 0;
  await using proxy = await serve((_request, response) => {
    asked += 1;
    response.writeHead(asked < 2 ? 502 : 200).end();
  });
  const api = { kind: "api", channels: ["oidc"], url: "http://127.0.0.1:9/me" } as const;
  const config = configSchema.parse({ serve: { externalUrl: proxy.origin }, targets: { api } });
  const { keepKeys: _keepKeys, ...settings } = await targetSettings(config, false);
  const [scenario] = await loadBundled(["id-token-with-mfa"]);
  if (scenario === undefined) throw new TypeError("there is no scenario");
  const one = { id: "one", scenario, transport: "direct", target: "api" } as const;
  await using started = await startTargets([one], settings, AbortSignal.timeout(60_000));
  expect([started.targets.map(({ name }) => name), asked]).toEqual([["api"], 2]);
  const stopped = startTargets([one], settings, AbortSignal.abort(new Error("stopped")));
  await expect(stopped).rejects.toThrow("stopped");
});

test("what does not come up is told with its address and why", async () => {
  const origin = await deadOrigin();
  const waiting = waitForUrl({ origin, port: 4711 }, AbortSignal.timeout(60_000), 0);
  await expect(waiting).rejects.toMatchObject({ code: "ERR_TARGET_UNREACHABLE" });
  await expect(waiting).rejects.toThrow(`${origin} did not lead to the IdP within 0 s: connect ECONNREFUSED`);
});

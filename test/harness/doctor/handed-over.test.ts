import { afterAll, beforeAll, expect, test } from "vitest";
import { examine } from "../../../harness/doctor/examine.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { targetsSchema } from "../../../harness/target/definition/targets.ts";
import { deadOrigin, serve } from "../transport/serve.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp[Symbol.asyncDispose]());

async function found(target: Readonly<Record<string, unknown>>): Promise<string | undefined> {
  const definitions = targetsSchema.parse({ target });
  const signal = AbortSignal.timeout(10_000);
  const checks = await examine({ idp, definitions, relyingParties: [], wantsBrowser: false, signal });
  const check = checks.find(({ what }) => what.startsWith("target: "));
  return check === undefined ? undefined : `${check.status} ${check.found}`;
}

test.each([
  { status: 401, says: "ok answers with 401 without a token" },
  { status: 302, says: "ok answers with 302 without a token" },
  { status: 200, says: "warn answers with 200 without a token" },
  { status: 503, says: "warn answers with 503 without a token" },
])("an API that answers with $status: $says", async ({ status, says }) => {
  await using server = await serve((request, response) =>
    response.writeHead(request.headers.authorization === undefined ? status : 500).end(),
  );
  expect(await found({ kind: "api", url: server.origin })).toBe(says);
});

test("an API that is not there, or talks no TLS", async () => {
  const dead = await deadOrigin();
  expect(await found({ kind: "api", url: dead })).toBe(`fail nothing answers at ${new URL(dead).host}`);
  await using server = await serve((_request, response) => response.end());
  const secure = server.origin.replace("http:", "https:");
  expect(await found({ kind: "api", url: secure })).toBe(`fail ${new URL(secure).host} does not talk TLS`);
});

test.each([
  { command: { run: [process.execPath] }, says: `ok is ${process.execPath}` },
  { command: { run: ["no-such-program"] }, says: "fail is no program that can be run" },
  { command: { run: ["./package.json"] }, says: "fail is no program that can be run" },
  { command: { run: ["node"], cwd: "no-such-folder" }, says: "fail the folder no-such-folder is not there" },
  { command: { run: ["node"], env: { PATH: "" } }, says: "fail is no program that can be run" },
])("$command: $says", async ({ command, says }) => {
  expect(await found({ kind: "command", channels: ["oidc"], ...command })).toBe(says);
});

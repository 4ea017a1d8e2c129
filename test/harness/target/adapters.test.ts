import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cleanup, openTogether } from "../../../harness/cleanup.ts";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { adapterTarget } from "../../../harness/target/adapter-target.ts";
import { type AdapterThread, startAdapterThread } from "../../../harness/target/adapters/adapter-thread.ts";
import { refusing } from "../../../harness/target/adapters/adapter.ts";
import type { ReaderFacts } from "../../../harness/target/hand-over.ts";
import type { Observation } from "../../../harness/target/observation.ts";
import type { Target } from "../../../harness/target/target.ts";

let idp: MockIdp;
let cleanup: Cleanup;
const targets = new Map<string, Target>();

beforeAll(async () => {
  idp = await startIdp();
  cleanup = await openTogether((opened) => Promise.resolve(opened));
});

afterAll(async () => {
  await cleanup[Symbol.asyncDispose]();
  await idp[Symbol.asyncDispose]();
});

async function handOver(adapter: string, change: Readonly<Record<string, unknown>>): Promise<Observation> {
  const channel = ["node-saml", "samlify"].includes(adapter) ? "saml" : "oidc";
  const emission = emissionSchema.parse({ channel, profile: "password-and-otp", ...change });
  const target = targets.get(adapter) ?? adapterTarget("other", { kind: "library", adapter }, idp, cleanup);
  targets.set(adapter, target);
  const signal = AbortSignal.timeout(15_000);
  return await target.observe({ emission, transport: "direct", user: "a@partner.example", signal });
}

describe("other libraries beside our judge", () => {
  test.each([
    { adapter: "jose", change: {}, decision: "accept", says: /valid, amr says mfa/ },
    {
      adapter: "jose",
      change: { profile: "password-only" },
      decision: "refuse",
      says: /amr does not say mfa/,
    },
    { adapter: "jose", change: { key: "stranger" }, decision: "refuse", says: /signature|matching key/ },
    {
      adapter: "jose",
      change: { patch: [{ op: "set", path: "/idToken/claims/nonce", value: "x" }] },
      decision: "refuse",
      says: /another nonce/,
    },
    { adapter: "openid-client", change: {}, decision: "accept", says: /valid, amr says mfa/ },
    {
      adapter: "openid-client",
      change: { profile: "password-only" },
      decision: "refuse",
      says: /amr does not/,
    },
    { adapter: "openid-client", change: { key: "stranger" }, decision: "refuse", says: /./ },
    {
      adapter: "openid-client",
      change: { patch: [{ op: "set", path: "/idToken/claims/nonce", value: "x" }] },
      decision: "refuse",
      says: /./,
    },
    { adapter: "node-saml", change: {}, decision: "accept", says: /says multipleauthn/ },
    {
      adapter: "node-saml",
      change: { profile: "password-only" },
      decision: "refuse",
      says: /nothing says multipleauthn/,
    },
    { adapter: "node-saml", change: { key: "stranger" }, decision: "refuse", says: /signature/ },
    {
      adapter: "node-saml",
      change: { patch: [{ op: "set", path: "/samlResponse/inResponseTo", value: "_x" }] },
      decision: "refuse",
      says: /InResponseTo/,
    },
    { adapter: "samlify", change: {}, decision: "accept", says: /says multipleauthn/ },
    { adapter: "samlify", change: { profile: "password-only" }, decision: "refuse", says: /nothing says/ },
    { adapter: "samlify", change: { key: "stranger" }, decision: "refuse", says: /./ },
    {
      adapter: "samlify",
      change: { patch: [{ op: "set", path: "/samlResponse/inResponseTo", value: "_x" }] },
      decision: "refuse",
      says: /another request/,
    },
  ])("$adapter: $change → $decision", async ({ adapter, change, decision, says }) => {
    const seen = await handOver(adapter, change);
    expect(seen).toMatchObject({ decision, exchanges: [] });
    expect(seen.signals.join("; ")).toMatch(says);
    expect(seen.issued?.artifact).toMatch(/^(eyJ|<)/);
  });
});

test.each([
  { thrown: new Error("no"), answer: { decision: "refuse", reason: "no" } },
  { thrown: "ERR_NO", answer: { decision: "refuse", reason: "ERR_NO" } },
  {
    thrown: Object.assign(new TypeError("alg"), { code: "ERR_ALG" }),
    answer: { decision: "refuse", reason: "alg" },
  },
  {
    thrown: new TypeError("Cannot read properties of undefined"),
    answer: {
      decision: "refuse",
      reason: "by falling over, TypeError: Cannot read properties of undefined",
      confidence: "low",
    },
  },
])("a library that throws $thrown: $answer", async ({ thrown, answer }) => {
  expect(await refusing(() => Promise.reject(thrown))).toEqual(answer);
});

const FACTS: ReaderFacts = {
  channel: "oidc",
  issuer: "https://idp.example",
  jwks: { keys: [] },
  certificate: "",
  audience: "me",
  now: 1,
};

function thread(module: string, seconds?: number): AdapterThread {
  return startAdapterThread(`./test/harness/target/adapters/${module}.ts`, seconds);
}

describe("an adapter of one's own", () => {
  test("is asked with the artifact and the facts", async () => {
    await using own = thread("own");
    expect(await own.ask("token", FACTS)).toEqual({
      decision: "challenge",
      reason: "asked by https://idp.example",
    });
  });

  test("may say how sure it is", async () => {
    await using own = thread("own");
    const answer = { decision: "refuse", reason: "perhaps", confidence: "low" };
    expect(await own.ask("doubts", FACTS)).toEqual(answer);
  });

  test("what it throws or answers amiss is told, and it is asked again all the same", async () => {
    await using own = thread("own");
    await expect(own.ask("throws", FACTS)).rejects.toMatchObject({
      code: "ERR_TARGET_UNREACHABLE",
      message: "the adapter ./test/harness/target/adapters/own.ts threw: it fell over",
    });
    await expect(own.ask("nonsense", FACTS)).rejects.toMatchObject({ code: "ERR_TARGET_UNREACHABLE" });
    expect(await own.ask("token", FACTS)).toMatchObject({ decision: "challenge" });
  });

  test("one that never ends is ended", async () => {
    await using endless = thread("loops", 1);
    await expect(endless.ask("token", FACTS)).rejects.toMatchObject({
      code: "ERR_TARGET_UNREACHABLE",
      message: "the adapter ./test/harness/target/adapters/loops.ts: no answer within 1 s",
    });
  });

  test("one that leaves is told at once, and started again for the next", async () => {
    await using fleeting = thread("leaves");
    await expect(fleeting.ask("bad", FACTS)).rejects.toMatchObject({
      code: "ERR_TARGET_UNREACHABLE",
      message:
        "the adapter ./test/harness/target/adapters/leaves.ts: its thread ended: it left by itself, without an answer",
    });
    expect(await fleeting.ask("good", FACTS)).toMatchObject({ decision: "accept" });
  });

  test("whoever waited too long for its turn is not answered any more", async () => {
    await using own = thread("own");
    await expect(own.ask("token", FACTS, AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
  });

  test.each([
    { module: "two", says: /exports 2 functions, expected one/ },
    { module: "nowhere", says: /cannot be loaded/ },
  ])("$module is none", async ({ module, says }) => {
    await using none = thread(module);
    const outcome = none.ask("token", FACTS);
    await expect(outcome).rejects.toMatchObject({ code: "ERR_CONFIG_INVALID" });
    await expect(outcome).rejects.toThrow(says);
  });
});

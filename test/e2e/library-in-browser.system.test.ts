import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../../harness/transport/browser/launch-browser.ts";
import { findArtifacts, judgeIdToken, judgeSamlResponse, type Policy } from "../../src/index.ts";
import { ecKey, idClaims, NOW as TOKEN_NOW, oidcPolicy, segment, signed } from "../src/support/tokens.ts";
import { NOW, rsaKey, samplePolicy, sampleResponse, signBoth } from "../support/signed-saml.ts";
import { type LibraryServer, serveLibrary } from "./serve-library.ts";

const SAMPLES_JS = `
import { findArtifacts, judgeIdToken, judgeSamlResponse } from "/src/index.ts";
const judges = { "id-token": judgeIdToken, "saml-response": judgeSamlResponse };
export const judgeSample = async ({ text, policy, now }) => {
  const [{ kind, artifact }] = findArtifacts(text);
  return JSON.stringify(await judges[kind](artifact, policy, now));
};`;
const WORKER_JS = `
import { judgeSample } from "/samples.js";
onmessage = async ({ data }) => postMessage(await judgeSample(data));
postMessage("ready");`;
// A listener that comes too late loses the message; the worker says when it listens.
const IN_WORKER = `(sample) => new Promise((resolve, reject) => {
  const worker = new Worker("/worker.js", { type: "module" });
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.onmessage = ({ data }) => data === "ready" ? worker.postMessage(sample) : (worker.terminate(), resolve(data));
})`;
const IN_PAGE = `async (sample) => (await import("/samples.js")).judgeSample(sample)`;

const tokenKey = ecKey("k");
const token = (claims: Readonly<Record<string, unknown>>): string =>
  signed({ alg: "ES256", kid: "k" }, idClaims(claims), tokenKey, "ES256");
const [header, , signature] = token({ amr: ["pwd"] }).split(".");
const forgedToken = `${header}.${segment(idClaims({ amr: ["mfa"] }))}.${signature}`;
const samlKey = rsaKey();
const response = signBoth(sampleResponse(), samlKey);
const base64 = (xml: string): string => Buffer.from(xml).toString("base64");

interface Sample {
  readonly name: string;
  readonly text: string;
  readonly policy: Policy;
  readonly now: number;
  readonly verdict: string;
}

const onToken = { policy: oidcPolicy([tokenKey]), now: TOKEN_NOW };
const onResponse = { policy: samplePolicy([samlKey]), now: NOW };
const samples: readonly Sample[] = [
  { name: "an ID token with MFA", text: token({}), ...onToken, verdict: "compliant" },
  { name: "an ID token without", text: token({ amr: ["pwd"] }), ...onToken, verdict: "non-compliant" },
  { name: "a forged ID token", text: forgedToken, ...onToken, verdict: "non-compliant" },
  { name: "a response with MFA", text: base64(response), ...onResponse, verdict: "compliant" },
  {
    name: "a forged response",
    text: base64(response.replace(">alice<", ">mallory<")),
    ...onResponse,
    verdict: "non-compliant",
  },
  {
    name: "a response with entities",
    text: base64(`<!DOCTYPE r [<!ENTITY e SYSTEM "http://127.0.0.1/e">]>${response}`),
    ...onResponse,
    verdict: "non-compliant",
  },
];

async function judgeHere({ text, policy, now }: Sample): Promise<string> {
  const [found] = findArtifacts(text);
  if (found?.kind === "saml-response")
    return JSON.stringify(await judgeSamlResponse(found.artifact, policy, now));
  return JSON.stringify(await judgeIdToken(text, policy, now));
}

describe("the library in Chromium gives the verdict that it gives in Node", () => {
  let server: LibraryServer;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [server, browser] = await Promise.all([
      serveLibrary({ "/samples.js": SAMPLES_JS, "/worker.js": WORKER_JS }),
      launchBrowser(),
    ]);
    page = await browser.newPage();
    await page.goto(server.origin);
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  test.each(samples)("$name: $verdict", async (sample) => {
    const here = await judgeHere(sample);
    expect(here).toContain(`"verdict":"${sample.verdict}"`);
    const { text, policy, now } = sample;
    for (const where of [IN_PAGE, IN_WORKER]) {
      const there: unknown = await page.evaluate(`(${where})(${JSON.stringify({ text, policy, now })})`);
      expect(there).toBe(here);
    }
  });

  test("from its own modules, jose and libxml2-wasm alone", () => {
    const packages = server.served
      .filter((path) => !path.startsWith("/src/"))
      .map((path) => path.split("/")[2]);
    expect(new Set(packages)).toEqual(new Set(["jose", "libxml2-wasm"]));
  });
});

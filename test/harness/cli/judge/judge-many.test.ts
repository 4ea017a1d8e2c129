import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { accessClaims, idClaims, ISSUER, NOW, rsaKey, signed } from "../../../src/support/tokens.ts";
import { mfaHarness } from "../../../support/command-line.ts";
import * as saml from "../../../support/signed-saml.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const key = rsaKey("k");
const sign = (claims: Readonly<Record<string, unknown>>): string =>
  signed({ alg: "RS256", kid: "k" }, claims, key);
const good = sign(idClaims());
const weak = sign(idClaims({ amr: ["ngcmfa"] }));
const access = sign(accessClaims());
const samlKey = saml.rsaKey();
const response = Buffer.from(saml.signSaml(saml.sampleResponse(), "Assertion", samlKey)).toString("base64");

const files = {
  "keys.json": JSON.stringify({ keys: [key.jwk] }),
  "both.json": JSON.stringify({ keys: [key.jwk, { ...samlKey.jwk, kid: "s" }] }),
  "answer.json": JSON.stringify({ token_type: "Bearer", id_token: good, access_token: access }),
  "two.txt": `${good}\n${weak}\n`,
  "form.txt": `RelayState=x&SAMLResponse=${encodeURIComponent(response)}`,
  "trace.har": JSON.stringify({
    log: {
      entries: [
        {
          request: {
            url: "https://sp/acs",
            postData: { params: [{ name: "SAMLResponse", value: response }] },
          },
        },
        { response: { redirectURL: `https://rp/cb#id_token=${good}` } },
      ],
    },
  }),
};
let path = "";
beforeAll(async () => {
  const folder = await temporaryFolder(files);
  path = folder.path;
  return async () => await folder[Symbol.asyncDispose]();
});

const judge = async (...args: readonly string[]) =>
  await mfaHarness(["judge", ...args, "-n", String(NOW)], path);
const verdicts = z.array(
  z.object({ verdict: z.string(), artifact: z.string(), policy: z.string(), foundAt: z.string() }),
);

describe("each artifact gets its own verdict, and the worst decides the exit", () => {
  test("a token endpoint's answer", async () => {
    const { stdout, stderr, exitCode } = await judge("answer.json", "-k", "keys.json", "--json");
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(verdicts.parse(JSON.parse(stdout))).toEqual([
      { verdict: "compliant", artifact: "id-token", policy: "oidc", foundAt: "/id_token" },
      { verdict: "compliant", artifact: "access-token", policy: "partner-api", foundAt: "/access_token" },
    ]);
  });

  test("two tokens, one of which only the lax readers take", async () => {
    const { stdout, exitCode } = await judge("two.txt", "-k", "keys.json");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^1 of 2, found at line 1\nCOMPLIANT [^]*\n2 of 2, found at line 2\nNON-COMPLIANT /,
    );
    expect(stdout).toMatch(/\ndisagree {5}ms-cmdlet, ms-mca would let it pass\n/);
    // Entra reads the answers of external methods, not what a relying party is sent.
    expect(stdout).not.toMatch(/\ndisagree.* eam/);
  });

  test("a form body", async () => {
    const { stdout } = await judge("form.txt", "-k", "both.json");
    expect(stdout).toMatch(/^found at SAMLResponse\n[A-Z-]+ {2}saml-response, policy saml-any/);
    expect(stdout).toMatch(/\nsignature {4}verified\n/);
    expect(stdout).toContain(
      `\nMFA          "${saml.MULTIPLE_AUTHN}" in AuthnContextClassRef: seen by entra-saml; not seen by saml-attribute, refeds-mfa\n`,
    );
  });

  test("each kind by the policy that fits it", async () => {
    const eam = sign(idClaims({ acr: "possessionorinherence", amr: ["otp"] }));
    const wsfed = '<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"/>';
    const list = JSON.stringify({ wresult: wsfed, SAMLResponse: response, tokens: [eam, good, access] });
    const { stdout } = await mfaHarness(["judge", "-", "--json"], path, list);
    expect(verdicts.parse(JSON.parse(stdout)).map(({ artifact, policy }) => [artifact, policy])).toEqual([
      ["ws-fed-response", "wsfed-any"],
      ["saml-response", "saml-any"],
      ["eam-token", "entra-eam"],
      ["id-token", "oidc"],
      ["access-token", "partner-api"],
    ]);
  });

  test("a policy takes what it reads and says what it left", async () => {
    const { stdout, stderr } = await judge("trace.har", "-k", "both.json", "--json", "-p", "refeds-mfa");
    expect(JSON.parse(stdout)).toMatchObject({
      policy: "refeds-mfa",
      signature: "verified",
      verdict: "non-compliant",
    });
    expect(stderr).toBe(
      "not judged: id-token at /log/entries/1/response/redirectURL id_token, which policy refeds-mfa does not read\n",
    );
  });

  test("a policy reads a token of any guessed kind when there is none of its own", async () => {
    const { stdout } = await judge("two.txt", "-k", "keys.json", "--json", "-p", "partner-api");
    expect(verdicts.parse(JSON.parse(stdout)).map(({ artifact }) => artifact)).toEqual([
      "access-token",
      "access-token",
    ]);
  });

  test("the strict policy reads all", async () => {
    const { stdout } = await judge("trace.har", "-k", "both.json", "--json", "-p", "strict");
    expect(verdicts.parse(JSON.parse(stdout)).map(({ policy, artifact }) => [policy, artifact])).toEqual([
      ["strict", "saml-response"],
      ["strict", "id-token"],
    ]);
  });
});

test("a policy file brings keys, audience and freshness; the command line wins over it", async () => {
  const yaml = [
    "extends: oidc",
    "id: contoso",
    "issuers:",
    `  - { issuer: "${ISSUER}", keys: ../keys.json }`,
    "audiences: [relying-party-1]",
    "clockSkewSeconds: 0",
    "maxAuthAgeSeconds: 10",
  ].join("\n");
  await using folder = await temporaryFolder({
    "keys.json": files["keys.json"],
    "p/contoso.yaml": yaml,
    "t.jwt": good,
  });
  const run = async (...args: readonly string[]): Promise<unknown> => {
    const all = ["judge", "t.jwt", "-p", "p/contoso.yaml", "--json", "-n", String(NOW), ...args];
    return JSON.parse((await mfaHarness(all, folder.path)).stdout);
  };
  expect(await run()).toMatchObject({
    verdict: "re-authenticate",
    policy: "contoso",
    signature: "verified",
    unchecked: ["replay", "nonce"],
  });
  expect(await run("-a", "other")).toMatchObject({ verdict: "non-compliant" });
});

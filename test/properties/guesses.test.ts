import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  findArtifacts,
  judgeAccessToken,
  judgeEamToken,
  judgeFound,
  judgeIdToken,
  type JsonObject,
  policies,
  type Policy,
  type Verdict,
} from "../../src/index.ts";
import { BUNDLED_SCENARIOS } from "../../harness/scenario/bundled.ts";
import { loadScenarios } from "../../harness/scenario/load.ts";
import { complaint } from "../support/guess-complaint.ts";
import * as steadyIssuer from "../support/steady-issuer.ts";
import { edKey, ISSUER, NOW, signed } from "../src/support/tokens.ts";

/** How many claim sets are tried; more of them in `.ci/run`. */
const CLAIM_SETS = Number(process.env["MFA_HARNESS_CLAIM_SETS"] ?? 1000);

const jwksSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

const PARTNER_CENTER = "https://api.partnercenter.microsoft.com";
const EAM_ACR = [
  "possessionorinherence",
  "knowledgeorpossession",
  "knowledgeorinherence",
  "knowledgeorpossessionorinherence",
  "possession",
  "inherence",
  "knowledge",
];

/** A token as its text shows it, and the name that it was found under. */
interface Shown {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly name?: string;
}

/** A way to read a token: the kind, and for an access token whether its reader is Partner Center. */
type Reading = "id" | "eam" | "access for Partner Center" | "access for another API";

const has = (claims: JsonObject, ...names: readonly string[]): boolean =>
  names.some((name) => Object.hasOwn(claims, name));
// RFC 9068 §2.1: this type marks an access token.
const isMarked = ({ header }: Shown): boolean => header["typ"] === "at+jwt";
// Entra access token claims reference, RFC 9068 §2.2, RFC 8693 §4.2: who calls and what it may do.
const isCalled = ({ claims }: Shown): boolean =>
  has(claims, "scp", "scope", "appid", "appidacr", "azpacr", "idtyp", "client_id");
// OIDC Core §2, §3.3.2.11: bound to the request of a relying party.
const isBound = ({ claims }: Shown): boolean => has(claims, "nonce", "at_hash", "c_hash");
// OIDC Core §2, §5.1: a person signed in. With one, an access token of Entra has scp.
const isOfPerson = ({ claims }: Shown): boolean =>
  has(claims, "auth_time", "name", "preferred_username", "email");

/** Which readings are plausible for which tokens, by what the specifications say of their claims. */
const PLAUSIBLE: readonly { readonly reading: Reading; readonly when: (shown: Shown) => boolean }[] = [
  { reading: "id", when: isIdToken },
  // Entra, external authentication method provider reference: acr is one of these; the token goes by the name id_token.
  { reading: "eam", when: (shown) => isIdToken(shown) && EAM_ACR.some((acr) => acr === shown.claims["acr"]) },
  { reading: "access for Partner Center", when: isAccessToken },
  // RFC 7519 §4.1.3: aud says for whom it is.
  {
    reading: "access for another API",
    when: (shown) => isAccessToken(shown) && ![shown.claims["aud"]].flat().includes(PARTNER_CENTER),
  },
];

function isIdToken(shown: Shown): boolean {
  if (shown.name !== undefined) return shown.name === "id_token";
  return !isMarked(shown) && (!isCalled(shown) || isBound(shown));
}

function isAccessToken(shown: Shown): boolean {
  if (shown.name !== undefined) return shown.name === "access_token";
  // Entra, app roles: roles stand in ID tokens and access tokens alike.
  const byRoles = has(shown.claims, "roles") && !isBound(shown) && !isOfPerson(shown);
  return isMarked(shown) || isCalled(shown) || byRoles;
}

async function judgeAs(reading: Reading, jwt: string, known: Partial<Policy>, now: number): Promise<Verdict> {
  if (reading === "id") return await judgeIdToken(jwt, { ...policies.oidc, ...known }, now);
  if (reading === "eam") return await judgeEamToken(jwt, { ...policies["entra-eam"], ...known }, now);
  const policy = { ...policies["partner-api"], ...known };
  const audiences = reading === "access for Partner Center" ? { audiences: [PARTNER_CENTER] } : {};
  return await judgeAccessToken(jwt, { ...policy, ...audiences }, now);
}

async function complaintAbout(shown: Shown, jwt: string, known: Partial<Policy>, now: number) {
  const text = shown.name === undefined ? jwt : `${shown.name}=${jwt}`;
  const [found] = findArtifacts(text);
  if (found === undefined) return "not found";
  // What a text holds is found without the space and quotes around it.
  const token = typeof found.artifact === "string" ? found.artifact : jwt;
  const readings = PLAUSIBLE.filter(({ when }) => when(shown)).map(({ reading }) => reading);
  const verdicts = await Promise.all(
    readings.map(async (reading) => await judgeAs(reading, token, known, now)),
  );
  return complaint(await judgeFound(found, known, now), verdicts);
}

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}

function shownIn(jwt: string): Shown | undefined {
  const [header = "", payload = "", ...rest] = jwt.split(".");
  try {
    const shown = { header: decode(header), claims: decode(payload) };
    return rest.length === 1 && isShown(shown) ? shown : undefined;
  } catch {
    return undefined;
  }
}

function isShown(value: { readonly header: unknown; readonly claims: unknown }): value is Shown {
  return [value.header, value.claims].every(
    (each) => typeof each === "object" && each !== null && !Array.isArray(each),
  );
}

const key = edKey("k");
const known = { issuers: [{ issuer: ISSUER, jwks: { keys: [key.jwk] } }], algorithms: ["EdDSA"] };
const some = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const claimSets = fc.record({
  aud: fc.constantFrom<unknown>(PARTNER_CENTER, "https://graph.windows.net", "portal", [PARTNER_CENTER, "b"]),
  amr: fc.constantFrom<unknown>(
    ["pwd"],
    ["otp"],
    ["pwd", "mfa"],
    ["mfa", "otp"],
    ["fido"],
    "mfa",
    [],
    undefined,
  ),
  acr: some<unknown>("1", "possession", "possessionorinherence", "knowledge", ["possession"]),
  ver: some("1.0", "2.0"),
  roles: some<unknown>([], ["Admin"], ["mfa"]),
  scp: some("user_impersonation"),
  appid: some("app-1"),
  appidacr: some("0", "1"),
  azp: some("app-1"),
  idtyp: some("app", "user"),
  oid: some("o-1"),
  sub: fc.constantFrom("o-1", "u-1"),
  nonce: some("n"),
  auth_time: some(NOW - 60),
  name: some("Kim"),
  preferred_username: some("kim@example"),
});

test(`${CLAIM_SETS} claim sets: a guess is no better than the worst plausible reading`, async () => {
  await fc.assert(
    fc.asyncProperty(
      claimSets,
      fc.constantFrom({}, {}, { typ: "JWT" }, { typ: "at+jwt" }),
      fc.constantFrom(undefined, undefined, "id_token", "access_token"),
      async (chosen, typ, name) => {
        const whole = { ...chosen, iss: ISSUER, iat: NOW - 30, nbf: NOW - 30, exp: NOW + 300 };
        const claims = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
        const header = { alg: "EdDSA", kid: "k", ...typ };
        const shown = { header, claims, ...(name === undefined ? {} : { name }) };
        const jwt = signed(header, claims, key, "EdDSA");
        expect(await complaintAbout(shown, jwt, known, NOW)).toBeUndefined();
      },
    ),
    { numRuns: CLAIM_SETS },
  );
}, 600_000);

test("every token that a scenario issues", async () => {
  await using issuer = await steadyIssuer.startSteadyIssuer();
  const { oidcIssuer, jwks, eamIssuer, eamJwks } = issuer.idp.trust;
  const issuers = [
    { issuer: oidcIssuer, jwks },
    { issuer: eamIssuer, jwks: eamJwks },
  ];
  const scenarios = await loadScenarios([BUNDLED_SCENARIOS]);
  const complaints: string[] = [];
  let tried = 0;
  for (const { id, emission } of scenarios) {
    // Some are issued by HTTP only, beside a code; test/scenarios.test.ts asks for them so.
    const jwt = await issuer.issue(emission).catch(() => "");
    const shown = shownIn(jwt);
    if (shown === undefined) continue;
    tried += 1;
    const found = await complaintAbout(shown, jwt, { issuers }, steadyIssuer.NOW);
    if (found !== undefined) complaints.push(`${id}: ${found}`);
  }
  expect(complaints).toEqual([]);
  expect(tried).toBeGreaterThan(100);
}, 120_000);

const corpora = ["MFA_HARNESS_CORPUS", "MFA_HARNESS_CORPUS2"].flatMap((name) => process.env[name] ?? []);

describe.skipIf(corpora.length === 0)(
  "tokens of the corpora (set MFA_HARNESS_CORPUS, MFA_HARNESS_CORPUS2 to their folders)",
  () => {
    test.each(corpora)("%s", async (folder) => {
      const jwks = readdirSync(join(folder, "trust")).filter((name) => name.endsWith(".json"));
      const issuers = jwks.map((name) => ({
        jwks: jwksSchema.parse(JSON.parse(readFileSync(join(folder, "trust", name), "utf8"))),
      }));
      const now = Date.parse("2026-11-20T12:00:00Z") / 1000;
      const complaints: string[] = [];
      for (const name of readdirSync(join(folder, "jwt"))) {
        const jwt = readFileSync(join(folder, "jwt", name), "utf8").trim();
        const shown = shownIn(jwt);
        const found = shown === undefined ? undefined : await complaintAbout(shown, jwt, { issuers }, now);
        if (found !== undefined) complaints.push(`${name}: ${found}`);
      }
      expect(complaints).toEqual([]);
    });
  },
);

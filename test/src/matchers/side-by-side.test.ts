import { describe, expect, test } from "vitest";
import type { Statement } from "../../../src/evidence.ts";
import { disagreementWith } from "../../../src/matchers/disagreement.ts";
import { answersTo } from "../../../src/matchers/matchers.ts";
import { accessClaims, apiPolicy, idClaims, NOW, oidcPolicy, rsaKey, signed } from "../support/tokens.ts";
import { judgeAccessToken, judgeIdToken } from "../../../src/judge.ts";

const MULTIPLE_AUTHN = "http://schemas.microsoft.com/claims/multipleauthn";

const classRef = (value: string): Statement => ({
  kind: "class-ref",
  at: "",
  name: "AuthnContextClassRef",
  value: [value],
});
const attribute = (name: string, ...value: readonly string[]): Statement => ({
  kind: "attribute",
  at: "",
  name,
  value,
});
const claim = (kind: "amr" | "acr", value: unknown): Statement => ({ kind, at: "", name: kind, value });

// Entra's page on inbound assertions: the URI, in the class reference only, spelt exactly so.
describe("entra-saml", () => {
  test.each([
    { statements: [classRef(MULTIPLE_AUTHN)], answer: "pass" },
    { statements: [classRef("urn:oasis:names:tc:SAML:2.0:ac:classes:Password")], answer: "fail" },
    { statements: [classRef(MULTIPLE_AUTHN.replace("http:", "https:"))], answer: "fail" },
    { statements: [classRef(MULTIPLE_AUTHN.toUpperCase())], answer: "fail" },
    { statements: [classRef("http://schemas.microsoft.com/claims/wiaormultiauthn")], answer: "fail" },
    {
      statements: [attribute("http://schemas.microsoft.com/claims/authnmethodsreferences", MULTIPLE_AUTHN)],
      answer: "fail",
    },
    { statements: [], answer: "fail" },
  ])("$statements.0.value → $answer", ({ statements, answer }) => {
    expect(answersTo({ artifact: "saml-response", statements, read: true })).toEqual({
      "entra-saml": answer,
    });
  });

  test("an unreadable response does not pass", () => {
    const shown = { artifact: "saml-response", statements: [classRef(MULTIPLE_AUTHN)], read: false } as const;
    expect(answersTo(shown)).toEqual({ "entra-saml": "fail" });
  });

  test("readers of amr answer when there is an attribute of that name", () => {
    const statements = [classRef(MULTIPLE_AUTHN), attribute("amr", "pwd", "MFA")];
    expect(answersTo({ artifact: "saml-response", statements, read: true })).toEqual({
      strict: "fail",
      "ms-cmdlet": "fail",
      "ms-mca": "fail",
      "partner-consent": "pass",
      "entra-saml": "pass",
    });
  });
});

// Entra's page on inbound assertions: either URI, in either of two places.
describe("entra-wsfed", () => {
  const WIA = "http://schemas.microsoft.com/claims/wiaormultiauthn";
  const CLAIMS = "http://schemas.microsoft.com/ws/2008/06/identity/claims";
  test.each([
    { statements: [classRef(MULTIPLE_AUTHN)], answer: "pass" },
    { statements: [classRef(WIA)], answer: "pass" },
    { statements: [attribute(`${CLAIMS}/authenticationmethod`, "urn:other", WIA)], answer: "pass" },
    {
      statements: [attribute("http://schemas.microsoft.com/claims/authnmethodsreferences", WIA)],
      answer: "fail",
    },
    { statements: [attribute("authenticationmethod", WIA)], answer: "fail" },
    { statements: [attribute(`${CLAIMS}/authenticationmethod`, "mfa")], answer: "fail" },
    { statements: [classRef("mfa")], answer: "fail" },
  ])("$statements.0.name $statements.0.value → $answer", ({ statements, answer }) => {
    expect(answersTo({ artifact: "ws-fed-response", statements, read: true })).toEqual({
      "entra-wsfed": answer,
    });
  });
});

// Entra's EAM provider reference.
describe("eam", () => {
  test.each([
    { acr: "possessionorinherence", amr: ["otp"], answer: "pass" },
    { acr: "possessionorinherence", amr: ["face"], answer: "pass" },
    { acr: "inherence", amr: ["face"], answer: "pass" },
    { acr: "inherence", amr: ["fido"], answer: "fail" },
    { acr: "possession", amr: ["fido"], answer: "pass" },
    { acr: "knowledgeorinherence", amr: ["otp"], answer: "fail" },
    { acr: "knowledge", amr: ["otp"], answer: "fail" },
    { acr: "possessionorinherence", amr: ["mfa"], answer: "fail" },
    { acr: "possessionorinherence", amr: ["pwd"], answer: "fail" },
    { acr: "possessionorinherence", amr: ["otp", "sms"], answer: "fail" },
    { acr: "possessionorinherence", amr: "otp", answer: "fail" },
    { acr: "possessionorinherence", amr: [], answer: "fail" },
    { acr: ["possessionorinherence"], amr: ["otp"], answer: "fail" },
    { acr: undefined, amr: ["otp"], answer: "fail" },
    { acr: "toString", amr: ["otp"], answer: "fail" },
  ])("acr $acr, amr $amr → $answer", ({ acr, amr, answer }) => {
    const statements = [claim("acr", acr), claim("amr", amr)];
    expect(answersTo({ artifact: "eam-token", statements, read: true }).eam).toBe(answer);
  });
});

describe("which readers answer", () => {
  const tokenReaders = ["strict", "ms-cmdlet", "ms-mca", "partner-consent"];
  test.each([
    { artifact: "id-token", readers: [...tokenReaders, "eam"] },
    { artifact: "eam-token", readers: [...tokenReaders, "eam"] },
    { artifact: "access-token", readers: tokenReaders },
    { artifact: "saml-response", readers: ["entra-saml"] },
    { artifact: "ws-fed-response", readers: ["entra-wsfed"] },
  ] as const)("$artifact", ({ artifact, readers }) => {
    expect(Object.keys(answersTo({ artifact, statements: [], read: true }))).toEqual(readers);
  });

  test("of a token that cannot be decoded, only Entra says something", () => {
    expect(answersTo({ artifact: "eam-token", statements: undefined, read: false })).toEqual({ eam: "fail" });
  });
});

test.each([
  { verdict: "non-compliant", who: ["ms-cmdlet"] },
  { verdict: "re-authenticate", who: ["ms-cmdlet"] },
  { verdict: "compliant", who: ["strict", "eam"] },
] as const)("with $verdict disagree $who", ({ verdict, who }) => {
  const answers = { strict: "missing", "ms-cmdlet": "pass", eam: "fail" } as const;
  expect(disagreementWith(verdict, answers)).toEqual(who);
});

test.each(["strict", "ms-cmdlet", "ms-mca", "partner-consent", "entra-saml", "entra-wsfed", "eam"] as const)(
  "%s disagrees when it passes what is not compliant, or refuses what is",
  (name) => {
    expect(disagreementWith("non-compliant", { [name]: "pass" })).toEqual([name]);
    expect(disagreementWith("compliant", { [name]: "fail" })).toEqual([name]);
    expect(disagreementWith("compliant", { [name]: "pass" })).toEqual([]);
  },
);

// None of these readers checks a signature: what they say of a forged token is what makes it dangerous.
describe("a token that was changed after signing", () => {
  const key = rsaKey("own");
  const forged = (claims: Readonly<Record<string, unknown>>): string => {
    const [header = "", , signature = ""] = signed({ alg: "RS256", kid: "own" }, claims, key).split(".");
    const payload = Buffer.from(JSON.stringify({ ...claims, amr: ["pwd", "mfa"] })).toString("base64url");
    return `${header}.${payload}.${signature}`;
  };
  const pass = { strict: "pass", "ms-cmdlet": "pass", "ms-mca": "pass", "partner-consent": "pass" };

  test("an ID token", async () => {
    const verdict = await judgeIdToken(forged(idClaims({ amr: ["pwd"] })), oidcPolicy([key]), NOW);
    expect(verdict).toMatchObject({ verdict: "non-compliant", signature: "failed", evidence: undefined });
    expect(verdict.matchers).toEqual({ ...pass, eam: "fail" });
    expect(verdict.disagreement).toEqual(Object.keys(pass));
  });

  test("an access token", async () => {
    const verdict = await judgeAccessToken(forged(accessClaims({ amr: ["pwd"] })), apiPolicy([key]), NOW);
    expect(verdict).toMatchObject({ verdict: "non-compliant", evidence: undefined, matchers: pass });
  });

  test("findings of its content there are none", async () => {
    const verdict = await judgeIdToken(forged(idClaims({ aud: "other" })), oidcPolicy([key]), NOW);
    expect(verdict.findings.map(({ rule }) => rule)).toEqual(["oidc.signature.invalid"]);
  });
});

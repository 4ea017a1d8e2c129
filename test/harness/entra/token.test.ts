import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import { checkToken, type FederatedSignIn } from "../../../harness/entra/token-checks.ts";
import { readToken } from "../../../harness/entra/token-reading.ts";
import { verifyToken } from "../../../harness/entra/token-signature.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";

const NOW = 1_795_000_000;
const REALM = "urn:federation:MicrosoftOnline";
const REPLY = "https://login.microsoftonline.com/login.srf";
const MULTIPLE = "http://schemas.microsoft.com/claims/multipleauthn";
const PASSWORD = "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ now: () => NOW });
});

afterAll(async () => await idp.stop());

const set = (path: string, value: unknown) => ({ op: "set", path: `/wsFedResponse${path}`, value });
const remove = (path: string) => ({ op: "remove", path: `/wsFedResponse${path}` });
const V2 = set("/assertion/version", "2.0");

async function emit(changes: object = {}): Promise<string> {
  const emission = emissionSchema.parse({ channel: "wsfed", profile: "password-and-otp", ...changes });
  return (await idp.issue(emission, { user: "agent@partner.example", audience: REALM })).artifact;
}

function believe(wresult: string): FederatedSignIn {
  const { wsFedIssuer: issuer, samlCertificate } = idp.trust;
  const expected = { issuer, realm: REALM, replyUrl: REPLY, now: NOW };
  return checkToken(readToken(verifyToken(wresult, samlCertificate)), expected);
}

describe("a token that is believed", () => {
  test.each([
    ["SAML 1.1", {}, [MULTIPLE, PASSWORD, MULTIPLE], true],
    ["SAML 1.1 with a password", { profile: "password-only" }, [PASSWORD, PASSWORD], false],
    ["SAML 2.0", { patch: [V2] }, [MULTIPLE], true],
    // In SAML 2.0 an attribute says nothing (Entra's page on inbound assertions).
    ["SAML 2.0 with a password", { profile: "password-only", patch: [V2] }, [PASSWORD], false],
  ])("%s", async (_what, changes, methods, showsMfa) => {
    const signedIn = { user: "agent@partner.example", methods, showsMfa, authenticatedAt: NOW };
    expect(believe(await emit(changes))).toEqual(signedIn);
  });
});

// SAML core §2.7.2: the time of a statement is that of the sign-in which it describes.
describe("when the sign-in was", () => {
  const statement = (classRef: string, ago: number) =>
    `<saml:AuthnStatement AuthnInstant="${new Date((NOW - ago) * 1000).toISOString()}"><saml:AuthnContext><saml:AuthnContextClassRef>${classRef}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`;
  const beside = (content: string) => set("/assertion/content", content);
  const INSTANT = "/assertion/authentication/instant";
  test.each([
    ["MFA now, a password long ago", [V2, beside(statement(PASSWORD, 9000))], 0],
    ["MFA long ago, a password now", [V2, beside(statement(MULTIPLE, 9000))], 9000, "password-only"],
    ["MFA twice", [V2, beside(statement(MULTIPLE, 9000))], 0],
    ["passwords only", [V2, beside(statement(PASSWORD, 9000))], 9000, "password-only"],
    ["the statement long ago, the first factor now", [set(INSTANT, NOW - 9000)], 9000],
    [
      "the first factor long ago, the statement now",
      [set("/assertion/attributes/3/values/0", NOW - 9000)],
      9000,
    ],
  ])("%s", async (_what, patch, ago, profile = "password-and-otp") => {
    expect(believe(await emit({ patch, profile })).authenticatedAt).toBe(NOW - ago);
  });
});

describe("a token that is not believed", () => {
  test.each([
    ["not signed", { tamper: [{ op: "strip-signature" }] }, /not signed/],
    ["one bit changed", { tamper: [{ op: "flip-signature" }] }, /does not verify/],
    [
      "changed after signing",
      { tamper: [{ op: "replace-text", find: "agent@", replace: "admin@" }] },
      /does not verify/,
    ],
    ["by a stranger", { key: "stranger" }, /does not verify/],
    [
      "by a stranger who shows a certificate",
      { key: "stranger", patch: [set("/signature", { keyInfo: "signing" })] },
      /does not verify/,
    ],
    [
      "by HMAC",
      { patch: [set("/signature", { algorithm: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256" })] },
      /not taken/,
    ],
    [
      "a digest of SHA-1",
      { patch: [set("/signature", { digest: "http://www.w3.org/2000/09/xmldsig#sha1" })] },
      /not taken/,
    ],
    ["of another version", { patch: [set("/assertion/version", "1.0")] }, /version 1.0/],
    ["of another issuer", { patch: [set("/assertion/issuer", "https://other.example")] }, /the issuer/],
    ["without an issuer", { patch: [remove("/assertion/issuer")] }, /the issuer/],
    ["without conditions", { patch: [remove("/assertion/conditions")] }, /no Conditions/],
    ["without an audience", { patch: [remove("/assertion/conditions/audiences")] }, /no audience/],
    ["for others", { patch: [set("/assertion/conditions/audiences", [`${REALM}/`])] }, /not for/],
    ["without an end", { patch: [remove("/assertion/conditions/notOnOrAfter")] }, /no end/],
    ["expired", { patch: [set("/assertion/conditions/notOnOrAfter", NOW - 60)] }, /expired/],
    ["not valid yet", { patch: [set("/assertion/conditions/notBefore", NOW + 61)] }, /not valid yet/],
    [
      "with an end that is no time",
      { patch: [set("/assertion/conditions/notOnOrAfter", "2026-13-01T00:00:00Z")] },
      /no time/,
    ],
    [
      "with an unknown condition",
      { patch: [set("/assertion/conditions/content", '<x:C xmlns:x="urn:x"/>')] },
      /not understood/,
    ],
    ["about two subjects", { patch: [set("/assertion/authentication/nameId", "b3RoZXI=")] }, /one subject/],
    ["about another anchor", { patch: [set("/assertion/attributes/1/values", ["b3RoZXI="])] }, /ImmutableID/],
    [
      "confirmed by a key",
      { patch: [set("/assertion/subject/method", "urn:oasis:names:tc:SAML:1.0:cm:holder-of-key")] },
      /bearer/,
    ],
    [
      "for delivery elsewhere",
      { patch: [V2, set("/assertion/subject/recipient", "https://other.example")] },
      /delivery/,
    ],
    ["without an authentication", { patch: [remove("/assertion/authentication")] }, /nothing about/],
    ["with two names", { patch: [set("/assertion/attributes/0/values", ["a", "b"])] }, /exactly one/],
    ["from the future", { patch: [set("/assertion/attributes/3/values", [NOW + 61])] }, /future/],
  ])("%s", async (_what, changes, reason) => {
    const wresult = await emit(changes);
    expect(() => believe(wresult)).toThrow(reason);
  });
});

const wrapped = (good: string): string => {
  const [, assertion = ""] = /(<saml:Assertion.*<\/saml:Assertion>)/s.exec(good) ?? [];
  const forged = assertion
    .replace(/<ds:Signature.*<\/ds:Signature>/s, "")
    .replace(/AssertionID="[^"]+"/, 'AssertionID="_forged"')
    .replaceAll("agent@partner.example", "admin@partner.example");
  return good.replace(assertion, forged.replace("</saml:Assertion>", `${assertion}</saml:Assertion>`));
};

describe("hostile XML", () => {
  test.each([
    ["nothing", () => "", /XML/],
    ["no XML", () => "wresult", /XML|not one/],
    ["cut off", (good: string) => good.slice(0, -1), /well-formed/],
    ["a DTD", (good: string) => `<!DOCTYPE a [<!ENTITY b "c">]>${good}`, /document type/],
    ["another root", (good: string) => `<a>${good}</a>`, /not one/],
    ["a signed token below a forged one", wrapped, /not signed/],
    [
      "two tokens",
      (good: string) => good.replace(/(<saml:Assertion.*<\/saml:Assertion>)/s, "$1$1"),
      /exactly one/,
    ],
    [
      "a value split by a comment within what is signed",
      (good: string) => good.replaceAll("@partner.example", "@partner.example<?x?>"),
      /verify|else than text/,
    ],
    [
      "a second signature",
      (good: string) => good.replace(/(<ds:Signature.*<\/ds:Signature>)/s, "$1$1"),
      /more than one/,
    ],
    [
      "two ids alike",
      (good: string) => good.replace(/AssertionID="([^"]+)"/, 'AssertionID="$1" ID="$1"'),
      /verify/,
    ],
    ["deep nesting", () => "<a>".repeat(20_000), /./],
  ])("%s", async (_what, forge, reason) => {
    const good = await emit();
    expect(() => believe(forge(good))).toThrow(reason);
  });

  test("a comment that the signature does not cover does not cut the name short", async () => {
    const good = await emit();
    const split = good.replaceAll("@partner.example", "@partner<!-- -->.example");
    expect(believe(split).user).toBe("agent@partner.example");
  });
});

import { SAML, ValidateInResponseTo, type Profile } from "@node-saml/node-saml";
import { assert, asyncProperty, constantFrom, string } from "fast-check";
import { XmlDocument } from "libxml2-wasm";
import { beforeAll, describe, expect, test } from "vitest";
import { emissionSchema, type Emission } from "../../../../harness/emission/emission.ts";
import { makeEmissionKeys } from "../../../../harness/emission/keys/keys.ts";
import type { SamlSignIn } from "../../../../harness/emission/profiles/saml.ts";
import { emitSamlResponse } from "../../../../harness/emission/saml/response.ts";
import { tamperSamlXml } from "../../../../harness/emission/saml/tamper.ts";
import { makeSamlCredentials, type SamlCredentials } from "../../../../harness/idp/saml/credentials.ts";

const MULTIPLE = "http://schemas.microsoft.com/claims/multipleauthn";
const PASSWORD = "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password";
const METHODS = "http://schemas.microsoft.com/claims/authnmethodsreferences";

const now = Math.floor(Date.now() / 1000);
const signIn: SamlSignIn = {
  issuer: "http://127.0.0.1:1/saml/metadata",
  user: "agent@partner.example",
  audience: "http://127.0.0.1:2/sp",
  acs: "http://127.0.0.1:2/acs",
  requestId: "_request",
  now,
};

let credentials: SamlCredentials;
let idpCert: string;

beforeAll(async () => {
  credentials = makeSamlCredentials(makeEmissionKeys(), () => now);
  idpCert = await credentials.certificate();
});

function emissionOf(changes: object): Emission {
  return emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...changes });
}

async function emit(changes: object, about: Partial<SamlSignIn> = {}): Promise<string> {
  const emission = emissionOf(changes);
  return await emitSamlResponse(emission, { ...signIn, ...about }, await credentials.signer(emission.key));
}

interface Demands {
  readonly response: boolean;
  readonly assertion: boolean;
}

/** What node-saml, a service provider that we did not write, makes of a response. */
async function consume(
  xml: string,
  demands: Demands = { response: true, assertion: true },
): Promise<Profile> {
  const serviceProvider = new SAML({
    idpCert,
    issuer: "http://127.0.0.1:2/sp",
    callbackUrl: "http://127.0.0.1:2/acs",
    idpIssuer: "http://127.0.0.1:1/saml/metadata",
    wantAuthnResponseSigned: demands.response,
    wantAssertionsSigned: demands.assertion,
    validateInResponseTo: ValidateInResponseTo.never,
  });
  const SAMLResponse = Buffer.from(xml).toString("base64");
  const { profile } = await serviceProvider.validatePostResponseAsync({ SAMLResponse });
  if (profile === null) throw new Error("no profile");
  return profile;
}

function patch(path: string, value: unknown): object {
  return { patch: [{ op: "set", path, value }] };
}

function remove(path: string): object {
  return { patch: [{ op: "remove", path }] };
}

function containing(text: string): unknown {
  return expect.stringContaining(text);
}

function signatureValues(xml: string): Buffer[] {
  const found = xml.matchAll(/<ds:SignatureValue>([^<]+)</g);
  return [...found].map(([, value = ""]) => Buffer.from(value, "base64"));
}

function withoutValues(xml: string): string {
  return xml.replace(/<ds:SignatureValue>[^<]+/g, "");
}

function ones(byte: number): number {
  return byte.toString(2).replaceAll("0", "").length;
}

/** The text of the NameID as a parser that keeps every character reads it. */
function nameIdIn(xml: string): string | undefined {
  const document = XmlDocument.fromString(xml);
  try {
    return document.get("//a:NameID", { a: "urn:oasis:names:tc:SAML:2.0:assertion" })?.content;
  } finally {
    document.dispose();
  }
}

describe("profiles", () => {
  test.each([
    { profile: "password-and-otp", classRef: MULTIPLE, methods: [PASSWORD, MULTIPLE] },
    {
      profile: "password-only",
      classRef: "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
      methods: PASSWORD,
    },
  ])("$profile is taken by node-saml, both parts signed", async ({ profile, classRef, methods }) => {
    const xml = await emit({ profile });
    expect(await consume(xml)).toMatchObject({
      issuer: signIn.issuer,
      nameID: signIn.user,
      nameIDFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
      inResponseTo: "_request",
      [METHODS]: methods,
      IDPEmail: signIn.user,
    });
    expect(xml).toContain(`<saml:AuthnContextClassRef>${classRef}</saml:AuthnContextClassRef>`);
    expect(xml).toContain(`NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"`);
    expect(xml.match(/<ds:Signature /g)).toHaveLength(2);
    expect(xml.match(/xmldsig-more#rsa-sha256"/g)).toHaveLength(2);
  });

  test("a password alone says multipleauthn nowhere", async () => {
    expect(await emit({ profile: "password-only" })).not.toContain("multipleauthn");
  });

  test("times: valid from a little before now, confirmed for five minutes, usable for an hour", async () => {
    const xml = await emit({}, { now: 1_767_225_605 });
    const times = [...xml.matchAll(/ (\w+)="(2026[^"]+)"/g)].map(([, name, time]) => `${name} ${time}`);
    expect(times).toEqual([
      "IssueInstant 2026-01-01T00:00:05Z",
      "IssueInstant 2026-01-01T00:00:05Z",
      "NotOnOrAfter 2026-01-01T00:05:05Z",
      "NotBefore 2026-01-01T00:00:00Z",
      "NotOnOrAfter 2026-01-01T01:00:05Z",
      "AuthnInstant 2026-01-01T00:00:05Z",
    ]);
  });

  test("without a request and an endpoint it names neither", async () => {
    const xml = await emit({}, { requestId: undefined, acs: undefined });
    expect(xml).not.toMatch(/InResponseTo|Destination|Recipient/);
  });

  test("no id is the same twice", async () => {
    const ids = [...`${await emit({})}${await emit({})}`.matchAll(/ (?:ID|SessionIndex)="(_[0-9a-f]{32})"/g)];
    expect(new Set(ids.map(([, id]) => id)).size).toBe(6);
  });
});

describe("patches come before the signature: node-saml reads what was patched", () => {
  test.each([
    [patch("/samlResponse/assertion/subject/nameId", "other"), { nameID: "other" }],
    [patch("/samlResponse/assertion/attributes/0/values", ["no-mfa"]), { [METHODS]: "no-mfa" }],
    [patch("/samlResponse/assertion/attributes/0/name", "amr"), { amr: [PASSWORD, MULTIPLE] }],
    [patch("/samlResponse/assertion/attributes/-", { name: "new", values: ["1"] }), { new: "1" }],
  ])("%j", async (changes, seen) => {
    expect(await consume(await emit(changes))).toMatchObject(seen);
  });

  test.each([
    [patch("/samlResponse/assertion/conditions/audiences", ["http://elsewhere.example"]), /audience/i],
    [
      { patch: [{ op: "shift", path: "/samlResponse/assertion/conditions/notOnOrAfter", seconds: -7200 }] },
      /expired/,
    ],
    [
      { patch: [{ op: "shift", path: "/samlResponse/assertion/conditions/notBefore", seconds: 7200 }] },
      /not yet valid/,
    ],
  ])("%j is refused for its content", async (changes, reason) => {
    await expect(consume(await emit(changes))).rejects.toThrow(reason);
  });

  test("any text in a value survives signing, line breaks of all kinds too", async () => {
    const text = string({
      unit: constantFrom("a", "&", "<", "]]>", "\r", "\n", "\t", "\u0085", "\u2028", "😀"),
    });
    await assert(
      asyncProperty(text, async (value) => {
        const xml = await emit(patch("/samlResponse/assertion/subject/nameId", `x${value}`));
        expect(nameIdIn(xml)).toBe(`x${value}`);
        await expect(consume(xml)).resolves.toHaveProperty("nameID");
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    [patch("/samlResponse/assertion/attributes", "none"), "/samlResponse/assertion/attributes"],
    [patch("/samlResponse/assertion/tyop", "x"), "tyop"],
    [patch("/samlResponse/issueInstant", true), "/samlResponse/issueInstant"],
    [{ patch: [{ op: "remove", path: "/samlResponse" }] }, "/samlResponse"],
    [patch("/samlResponse/issuer", "\u0000"), "\\u0000"],
    [{ channel: "oidc" }, "oidc"],
  ])("%j does not fit: an error of ours that names it", async (changes, named) => {
    await expect(emit(changes)).rejects.toMatchObject({
      code: "ERR_SCENARIO_INVALID",
      message: containing(named),
    });
  });
});

describe("what is signed", () => {
  test.each([
    ["/samlResponse/id", { response: false, assertion: true }],
    ["/samlResponse/assertion/id", { response: true, assertion: false }],
  ])("without %s only the other part is", async (path, demands) => {
    const xml = await emit(remove(path));
    expect(xml.match(/<ds:Signature /g)).toHaveLength(1);
    expect(xml).not.toContain(' Id="');
    await expect(consume(xml, demands)).resolves.toMatchObject({ nameID: signIn.user });
    await expect(consume(xml)).rejects.toThrow(/signature/i);
  });

  test("without an Issuer the signature comes first", async () => {
    const xml = await emit(remove("/samlResponse/issuer"));
    expect(xml).toMatch(/^<samlp:Response [^>]*><ds:Signature /);
    await expect(consume(xml)).resolves.toMatchObject({ nameID: signIn.user });
  });

  test("without an assertion the Response still is", async () => {
    const xml = await emit(remove("/samlResponse/assertion"));
    expect(xml.match(/<ds:Signature /g)).toHaveLength(1);
  });

  test("with a stranger's key nothing but the signature value is wrong", async () => {
    const xml = await emit({ key: "stranger" });
    expect(xml.split(idpCert.replace(/-----[^-]+-----|\s/g, ""))).toHaveLength(3);
    await expect(consume(xml)).rejects.toThrow("Invalid document signature");
    await expect(consume(xml, { response: false, assertion: true })).rejects.toThrow("Invalid signature");
  });
});

describe("tampers come after the signature", () => {
  const anySignature = [
    { response: true, assertion: true },
    { response: true, assertion: false },
    { response: false, assertion: true },
  ];

  test.each([
    { op: "flip-signature" },
    { op: "strip-signature" },
    { op: "replace-text", find: "agent@partner.example", replace: "admin@partner.example" },
    { op: "replace-text", find: "</saml:AttributeValue>", replace: "<!-- -->$&</saml:AttributeValue>" },
  ])("%j is refused by node-saml, whichever signature it demands", async (tamper) => {
    const xml = await emit({ tamper: [tamper] });
    for (const demands of anySignature) await expect(consume(xml, demands)).rejects.toThrow(/signature/i);
  });

  test("flip-signature changes one bit of each signature value and nothing else", async () => {
    const before = await emit({});
    const after = await tamperSamlXml(before, [{ op: "flip-signature" }]);
    const bits = signatureValues(before).map((value, at) =>
      [...value].reduce(
        (sum, byte, index) => sum + ones(byte ^ (signatureValues(after)[at]?.at(index) ?? 0xff)),
        0,
      ),
    );
    expect(bits).toEqual([1, 1]);
    expect(withoutValues(after)).toBe(withoutValues(before));
  });

  test("strip-signature leaves no trace of a signature", async () => {
    const xml = await emit({ tamper: [{ op: "strip-signature" }] });
    expect(xml).not.toMatch(/ds:|Signature|X509/);
    expect(xml).toContain("<saml:Subject>");
  });

  test("replace-text takes every occurrence, and its replacement as it is", async () => {
    const xml = await emit({
      tamper: [{ op: "replace-text", find: "agent@partner.example", replace: "$&" }],
    });
    expect(xml.split(">$&<")).toHaveLength(3);
  });

  test.each([
    [[{ op: "replace-text", find: "nowhere", replace: "x" }], '"nowhere"'],
    [[{ op: "strip-signature" }, { op: "flip-signature" }], "flip-signature"],
    [[{ op: "strip-signature" }, { op: "strip-signature" }], "strip-signature"],
  ])("%j changes nothing: an error of ours", async (tamper, named) => {
    await expect(emit({ tamper })).rejects.toMatchObject({
      code: "ERR_SCENARIO_INVALID",
      message: containing(named),
    });
  });
});

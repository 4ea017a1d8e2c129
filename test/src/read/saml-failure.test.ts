import { createHash, createPublicKey, X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { selfSignedCertificate } from "../../../harness/emission/keys/certificate.ts";
import { judgeSamlResponse, judgeWsFedResponse } from "../../../src/judge.ts";
import type { Policy } from "../../../src/policy.ts";
import {
  ISSUER,
  NOW,
  rsaKey,
  samplePolicy,
  sampleResponse,
  signBoth,
  signSaml,
  type SampleKey,
} from "../../support/signed-saml.ts";
import { answerAround, sampleToken, signToken, wsFedPolicy } from "../../support/signed-wsfed.ts";

const trusted = rsaKey();
const other = rsaKey();
const trustedPem = certificateOf(trusted);
const otherPem = certificateOf(other);

function certificateOf({ privateKey }: SampleKey): string {
  const pair = { privateKey, publicKey: createPublicKey(privateKey) };
  const made = selfSignedCertificate(pair, "idp", NOW);
  return new X509Certificate(made.includes("BEGIN") ? made : Buffer.from(made, "base64")).toString();
}

/** The thumbprint as Windows shows it, by Node and not by the code under test. */
function thumbprintOf(pem: string): string {
  return createHash("sha1").update(new X509Certificate(pem).raw).digest("hex").toUpperCase();
}

function keyInfo(pem: string): string {
  const base64 = new X509Certificate(pem).raw.toString("base64");
  return `<ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data>`;
}

const byCertificate: Policy = {
  ...samplePolicy([]),
  issuers: [{ issuer: ISSUER, certificates: [trustedPem] }],
};

async function failureOf(xml: string, policy: Policy): Promise<readonly (string | undefined)[]> {
  const { verdict, signature, findings, evidence } = await judgeSamlResponse(xml, policy, NOW);
  expect([verdict, signature, evidence]).toEqual(["non-compliant", "failed", undefined]);
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["saml.signature.invalid"]));
  return findings.flatMap(({ message, fix }) => [message, fix]);
}

/** As `xmllint --format` does: each element without text on a line of its own. */
function indented(xml: string): string {
  return xml.replaceAll("><", ">\n  <");
}

/** As a viewer does that puts texts on lines of their own, too. */
function spread(xml: string): string {
  return xml.replaceAll("><", ">\n<").replace(/>([^<\s][^<]*)</g, ">\n    $1\n  <");
}

describe("a signature that white space broke", () => {
  const one = signSaml(sampleResponse(), "Assertion", trusted);
  const both = signBoth(sampleResponse(), trusted);
  test.each([
    { name: "the assertion signed, indented", xml: indented(one) },
    { name: "both signed, indented", xml: indented(both) },
    { name: "the assertion signed, texts on lines of their own", xml: spread(one) },
    { name: "white space in SignedInfo alone", xml: one.replace("<ds:SignedInfo>", "<ds:SignedInfo>\n") },
    {
      name: "white space in the assertion alone",
      xml: one.replace("<saml:Conditions ", "\n  <saml:Conditions "),
    },
  ])("$name", async ({ xml }) => {
    const [message, fix] = await failureOf(xml, samplePolicy([trusted]));
    expect(message).toContain("white space between elements taken out, so that was added after signing");
    expect(fix).toContain("indentation");
  });

  test("nothing of it is said where another change broke it as well", async () => {
    const said = await failureOf(indented(one).replace("alice", "mallory"), samplePolicy([trusted]));
    expect(said.join(" ")).not.toContain("white space");
  });

  test("an indented message that was signed so is fine", async () => {
    const { verdict } = await judgeSamlResponse(
      signBoth(indented(sampleResponse()), trusted),
      samplePolicy([trusted]),
      NOW,
    );
    expect(verdict).toBe("compliant");
  });

  test("in WS-Federation, too", async () => {
    const xml = indented(signToken(answerAround(sampleToken()), trusted));
    const { signature, findings } = await judgeWsFedResponse(xml, wsFedPolicy([trusted]), NOW);
    expect([signature, findings[0]?.rule]).toEqual(["failed", "wsfed.signature.invalid"]);
    expect(findings[0]?.message).toContain("added after signing");
  });
});

describe("a certificate that is not the trusted one", () => {
  test("both thumbprints are named, and that the signature verifies with the other", async () => {
    const xml = signSaml(sampleResponse(), "Assertion", other, { keyInfo: keyInfo(otherPem) });
    const [message, fix] = await failureOf(xml, byCertificate);
    expect(message).toContain(thumbprintOf(otherPem));
    expect(message).toContain(thumbprintOf(trustedPem));
    expect(message).toContain("with which it does verify");
    expect(fix).toContain("metadata");
  });

  test("a certificate that did not sign either is not said to", async () => {
    const xml = signSaml(sampleResponse(), "Assertion", rsaKey(), { keyInfo: keyInfo(otherPem) });
    const [message] = await failureOf(xml, byCertificate);
    expect(message).toContain("holds another certificate");
    expect(message).not.toContain("does verify");
  });

  test("trusted keys without a certificate have no thumbprint", async () => {
    const xml = signSaml(sampleResponse(), "Assertion", other, { keyInfo: keyInfo(otherPem) });
    const [message] = await failureOf(xml, samplePolicy([trusted]));
    expect(message).toContain("the trusted keys came without a certificate");
  });

  test("the trusted certificate over another signature", async () => {
    const xml = signSaml(sampleResponse(), "Assertion", other, { keyInfo: keyInfo(trustedPem) });
    const [message] = await failureOf(xml, byCertificate);
    expect(message).toContain(
      `although KeyInfo holds the trusted certificate, thumbprint ${thumbprintOf(trustedPem)}`,
    );
  });

  test.each(["", "<ds:X509Data><ds:X509Certificate>?</ds:X509Certificate></ds:X509Data>"])(
    "without a readable certificate nothing is added: %s",
    async (info) => {
      const xml = signSaml(sampleResponse(), "Assertion", other, info === "" ? {} : { keyInfo: info });
      const [message, fix] = await failureOf(xml, byCertificate);
      expect(message).not.toContain("KeyInfo");
      expect(fix).toBeUndefined();
    },
  );

  test("a KeyInfo is not looked at where the signature holds", async () => {
    const xml = signSaml(sampleResponse(), "Assertion", trusted, { keyInfo: keyInfo(otherPem) });
    expect((await judgeSamlResponse(xml, byCertificate, NOW)).verdict).toBe("compliant");
  });
});

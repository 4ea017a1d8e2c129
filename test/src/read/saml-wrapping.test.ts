import { describe, expect, test } from "vitest";
import {
  assertionIn,
  NOW,
  rsaKey,
  sampleAssertion,
  samplePolicy,
  sampleResponse,
  signatureIn,
  signSaml,
} from "../../support/signed-saml.ts";
import { findingsOf } from "../rules/saml/findings.ts";

const key = rsaKey();
const policy = samplePolicy([key]);
const plain = sampleResponse();
const signed = signSaml(plain, "Assertion", key);
const responseSigned = signSaml(plain, "Response", key);
const forged = sampleAssertion("_forged").replace(">alice<", ">mallory<");
const genuine = assertionIn(signed);
const signature = signatureIn(signed);
const unsignedGenuine = genuine.replace(signature, "");

function extensions(inside: string): string {
  return `<samlp:Extensions>${inside}</samlp:Extensions>`;
}

function object(inside: string): string {
  return `<ds:Object>${inside}</ds:Object></ds:Signature>`;
}

describe("wrapping: the signed assertion is kept, a forged one is offered", () => {
  const wrap = (inside: string): string => plain.replace(assertionIn(plain), inside);
  const signedAgain = assertionIn(signSaml(wrap(sampleAssertion("_again")), "Assertion", key));
  const withSignature = (inside: string): string =>
    forged.replace("</saml:Issuer>", `</saml:Issuer>${signature.replace("</ds:Signature>", inside)}`);
  test.each([
    { name: "forged first", xml: wrap(forged + genuine), id: "saml.message.structure" },
    { name: "forged last", xml: wrap(genuine + forged), id: "saml.message.structure" },
    {
      name: "genuine inside the forged",
      xml: wrap(forged.replace("</saml:Issuer>", `</saml:Issuer>${genuine}`)),
      id: "saml.signature.structure",
    },
    {
      name: "genuine in Advice of the forged",
      xml: wrap(
        forged.replace("</saml:Conditions>", `</saml:Conditions><saml:Advice>${genuine}</saml:Advice>`),
      ),
      id: "saml.signature.structure",
    },
    {
      name: "genuine in Advice of the forged, whose response a stranger signed",
      xml: signSaml(
        wrap(forged.replace("</saml:Conditions>", `</saml:Conditions><saml:Advice>${genuine}</saml:Advice>`)),
        "Response",
        rsaKey(),
      ),
      id: "saml.signature.invalid",
    },
    {
      name: "genuine in Advice of the forged, and its signature in the forged",
      xml: wrap(
        withSignature("</ds:Signature>").replace(
          "</saml:Conditions>",
          `</saml:Conditions><saml:Advice>${unsignedGenuine}</saml:Advice>`,
        ),
      ),
      id: "saml.signature.structure",
    },
    {
      name: "genuine in Advice inside another element of the signed",
      xml: wrap(
        genuine.replace(
          "</saml:Conditions>",
          `</saml:Conditions><x><saml:Advice>${signedAgain}</saml:Advice></x>`,
        ),
      ),
      id: "saml.signature.structure",
    },
    {
      name: "forged in an Object of a signature in Advice",
      xml: wrap(
        genuine.replace(
          "</saml:Conditions>",
          `</saml:Conditions><saml:Advice>${signedAgain.replace("</ds:Signature>", object(forged))}</saml:Advice>`,
        ),
      ),
      id: "saml.message.structure",
    },
    {
      name: "a signature alone in Advice",
      xml: wrap(
        genuine.replace("</saml:Conditions>", `</saml:Conditions><saml:Advice>${signature}</saml:Advice>`),
      ),
      id: "saml.signature.structure",
    },
    {
      name: "genuine in Extensions",
      xml: wrap(extensions(genuine) + forged),
      id: "saml.message.structure",
    },
    { name: "forged in Extensions", xml: wrap(extensions(forged) + genuine), id: "saml.message.structure" },
    {
      name: "signature moved to the forged",
      xml: wrap(withSignature("</ds:Signature>")),
      id: "saml.signature.structure",
    },
    {
      name: "genuine in ds:Object",
      xml: wrap(withSignature(object(unsignedGenuine))),
      id: "saml.message.structure",
    },
    {
      name: "forged in ds:Object",
      xml: wrap(genuine.replace("</ds:Signature>", object(forged))),
      id: "saml.message.structure",
    },
    {
      name: "forged in KeyInfo",
      xml: wrap(genuine.replace("</ds:Signature>", `<ds:KeyInfo>${forged}</ds:KeyInfo></ds:Signature>`)),
      id: "saml.message.structure",
    },
    {
      name: "same ID",
      xml: wrap(
        forged
          .replace("_forged", "_assertion-1")
          .replace("</saml:Conditions>", `</saml:Conditions><saml:Advice>${unsignedGenuine}</saml:Advice>`),
      ),
      id: "saml.message.structure",
    },
    {
      name: "polluted ID",
      xml: wrap(genuine).replace("<samlp:Status>", '<samlp:Status xml:id="_assertion-1">'),
      id: "saml.message.structure",
    },
    {
      name: "signed response inside a forged one",
      xml: plain
        .replace("_response-1", "_forged")
        .replace("<samlp:Status>", `${extensions(responseSigned)}<samlp:Status>`),
      id: "saml.message.structure",
    },
    {
      name: "genuine beside an encrypted one",
      xml: wrap(`${genuine}<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>`),
      id: "saml.message.structure",
    },
  ])("$name → $id", async ({ xml, id }) => {
    expect(xml).not.toBe(plain);
    expect(await findingsOf(xml, policy, NOW)).toEqual({ ids: [id], signature: "failed", answer: "reject" });
  });
});

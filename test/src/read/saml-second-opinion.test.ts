import { expect, test } from "vitest";
import { readSamlResponse } from "../../../src/read/saml-response.ts";
import {
  rsaKey,
  samplePolicy,
  sampleResponse,
  secondOpinion,
  signBoth,
  signSaml,
} from "../../support/signed-saml.ts";

const key = rsaKey();
const stranger = rsaKey();
const policy = samplePolicy([key]);
const plain = sampleResponse();
const signed = signSaml(plain, "Assertion", key);
const responseSigned = signSaml(plain, "Response", key);
const both = signBoth(plain, key);

test.each([
  { name: "as signed", xml: both },
  { name: "value changed", xml: both.replace(">alice<", ">malice<") },
  { name: "Destination changed", xml: both.replace("/acs", "/other") },
  { name: "assertion only", xml: signed },
  { name: "assertion changed", xml: signed.replace("metadata<", "other<") },
  {
    name: "envelope changed under an assertion's signature",
    xml: signed.replace("status:Success", "status:Other"),
  },
  { name: "stranger's key", xml: signBoth(plain, stranger) },
  { name: "comment added", xml: both.replace(">alice<", ">al<!-- -->ice<") },
  { name: "white space added", xml: both.replace("<saml:Subject>", " <saml:Subject>") },
  {
    name: "prefix renamed",
    xml: responseSigned.replaceAll("samlp:", "q:").replace("xmlns:samlp", "xmlns:q"),
  },
  {
    name: "attributes reordered",
    xml: signed.replace(/(<saml:Assertion) (xmlns:saml="[^"]*") (ID="[^"]*")/, "$1 $3 $2"),
  },
  { name: "signature value changed", xml: signed.replace(/(<ds:SignatureValue>)../, "$1AA") },
])("xml-crypto agrees about the signatures: $name", async ({ xml }) => {
  const { signature } = await readSamlResponse(xml, policy);
  expect(signature === "verified").toBe(secondOpinion(xml, key));
});

import { judgeSamlResponse } from "../../src/index.ts";
import {
  assertionIn,
  NOW,
  rsaKey,
  samplePolicy,
  sampleResponse,
  signatureIn,
  signBoth,
  signSaml,
} from "../../test/support/signed-saml.ts";
import { markupSubject } from "./markup.ts";
import type { Subject } from "./subject.ts";

/** SAML responses under fuzz: Assertion signed, Response signed, both. */
export async function samlResponses(): Promise<Subject> {
  const key = rsaKey();
  const policy = samplePolicy([key]);
  const judge: Subject["judge"] = async (bytes) => await judgeSamlResponse(bytes, policy, NOW);
  const plain = sampleResponse();
  const good = [signSaml(plain, "Assertion", key), signSaml(plain, "Response", key), signBoth(plain, key)];
  const words = [
    // A second assertion with another subject, with and without the signature of the first.
    assertionIn(plain).replace("alice", "mallory"),
    assertionIn(good[0] ?? "").replace("alice", "mallory"),
    assertionIn(good[0] ?? ""),
    signatureIn(good[0] ?? ""),
  ];
  return await markupSubject(good, words, judge);
}
